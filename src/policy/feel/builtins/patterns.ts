import { isStackEnd } from '../value/stack-end.ts'
import type { FeelValue } from '../value/value.ts'
import { blocks } from './blocks.ts'

// XML's name characters, for the escapes `\i` and `\c` of its patterns.
const nameStart =
  ':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD'
const namePart = `${nameStart}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040`

const inClass: Readonly<Record<string, string>> = {
  i: nameStart,
  c: namePart,
  d: '\\p{Nd}',
  w: '\\p{L}\\p{M}\\p{N}\\p{S}',
  s: ' \\t\\n\\r',
}
const outside: Readonly<Record<string, string>> = {
  i: `[${nameStart}]`,
  I: `[^${nameStart}]`,
  c: `[${namePart}]`,
  C: `[^${namePart}]`,
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: '[^\\p{P}\\p{Z}\\p{C}]',
  W: '[\\p{P}\\p{Z}\\p{C}]',
  s: '[ \\t\\n\\r]',
  S: '[^ \\t\\n\\r]',
}

type Translation = { readonly source: string; readonly until: number }

// A category or block escape; blocks that JavaScript has no name for cannot be read.
const category = (pattern: string, at: number): Translation | undefined => {
  const match = /\\([pP])\{([^}]+)\}/uy
  match.lastIndex = at
  const found = match.exec(pattern)
  if (!found) return undefined
  const [all, sign, name = ''] = found
  const block = blocks[name]
  if (name.startsWith('Is') && !block) return undefined
  const source = block ? (sign === 'p' ? `[${block}]` : `[^${block}]`) : all
  return { source, until: at + all.length }
}

