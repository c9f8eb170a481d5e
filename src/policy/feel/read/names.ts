// The characters of names: DMN 1.5, grammar rules 28 to 30.
const start =
  '?A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}'
const part = `${start}0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040`

const wordAt = new RegExp(`[${part}]+`, 'uy')
const startAt = new RegExp(`[${start}]`, 'uy')
const tokenAt = new RegExp(`[${part}]+|\\*\\*|[-./'’+*]`, 'uy')

// Rules 61 and 62.
const spaces =
  '\\u0009-\\u000D \\u0085\\u00A0\\u1680\\u180E\\u2000-\\u200B\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF'
const spaceAt = new RegExp(`[${spaces}]+`, 'uy')
const spaceRuns = new RegExp(`[${spaces}]+`, 'gu')

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** The word that begins here, digits allowed in front. */
export const wordFrom = (text: string, at: number): string | undefined => matchAt(wordAt, text, at)
/** May a name begin here? */
export const startsName = (text: string, at: number): boolean => matchAt(startAt, text, at) !== undefined
/** Where the white space that begins here ends. */
export const afterSpace = (text: string, at: number): number => at + (matchAt(spaceAt, text, at)?.length ?? 0)

/** A name with its white space as the standard counts it: none at the ends, one space for any run. */
export const normalName = (name: string): string => name.replaceAll(spaceRuns, ' ').trim()

type Known = { readonly name: string; readonly tokens: readonly string[] }

/** Names in scope, ready to be found in a text by their tokens; of each first token the longest name first. */
export type NameTable = Map<string, Known[]>

const tokensOf = (name: string): string[] => {
  const tokens: string[] = []
  for (let at = afterSpace(name, 0); at < name.length; at = afterSpace(name, at)) {
    const token = matchAt(tokenAt, name, at) ?? name[at] ?? ''
    tokens.push(token)
    at += token.length
  }
  return tokens
}

/** Adds a name, longer ones before shorter: the longest match is the one meant. */
export const addName = (table: NameTable, name: string): void => {
  const tokens = tokensOf(name)
  const [first] = tokens
  if (first === undefined) return
  const same = table.get(first) ?? []
  const at = same.findIndex((other) => other.tokens.length < tokens.length)
  table.set(first, at < 0 ? [...same, { name, tokens }] : same.toSpliced(at, 0, { name, tokens }))
}

/** A table of these names. */
export const nameTable = (names: Iterable<string>): NameTable => {
  const table: NameTable = new Map()
  for (const name of new Set(names)) addName(table, name)
  return table
}

const matchTokens = (text: string, at: number, tokens: readonly string[]): number | undefined => {
  let end = at
  for (const token of tokens) {
    const from = end === at ? at : afterSpace(text, end)
    const found = matchAt(tokenAt, text, from) ?? text[from]
    if (found !== token) return undefined
    end = from + token.length
  }
  return end
}

/** The longest known name that stands here, and where it ends. */
export const knownName = (
  tables: readonly NameTable[],
  text: string,
  at: number,
): { readonly name: string; readonly until: number } | undefined => {
  const first = matchAt(tokenAt, text, at) ?? ''
  let best: { readonly name: string; readonly until: number } | undefined
  for (const table of tables) {
    for (const { name, tokens } of table.get(first) ?? []) {
      const until = matchTokens(text, at, tokens)
      if (until !== undefined && until > (best?.until ?? at)) best = { name, until }
    }
  }
  return best
}
