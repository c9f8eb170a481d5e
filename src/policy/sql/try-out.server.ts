import {
  BIGINT,
  BOOLEAN,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  VARCHAR,
} from '@duckdb/node-api'
import { known, unknown } from '#base'
import type { RuleOutcome } from '../interpret/evaluate.ts'
import { type Facts, isUnknownValue, type Subject } from '../language/values.ts'
import type { PackInForce } from '../pack/in-force.ts'
import { aboveOf, listsOf } from '../pack/named-rules.ts'
import type { Pack } from '../pack/pack.ts'
import { type FactColumn, factColumns } from '../pack/rows.ts'
import type { Statement } from './compile.ts'
import { quoted } from './emit.ts'
import { missingOfBits } from './statement.ts'

/** Tables of invented or hand-written subjects in an engine of their own, gone when closed: for cases and trials. */
export interface TryOut {
  /** Runs a compiled statement over the subjects: rule, subject, outcome. */
  run(force: PackInForce, sql: Pick<Statement, 'sql'>): Promise<readonly TryOutRow[]>
  close(): void
}

export interface TryOutRow {
  readonly rule: string
  readonly subject: string
  readonly outcome: RuleOutcome
}

/** Loads subjects, by entity, with their members into an in-memory DuckDB. */
export const openTryOut = async (
  pack: Pick<Pack, 'facts' | 'entities'>,
  subjects: Readonly<Record<string, readonly Subject[]>>,
): Promise<TryOut> => {
  const queries = await openQueries(pack, subjects)
  return {
    run: async (force, { sql }) =>
      outcomesOf(await queries.query(sql, sql.includes('$1') ? [force.on] : []), force),
    close: queries.close,
  }
}

type Rows = readonly (readonly DuckDBValue[])[]

/** The same tables for any SQL. */
export interface Queries {
  query(sql: string, values: readonly string[]): Promise<Rows>
  close(): void
}

export const openQueries = async (
  pack: Pick<Pack, 'facts' | 'entities'>,
  subjects: Readonly<Record<string, readonly Subject[]>>,
): Promise<Queries> => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  for (const entity of Object.keys(pack.entities)) {
    const above = aboveOf(pack.entities, entity)
    const keys = [...above.toReversed(), entity].map((one) => `${one}_id`)
    await loadTable(connection, entity, keys, factColumns(pack, entity), rowsOf(pack, entity, subjects))
  }
  return {
    query: async (sql, values) => (await connection.runAndReadAll(sql, [...values])).getRows(),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** The rows of an entity, wherever it lies within the subjects. */
const rowsOf = (
  pack: Pick<Pack, 'entities'>,
  entity: string,
  subjects: Readonly<Record<string, readonly Subject[]>>,
): Row[] => {
  const within = pack.entities[entity]?.within
  if (within === undefined) return (subjects[entity] ?? []).map(({ id, facts }) => ({ keys: [id], facts }))
  const rows: Row[] = []
  for (const { keys, subject } of subjectsOf(pack, within, subjects)) {
    for (const item of itemsOf(pack, within, entity, subject))
      rows.push({ keys: [...keys, item.id], facts: item.facts })
  }
  return rows
}

interface Found {
  readonly keys: readonly string[]
  readonly subject: Subject
}

const subjectsOf = (
  pack: Pick<Pack, 'entities'>,
  entity: string,
  subjects: Readonly<Record<string, readonly Subject[]>>,
): readonly Found[] => {
  const within = pack.entities[entity]?.within
  if (within === undefined)
    return (subjects[entity] ?? []).map((subject) => ({ keys: [subject.id], subject }))
  return subjectsOf(pack, within, subjects).flatMap(({ keys, subject }) =>
    itemsOf(pack, within, entity, subject).map((item) => ({ keys: [...keys, item.id], subject: item })),
  )
}

const itemsOf = (
  pack: Pick<Pack, 'entities'>,
  within: string,
  entity: string,
  { members, lists }: Subject,
): readonly Subject[] => {
  const [list] = Object.entries(listsOf(pack.entities, within)).find(([, it]) => it.entity === entity) ?? []
  if (list === undefined) return []
  return lists?.[list] ?? (list === 'members' ? members : undefined) ?? []
}

interface Row {
  readonly keys: readonly string[]
  readonly facts: Facts
}

const rowsPerChunk = 2048

// Dates arrive as text and are cast once, in the engine: its own date objects cost more than the whole trial.
const loadTable = async (
  connection: DuckDBConnection,
  entity: string,
  keys: readonly string[],
  columns: readonly FactColumn[],
  rows: readonly Row[],
): Promise<void> => {
  const raw = `${entity}__raw`
  const definitions = [
    ...keys.map((key) => `${quoted(key)} VARCHAR`),
    ...columns.map(({ name, sqlType }) => `${quoted(name)} ${rawType(sqlType)}`),
  ]
  await connection.run(`CREATE TABLE ${quoted(raw)} (${definitions.join(', ')})`)
  const types: DuckDBType[] = [
    ...keys.map(() => VARCHAR),
    ...columns.map(({ sqlType }) => engineType(sqlType)),
  ]
  const appender = await connection.createAppender(raw)
  for (let from = 0; from < rows.length; from += rowsPerChunk) {
    const part = rows.slice(from, from + rowsPerChunk)
    const chunk = DuckDBDataChunk.create(types, part.length)
    chunk.setColumns([
      ...keys.map((_, index) => part.map((row) => row.keys[index] ?? null)),
      ...columns.map((column) => part.map(({ facts }) => cell(facts, column))),
    ])
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
  const selected = columns.map(
    ({ name, sqlType }) => `CAST(${quoted(name)} AS ${sqlType}) AS ${quoted(name)}`,
  )
  await connection.run(
    `CREATE TABLE ${quoted(entity)} AS SELECT ${[...keys.map(quoted), ...selected].join(', ')} FROM ${quoted(raw)}`,
  )
}

const rawType = (sqlType: string): string => (sqlType === 'DATE' ? 'VARCHAR' : sqlType)

const engineType = (sqlType: string): DuckDBType => {
  if (sqlType === 'BIGINT') return BIGINT
  return sqlType === 'BOOLEAN' ? BOOLEAN : VARCHAR
}

const cell = (facts: Facts, { fact, name }: FactColumn): DuckDBValue => {
  const value = facts[fact] ?? null
  if (name !== fact) return !isUnknownValue(value)
  if (isUnknownValue(value)) return null
  return typeof value === 'number' ? BigInt(value) : (value as DuckDBValue)
}

const outcomesOf = (rows: Rows, force: PackInForce): readonly TryOutRow[] =>
  rows.map(([rule, subject, value, u]) => ({
    rule: String(rule),
    subject: String(subject),
    outcome: u === 0n ? known(value === true) : unknown(...missingOfBits(u as bigint, force.missingNames)),
  }))