const escapeOf = (pattern: string, at: number, within: boolean): Translation | undefined => {
  const next = pattern[at + 1]
  if (next === undefined) return undefined
  if (next === 'p' || next === 'P') {
    const found = category(pattern, at)
    if (!found || !within || !found.source.startsWith('[')) return found
    return found.source.startsWith('[^') ? undefined : { ...found, source: found.source.slice(1, -1) }
  }
  const until = at + 2
  if (within && inClass[next] !== undefined) return { source: inClass[next], until }
  if (within && 'DSWIC'.includes(next))
    return {
      source:
        {
          D: '\\P{Nd}',
          S: '\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u0021-\\u{10FFFF}',
          W: '\\p{P}\\p{Z}\\p{C}',
        }[next] ?? '',
      until,
    }
  if (!within && outside[next] !== undefined) return { source: outside[next], until }
  if (/[1-9]/u.test(next)) return within ? undefined : { source: `\\${next}`, until }
  if ('nrt'.includes(next)) return { source: `\\${next}`, until }
  if (!/[\\|.\-^?*+{}()[\]$ "'/]/u.test(next)) return undefined
  if (next === '-') return { source: within ? '\\-' : '-', until }
  return { source: /[ "']/u.test(next) ? next : `\\${next}`, until }
}

/** A character class; one class taken from another becomes a look-ahead. */
const classOf = (pattern: string, from: number): Translation | undefined => {
  let at = from + 1
  let source = '['
  if (pattern[at] === '^') {
    source += '^'
    at += 1
  }
  const first = at
  while (at < pattern.length) {
    const sign = pattern[at] as string
    if (sign === ']') return at === first ? undefined : { source: `${source}]`, until: at + 1 }
    if (sign === '-' && pattern[at + 1] === '[') {
      const taken = classOf(pattern, at + 1)
      if (!taken || pattern[taken.until] !== ']') return undefined
      return { source: `(?:(?!${taken.source})${source}])`, until: taken.until + 1 }
    }
    if (sign === '[') return undefined
    const escaped = sign === '\\' ? escapeOf(pattern, at, true) : { source: sign, until: at + 1 }
    if (!escaped) return undefined
    source += escaped.source
    at = escaped.until
  }
  return undefined
}

// XPath's lines end at U+000A alone; JavaScript knows four ends of a line.
const anchorsOf = (flags: string): Readonly<Record<string, string>> => ({
  '.': flags.includes('s') ? '[\\s\\S]' : '[^\\n]',
  ...(flags.includes('m') ? { '^': '(?<![^\\n])', $: '(?![^\\n])' } : {}),
})

const sourceOf = (pattern: string, flags: string): string | undefined => {
  const anchors = anchorsOf(flags)
  let source = ''
  for (let at = 0; at < pattern.length; ) {
    const sign = pattern[at] as string
    if (pattern.startsWith('(?', at) && !pattern.startsWith('(?:', at)) return undefined
    const part =
      sign === '['
        ? classOf(pattern, at)
        : sign === '\\'
          ? escapeOf(pattern, at, false)
          : { source: anchors[sign] ?? sign, until: at + 1 }
    if (!part) return undefined
    source += part.source
    at = part.until
  }
  return source
}

// The flag `x` takes white space out of the pattern, but not out of character classes.
const withoutSpace = (pattern: string): string => {
  let depth = 0
  let kept = ''
  for (const sign of pattern) {
    const escaped = kept.endsWith('\\') && !kept.endsWith('\\\\')
    if (sign === '[' && !escaped) depth += 1
    if (sign === ']' && !escaped) depth -= 1
    if (depth > 0 || !/[ \t\n\r]/u.test(sign)) kept += sign
  }
  return kept
}

/** The pattern of XQuery and XPath as a JavaScript expression; undefined where it or its flags are not allowed there. */
const compile = (pattern: string, flags: string | null): RegExp | undefined => {
  const wanted = flags ?? ''
  if (!/^[smixq]*$/u.test(wanted)) return undefined
  const literal = wanted.includes('q')
  const source = literal
    ? pattern.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')
    : sourceOf(wanted.includes('x') ? withoutSpace(pattern) : pattern, wanted)
  if (source === undefined) return undefined
  try {
    return new RegExp(source, wanted.includes('i') ? 'giu' : 'gu')
  } catch (error) {
    if (isStackEnd(error)) throw error
    // What JavaScript cannot read here is no pattern of XPath either.
    return undefined
  }
}

/** Does the pattern occur in the text? Null for a pattern or flags that are not allowed; no flags at all are as good as none given. */
export const matchesPattern = (input: string, pattern: string, flags: string | null): FeelValue =>
  compile(pattern, flags)?.test(input) ?? null

// `$N` is a group, `\$` and `\\` are characters; a number beyond the groups counts as fewer digits and more text.
const filled = (replacement: string, found: readonly (string | undefined)[]): string =>
  replacement.replaceAll(
    /\\([\\$])|\$(\d+)/gu,
    (_, character: string | undefined, digits: string | undefined) => {
      if (character !== undefined) return character
      let number = digits ?? ''
      while (number.length > 1 && Number(number) >= found.length) number = number.slice(0, -1)
      return `${found[Number(number)] ?? ''}${digits?.slice(number.length) ?? ''}`
    },
  )

/** The text with every match replaced; null where XPath has an error, as for a pattern that matches nothing at all. */
export const replacePattern = (
  input: string,
  pattern: string,
  replacement: string,
  flags: string | null,
): FeelValue => {
  const expression = compile(pattern, flags)
  if (!expression || new RegExp(expression.source, expression.flags).test('')) return null
  const literal = flags?.includes('q') ?? false
  if (!literal && /\$(?!\d)/u.test(replacement.replaceAll(/\\[\\$]/gu, ''))) return null
  if (!literal && /\\/u.test(replacement.replaceAll(/\\[\\$]/gu, ''))) return null
  return input.replaceAll(expression, (...args: unknown[]) => {
    const groups = args.slice(
      0,
      args.findIndex((arg) => typeof arg === 'number'),
    ) as (string | undefined)[]
    return literal ? replacement : filled(replacement, groups)
  })
}

/** The pieces between the matches of a pattern. */
export const splitPattern = (input: string, delimiter: string): FeelValue => {
  const expression = compile(delimiter, null)
  if (!expression) return null
  const pieces: string[] = []
  let from = 0
  for (const match of input.matchAll(expression)) {
    if (match[0] === '' && (match.index === 0 || match.index === input.length)) continue
    pieces.push(input.slice(from, match.index))
    from = match.index + match[0].length
  }
  return [...pieces, input.slice(from)]
}
