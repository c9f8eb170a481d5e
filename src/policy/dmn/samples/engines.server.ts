import { isDeepStrictEqual } from 'node:util'
import { readDmn } from '../read/model.ts'
import { compileDmn } from '../run/program.ts'
import { compileDmnSql, type DmnQuery } from '../sql/program.ts'
import type { Sample } from './generated.ts'

/** How many answers were compared, those outside the profile left out, and the first that differ. */
export type Agreement = { readonly compared: number; readonly differences: readonly unknown[] }

const isOutside = (answer: unknown): boolean => JSON.stringify(answer).includes('feel.not-in-sql-profile')

/** Holds an engine's answers against the interpreter's. */
export const agreementOf = async (
  { model, lines }: Sample,
  engine: 'duckdb' | 'postgres',
  query: DmnQuery,
): Promise<Agreement> => {
  const source = readDmn(model, 'main.dmn')
  const asked = lines.map((inputs) => ({ inputs }))
  const program = compileDmn(source)
  const answers = await compileDmnSql(source, [], { engine, query }).answer(asked)
  const differences: unknown[] = []
  let compared = 0
  for (const [at, { results }] of answers.entries()) {
    const expected = program.answer(asked[at] ?? {}).results
    for (const [name, answer] of Object.entries(results)) {
      if (isOutside(answer)) continue
      compared += 1
      if (!isDeepStrictEqual(answer, expected[name]))
        differences.push({ name, answer, expected: expected[name], line: lines[at] })
    }
  }
  return { compared, differences: differences.slice(0, 5) }
}
