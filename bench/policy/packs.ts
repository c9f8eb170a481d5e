import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { businessDate, regionCode } from '#base'
import {
  compileNamedSql,
  decideProgrammes,
  findingText,
  type Pack,
  packInForce,
  readTrialValues,
  type TrialValues,
} from '#policy'
import { loadPack } from '#policy/server'
import { compilerFor } from '../../src/policy/interpret/compile.ts'
import { settingOf } from '../../src/policy/interpret/evaluate.ts'
import { openQueries } from '../../src/policy/sql/try-out.server.ts'
import { drawFrom, subjectNear } from '../../src/policy/testing/households.ts'
import { type Rate, rateOf } from './timing.ts'

export interface PackFigures {
  readonly rules: number
  readonly programmes: number
  /** Every programme of a household and its members, decided. */
  readonly interpreter: Rate
  /** Every named rule of households and members, with what is missing; compiling the statements included. */
  readonly duckdb: Rate
  readonly statementBytes: number
}

const on = businessDate('2026-06-15')
const region = regionCode('150202000000')
const near = { on, amounts: [0, 1, 80_000, 120_000, 240_000, 360_000], years: [3, 8, 18, 40, 62] }
const households = 4000

export type TriedPack = Pick<TrialValues, 'pack' | 'given'>

/** A real pack, with the values of a file over its own where one is named. Throws one sentence where the file is wrong. */
export const openTried = (folder: string, file?: string): TriedPack => {
  const pack = loadPack(folder).pack as Pack
  if (file === undefined) return { pack, given: {} }
  const trial = readTrialValues(pack, basename(file), readFileSync(file, 'utf8'))
  const [finding] = trial.findings
  if (finding) throw new Error(`${pack.head.id}: ${findingText(finding, 'en')}`)
  return trial
}

/** A real pack on drawn households with members, supporters and bills, one fact in some missing. */
export const measurePack = async ({ pack, given }: TriedPack): Promise<PackFigures> => {
  const force = packInForce(pack, { on, region, given })
  const draw = drawFrom(11)
  const subjects = Array.from({ length: households }, (_, index) =>
    subjectNear(pack, 'household', `h${index}`, near, draw),
  )
  const compiler = compilerFor(settingOf(force))
  const interpreter = await rateOf(households, 2, () => {
    for (const subject of subjects) decideProgrammes(force, 'household', subject, compiler)
  })
  const queries = await openQueries(pack, { household: subjects })
  let statementBytes = 0
  const duckdb = await rateOf(households, 1, async () => {
    statementBytes = 0
    for (const entity of ['household', 'member']) {
      const rules = [...pack.definitions.values()].filter((rule) => rule.entity === entity)
      const statement = compileNamedSql(
        force,
        entity,
        rules.map(({ id }) => id),
      )
      for (const { sql } of [statement, ...statement.more]) {
        statementBytes += sql.length
        await queries.query(
          `SELECT count(*) FROM (SELECT DISTINCT * FROM (${sql}))`,
          sql.includes('$1') ? [on] : [],
        )
      }
    }
  })
  queries.close()
  return {
    rules: pack.definitions.size,
    programmes: force.programmes.length,
    interpreter,
    duckdb,
    statementBytes,
  }
}
