import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BusinessDate, businessDate } from '#base'
import { type Engine, openEngine } from '../engine/engine.server.ts'
import { quoteText } from '../engine/sql.ts'
import type { Judging } from './judge.server.ts'
import { isInLast, type PassPlan, spanOf } from './plan.ts'
import type { FullInputs, Pass } from './run-pass.server.ts'
import { keptRelation, type State } from './state.ts'
import { type StateFiles, stateFiles } from './state-files.server.ts'

// For the tests of passes: two counties, wages by month, homes, and three rules.

export const base = 202401

/** Wages are kept as rows, since a window of months moves; homes are folded. */
export const plan: PassPlan = {
  feeds: [
    {
      kind: 'wage',
      keep: { rows: { period: 'f.period', amount_fen: 'f.amount_fen' } },
      household: (span) => ({
        wage: `cast(sum(amount_fen) filter (where ${isInLast('period', span, 12)}) as bigint)`,
      }),
      member: () => ({ waged_month: 'max(period)' }),
      joins: { wage: 'sum', waged_month: 'greatest' },
    },
    {
      kind: 'home',
      keep: { folded: { homes: 'cast(count(*) as integer)' } },
      household: () => ({ homes: 'cast(sum(homes) as integer)' }),
    },
  ],
  memberFacts: ({ today }) => ({
    people: 'cast(count(*) as integer)',
    children: `cast(count(*) filter (where p.birth > add_months(date '${today}', -216)) as integer)`,
  }),
  facts: () => ({
    wage: 'coalesce(h.wage, 0)',
    homes: 'coalesce(h.homes, 0)',
    declared: 'h.declared',
    people: 'm.people',
    children: 'm.children',
  }),
  limits: { line: 't.line' },
}

/** `poor` is unknown where nothing was declared and there is no wage. */
export const judging: Judging = {
  sql: `select household_id as subject_id,
      wage + coalesce(declared, 0) < line * people as poor, case when declared is null and wage = 0 then 1 else 0 end as poor__u,
      homes > 1 as housed, 0 as housed__u, children > 0 as young, 0 as young__u, wage as wage_fen from household`,
  flags: ['housed', 'poor', 'young'],
  values: ['wage_fen'],
  unknown: true,
}

export type Row = readonly (string | number | null)[]

export type World = {
  readonly engine: Engine
  readonly files: StateFiles
  readonly lakeDir: string
  /** Makes an engine table of rows; gives its name. */
  readonly table: (name: string, columns: string, rows: readonly Row[]) => Promise<string>
  readonly pass: (today?: BusinessDate) => Pass
  readonly inputs: (
    feeds: Readonly<Record<string, readonly Row[]>>,
    asides?: readonly Row[],
  ) => Promise<FullInputs>
  /** What is judged of every household, and what was found, as short texts. */
  readonly outcomes: (state: State) => Promise<string[]>
  readonly findings: () => Promise<string[]>
  readonly close: () => void
}

const feedColumns: Readonly<Record<string, string>> = {
  wage: 'token BIGINT, check_char VARCHAR, aside_id INTEGER, name_key BIGINT, period INTEGER, amount_fen BIGINT',
  home: 'token BIGINT, check_char VARCHAR, aside_id INTEGER, name_key BIGINT',
}

/** Person `pid` has token 1000 + pid, check character `X` and name 7000 + pid. */
export const wageOf = (pid: number, period: number, amount: number): Row => [
  1000 + pid,
  'X',
  null,
  7000 + pid,
  period,
  amount,
]
export const homeOf = (pid: number): Row => [1000 + pid, 'X', null, 7000 + pid]

/** Households 0 and 1 in county 1, household 2 in county 2; persons 0 and 1 in the first, 2 and 3 alone. */
const households: readonly Row[] = [
  [0, 1, 100],
  [1, 1, null],
  [2, 2, 0],
]
const persons: readonly Row[] = [
  [0, 0, 1000, 'X', 7000, '1980-01-01'],
  [1, 0, 1001, 'X', 7001, '2008-06-20'],
  [2, 1, 1002, 'X', 7002, '1970-01-01'],
  [3, 2, 1003, 'X', 7003, '1970-01-01'],
]

const openTables = (engine: Engine) => async (name: string, columns: string, rows: readonly Row[]) => {
  await engine.run(`create or replace table ${name} (${columns})`)
  const literal = (value: Row[number]) =>
    value === null ? 'null' : typeof value === 'number' ? String(value) : quoteText(value)
  const values = rows.map((row) => `(${row.map(literal).join(', ')})`)
  if (values.length > 0) await engine.run(`insert into ${name} values ${values.join(', ')}`)
  return name
}

const registerAll = async (table: World['table']): Promise<void> => {
  await table('household_row', 'hid INTEGER, county SMALLINT, declared BIGINT', households)
  const person = 'pid INTEGER, hid INTEGER, token BIGINT, check_char VARCHAR, name_key BIGINT, birth DATE'
  await table('person_row', person, persons)
  await table('line', 'county SMALLINT, line BIGINT', [
    [1, 1000],
    [2, 1000],
  ])
}

/** Without a folder of its own the world makes one, and removes it when it is closed. */
export const openWorld = async (folder?: string): Promise<World> => {
  const root = folder ?? mkdtempSync(join(tmpdir(), 'doudi-pass-'))
  const lakeDir = join(root, 'lake')
  const files = stateFiles(lakeDir)
  const tempDir = join(root, 'tmp')
  const engine = await openEngine({ tempDir, directories: [lakeDir], memoryMiB: 512, threads: 2 })
  const table = openTables(engine)
  await registerAll(table)
  return {
    engine,
    files,
    lakeDir,
    table,
    pass: (today = businessDate('2026-06-15')) => ({
      engine,
      files,
      plan,
      span: spanOf(today, base),
      judging,
      alerting: ['poor', 'housed', 'young'],
      thresholds: 'line',
    }),
    inputs: async (feeds, asides = []) => {
      for (const [kind, columns] of Object.entries(feedColumns))
        await table(`feed_${kind}`, columns, feeds[kind] ?? [])
      return {
        household: 'household_row',
        person: 'person_row',
        aside: await table('aside_match', 'aside_id INTEGER, pid INTEGER', asides),
        feed: (kind) => `feed_${kind}`,
      }
    },
    outcomes: async (state) => {
      const rows = await engine.rows<{ hid: number; flags_0: number; unknown_0: number; wage_fen: number }>(
        `select * from ${keptRelation(state, 'outcome', files.path)} order by hid`,
      )
      return rows.map((row) => {
        const names = (bits: number) => judging.flags.filter((_, at) => (bits >> at) & 1).join(' ')
        return `${row.hid}: ${names(row.flags_0)}${row.unknown_0 ? ` ?${names(row.unknown_0)}` : ''} ${row.wage_fen}`
      })
    },
    findings: async () => {
      const rows = await engine.rows<{ hid: number; flag: number; holds: boolean }>(
        'select * from flag_change order by hid, flag, holds',
      )
      return rows.map(({ hid, flag, holds }) => `${hid} ${holds ? '+' : '-'}${judging.flags[flag]}`)
    },
    close: () => {
      engine.close()
      if (folder === undefined) rmSync(root, { recursive: true, force: true })
    },
  }
}
