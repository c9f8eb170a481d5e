import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { businessDate } from '#base'
import { type Engine, openEngine } from '../engine/engine.server.ts'
import { createTable } from '../engine/sql.ts'
import type { ResultRow, TableColumn, Value } from '../engine/types.ts'
import { type FieldType, feedColumns, lakeColumnsOf } from '../feeds/columns.ts'
import { beginMatching, matchKind } from '../matching/match.server.ts'
import { emptyInputs, feedTable, inputTables } from '../matching/tables.ts'
import { buildFacts, factKinds } from './build-facts.server.ts'
import type { FactParameters } from './source.ts'

// For the tests of facts: a registry of two households and two leads, and feeds written by hand.

const today = businessDate('2026-06-15')
const parameters: FactParameters = {
  vehicleTypesNotCounted: ['M', 'N', 'T'],
  vehicleStatusesNotCounted: ['E', 'P', 'B'],
  businessKindsCounted: ['company', 'individual'],
  businessRolesCounted: ['legal-representative', 'shareholder'],
  employeeInsuranceCodes: ['110'],
  medicalWindowMonths: 12,
}

// The canonical fields of each kind that facts read, besides number and name.
const kindFields: Record<string, Record<string, FieldType>> = {
  deaths: { diedOn: 'date', reversed: 'flag' },
  imprisonment: { state: 'code', startedOn: 'date', endsOn: 'date', life: 'flag' },
  payroll: { class: 'code', period: 'month', netFen: 'fen', exitedOn: 'date' },
  vehicles: {
    plate: 'text',
    vehicleType: 'code',
    status: 'code',
    firstRegisteredOn: 'date',
    ownerChangedOn: 'date',
  },
  'real-estate': { unitKey: 'key', use: 'code', state: 'code', registeredOn: 'date' },
  business: { entityKey: 'key', kind: 'code', role: 'code', state: 'code', startedOn: 'date' },
  'insurance-payments': {
    insurance: 'code',
    period: 'month',
    paidFlag: 'code',
    employer: 'flag',
    amountFen: 'fen',
  },
  pensions: { kind: 'code', period: 'month', amountFen: 'fen', state: 'code' },
  'hospital-bills': {
    settlementKey: 'key',
    settledOn: 'date',
    inScopeFen: 'fen',
    fundFen: 'fen',
    refund: 'flag',
  },
  'housing-fund': { baseFen: 'fen', state: 'code', lastPaidMonth: 'month' },
  moves: { direction: 'code', movedOn: 'date', reversed: 'flag', headNumber: 'number', headName: 'name' },
  marriages: {
    event: 'code',
    eventOn: 'date',
    spouseNumber: 'number',
    spouseName: 'name',
    certificate: 'text',
  },
  disability: { class: 'code', grade: 'code', state: 'code', issuedOn: 'date', expiresOn: 'date' },
  unemployment: { registeredOn: 'date', state: 'code', benefitUntil: 'month' },
  students: { hardship: 'code' },
  'return-poverty': { category: 'code', identifiedOn: 'month', riskCleared: 'flag' },
}
const columnsOf = (kind: string) =>
  lakeColumnsOf(
    kind,
    Object.fromEntries([
      ['number', { type: 'number' as const }],
      ['name', { type: 'name' as const }],
      ...Object.entries(kindFields[kind] ?? {}).map(([field, type]) => [field, { type }] as const),
    ]),
  )

/** A row by its stored column names, without `_key`; `who` is the person's token, `feed` 0 is of April, 1 and 2 of May. */
export type HandMadeRow = { who?: number; feed?: number; [column: string]: Value | undefined }

export type FactsFixture = {
  readonly engine: Engine
  readonly reset: () => Promise<void>
  readonly feed: (kind: string, ...rows: HandMadeRow[]) => Promise<void>
  readonly fill: (table: string, rows: readonly (readonly Value[])[]) => Promise<void>
  /** Matches what changed and builds the facts. */
  readonly build: () => Promise<void>
  readonly member: (id?: string) => Promise<ResultRow>
  readonly household: (id?: string) => Promise<ResultRow>
  readonly close: () => void
}

export const openFixture = async (): Promise<FactsFixture> => {
  const root = mkdtempSync(join(tmpdir(), 'doudi-facts-'))
  const engine = await openEngine({ tempDir: root, memoryMiB: 256, threads: 1 })
  const changed = new Set<string>(factKinds)
  let built = false
  const fill = async (table: string, rows: readonly (readonly Value[])[]) => {
    built = false
    await engine.appendRows(table, inputTables('VARCHAR')[table] ?? [], once(rows))
  }
  const feed = async (kind: string, ...rows: HandMadeRow[]) => {
    built = false
    changed.add(kind)
    const table = feedTable(kind).slice(1, -1)
    await engine.run(createTable(table, storedColumns(kind)))
    await engine.appendRows(table, storedColumns(kind), once(rows.map((row, at) => storedRow(kind, row, at))))
  }
  const build = async () => {
    if (built) return
    await beginMatching(engine)
    for (const kind of changed) await matchKind(engine, kind, columnsOf(kind))
    await buildFacts(engine, { today, parameters })
    built = true
  }
  const find = async (table: string, column: string, id: string): Promise<ResultRow> => {
    await build()
    return (await engine.rows(`select * from ${table} where ${column} = $id`, { id }))[0] ?? {}
  }
  const reset = async () => {
    for (const statement of emptyInputs('VARCHAR')) await engine.run(statement)
    const before = [...changed]
    changed.clear()
    for (const kind of before) await feed(kind)
    await fillRegistry(fill)
  }
  const close = () => {
    engine.close()
    rmSync(root, { recursive: true, force: true })
  }
  return {
    engine,
    reset,
    feed,
    fill,
    build,
    close,
    member: (id = 'li') => find('member', 'member_id', id),
    household: (id = 'h-1') => find('household', 'household_id', id),
  }
}

const fillRegistry = async (fill: FactsFixture['fill']): Promise<void> => {
  await fill('registry_household', [
    ['h-1', '532901001002', 'dibao'],
    ['h-2', '532923001000', 'tekun'],
  ])
  await fill('registry_person', [
    ['li', 'h-1', 1n, '1', null],
    ['yang', 'h-1', 2n, '2', null],
    ['duan', 'h-2', 3n, '3', null],
  ])
  await fill('registry_lead', [
    ['lead-1', '532901002000', 8n, '8', null],
    ['lead-2', '532923002000', 9n, '9', null],
  ])
  await fill(
    'feed_coverage',
    factKinds.map((kind) => [kind, '532901000000']),
  )
}

const storedColumns = (kind: string): TableColumn[] => [
  { name: 'feed_id', type: 'VARCHAR' },
  { name: 'feed_order', type: 'INTEGER' },
  { name: 'feed_period', type: 'INTEGER' },
  ...feedColumns(columnsOf(kind)),
]

const storedRow = (kind: string, row: HandMadeRow, at: number): (Value | undefined)[] => {
  const order = row.feed ?? 0
  const given: Record<string, Value | undefined> = {
    feed_id: `f-${order}`,
    feed_order: order,
    feed_period: order === 0 ? 202604 : 202605,
    row_no: at + 1,
    token: row.who === undefined ? null : BigInt(row.who),
    check_char: row.who === undefined ? null : String(row.who),
    ...row,
  }
  return storedColumns(kind).map(({ name }) => given[name] ?? given[name.replace(/_key$/, '')])
}

async function* once(rows: readonly (readonly (Value | undefined)[])[]) {
  yield rows
}
