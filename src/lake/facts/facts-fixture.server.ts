import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { businessDate } from '#base'
import { type Engine, openEngine } from '../engine/engine.server.ts'
import { createTable } from '../engine/sql.ts'
import type { ResultRow, TableColumn, Value } from '../engine/types.ts'
import { type FieldType, feedColumns, lakeColumnsOf } from '../feeds/columns.ts'
import { bringUp } from '../kept/bring-up.server.ts'
import { type BringUp, keptFiles } from '../kept/common.server.ts'
import type { KeptFeed } from '../kept/kept.ts'
import { showFacts, showRows } from '../kept/show.server.ts'
import { emptyInputs, inputTables } from '../matching/tables.ts'
import type { FactParameters } from './source.ts'
import { factKinds } from './sources.ts'

// For the tests of facts: a registry of two households and two leads, and feeds written by hand.

const today = businessDate('2026-06-15')
export const parameters: FactParameters = {
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
export const columnsOf = (kind: string) =>
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

const sentTable = (kind: string): string => `sent_${kind.replaceAll('-', '_')}`

/** Rows of each kind lie in a table of their own; three files of each kind count, also where they are empty. */
const rowsOf = (kind: string, feeds: readonly KeptFeed[]): string => {
  const numbers = feeds.map(({ id, no }) => `('${id}', ${no})`).join(', ')
  const names = feedColumns(columnsOf(kind)).map(({ name }) => `r."${name}"`)
  const files = numbers
    ? `(values ${numbers}) f(id, feed_no)`
    : '(select null as id, 0 as feed_no where false) f'
  return `select f.feed_no, ${names.join(', ')} from ${sentTable(kind)} r join ${files} on f.id = r.feed_id`
}
const feeds = factKinds.flatMap((kind) =>
  ['2026-04', '2026-05', '2026-05'].map((period, at) => ({ id: `${kind}-${at}`, kind, period })),
)

export const openFixture = async (): Promise<FactsFixture> => {
  const root = mkdtempSync(join(tmpdir(), 'doudi-facts-'))
  const files = keptFiles(join(root, 'lake'))
  const engine = await openEngine({ tempDir: root, directories: [root], memoryMiB: 256, threads: 1 })
  const work: BringUp = { engine, files, columnsOf, partSize: 12 }
  let built = false
  const fill = async (table: string, rows: readonly (readonly Value[])[]) => {
    built = false
    await engine.appendRows(table, inputTables('VARCHAR')[table] ?? [], once(rows))
  }
  const feed = async (kind: string, ...rows: HandMadeRow[]) => {
    built = false
    await engine.run(createTable(sentTable(kind), storedColumns(kind)))
    await engine.appendRows(
      sentTable(kind),
      storedColumns(kind),
      once(rows.map((row, at) => storedRow(kind, row, at))),
    )
  }
  const build = async () => {
    if (built) return
    const brought = await bringUp(work, { today, parameters, feeds, rowsOf }, undefined)
    await showRows(work, brought, false)
    await showFacts(work, brought)
    built = true
  }
  const find = async (table: string, column: string, id: string): Promise<ResultRow> => {
    await build()
    return (await engine.rows(`select * from ${table} where ${column} = $id`, { id }))[0] ?? {}
  }
  const reset = async () => {
    for (const statement of emptyInputs('VARCHAR')) await engine.run(statement)
    for (const kind of factKinds) await feed(kind)
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
  ...feedColumns(columnsOf(kind)),
]

const storedRow = (kind: string, row: HandMadeRow, at: number): (Value | undefined)[] => {
  const order = row.feed ?? 0
  const given: Record<string, Value | undefined> = {
    feed_id: `${kind}-${order}`,
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
