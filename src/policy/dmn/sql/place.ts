import type { Ast } from '../../feel/index.ts'
import { Failure } from '../run/failure.ts'
import type { Names } from '../run/names.ts'
import { type Env, readText, shortest } from '../run/text.ts'
import { binding, type Known, type SqlEnv } from './feel.ts'
import { Outside, outside } from './term.ts'

/** Where an expression of a model stands: as the model's reader sees it, and as SQL does. */
export type SqlPlace = { readonly env: Env; readonly sql: SqlEnv }

const none: Names = new Map()

const namesOf = (known: Known): Names =>
  known.kind === 'context'
    ? new Map([...known.members].map(([name, member]) => [name, namesOf(member)]))
    : none

/** The same place at another part of the file. */
export const placeAt = ({ env, sql }: SqlPlace, part: object): SqlPlace => ({ env: env.at(part), sql })

/** The same place with more names. */
export const placeKnowing = ({ env, sql }: SqlPlace, names: ReadonlyMap<string, Known>): SqlPlace => ({
  env: env.knowing([...names].map(([name, known]) => [name, namesOf(known)] as const)),
  sql: binding(sql, names),
})

/** Tells where it was that a part left the profile; what was told further inside stays. */
export const locating = <T>({ env, sql }: SqlPlace, text: string, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Outside)) throw error
    throw new Failure('feel.not-in-sql-profile', {
      name: env.owner,
      text: shortest(text),
      reason: error.message,
      engine: sql.dialect.name,
      file: env.file,
      line: env.line,
    })
  }
}

/** A text as an expression. */
export const expressionIn = (text: string, { env }: SqlPlace): Ast => {
  const read = readText(text, 'expression', env)
  return read.kind === 'parsed' && read.ast ? read.ast : outside('the expression cannot be read')
}

/** A text as unary tests; undefined for a dash. */
export const testsIn = (
  text: string,
  { env }: SqlPlace,
): { readonly negated: boolean; readonly tests: readonly Ast[] } | undefined => {
  const read = readText(text, 'unaryTests', env)
  if (read.kind !== 'parsed' || !read.tests) return outside('the test cannot be read')
  return read.tests.any ? undefined : read.tests
}
