import { type Fen, yuanTextOf } from '#base'
import { feedDefinition, fieldsOf, isFeedKind } from '#exchange'
import type { StatementView } from './contract.ts'

/** One field of a statement in the reader's language. */
export interface SaidField {
  readonly field: string
  readonly value: string
}

interface Words {
  readonly yes: string
  readonly no: string
  readonly join: (words: readonly string[]) => string
}

/** The fields of a statement in the order of the kind's definition; codes by their names, money in yuan. */
export const fieldsSaid = (
  { feed, says }: Pick<StatementView, 'feed' | 'says'>,
  language: 'zh' | 'en',
  words: Words,
): SaidField[] => {
  if (!isFeedKind(feed)) return []
  return fieldsOf(feed).flatMap(({ id, field }) => {
    const value = says[id]
    if (value === undefined) return []
    return [{ field: field[language], value: textOf(feed, id, value, language, words) }]
  })
}

const textOf = (
  feed: Parameters<typeof feedDefinition>[0],
  id: string,
  value: string | number | boolean,
  language: 'zh' | 'en',
  { yes, no, join }: Words,
): string => {
  const definition = feedDefinition(feed).fields[id]
  if (typeof value === 'boolean') return value ? yes : no
  if (definition?.type === 'fen') return `${yuanTextOf(value as Fen)}${language === 'zh' ? ' 元' : ' yuan'}`
  const text = String(value)
  if (definition?.type !== 'code') return text
  const nameOf = (code: string) => definition.codes?.find((one) => one.code === code)?.[language]
  // A vehicle's status may hold several letters, each a word of its own.
  return nameOf(text) ?? (definition.open ? join([...text].map((letter) => nameOf(letter) ?? letter)) : text)
}

/** Statements that still speak of today, and older ones: of each kind the newest few are shown at once. */
export const splitByAge = (
  statements: readonly StatementView[],
  most: number,
): { readonly newest: StatementView[]; readonly older: StatementView[] } => {
  const seen = new Map<string, number>()
  const [newest, older]: [StatementView[], StatementView[]] = [[], []]
  for (const statement of statements) {
    const count = (seen.get(statement.feed) ?? 0) + 1
    seen.set(statement.feed, count)
    if (count <= most) newest.push(statement)
    else older.push(statement)
  }
  return { newest, older }
}
