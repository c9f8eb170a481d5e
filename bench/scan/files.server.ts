/** Writes the province's rows as the lake keeps accepted files, and beside them the identities that receiving them keeps. */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Secrecy } from '#access/server'
import { type FeedKind, feedDefinition, rowIdentityContext } from '#exchange'
import { lakeColumnsOf, numbersOf, rowKeyOf } from '#lake'
import { type Engine, quoteText } from '#lake/server'
import { feedColumns } from '../../src/lake/feeds/columns.ts'
import { kinds } from '../province/kinds.ts'
import { type ScanKind, scanKinds } from './kinds.ts'

/** A file as the record tells of it. */
export interface ScanFile {
  readonly id: string
  readonly kind: string
  /** `feeds`, or the delivery it comes with. */
  readonly series: string
  /** `YYYY-MM`. */
  readonly period: string
  readonly rows: number
  /** Rows whose person cannot be told: a bad number and no birth date. */
  readonly rejected: number
  /** Identities kept of it. */
  readonly identities: number
}

export const seriesNames = ['feeds', 'delta1', 'delta12'] as const
const lastPeriod = '2026-05'
const deltaPeriod = '2026-06'

export const pathOfFile = (folder: string, { series, kind, id }: Pick<ScanFile, 'series' | 'kind' | 'id'>) =>
  join(folder, series, kind, `${id}.parquet`)
export const identitiesOf = (folder: string, { id }: Pick<ScanFile, 'id'>) =>
  join(folder, 'identities', `${id}.csv`)

const idOf = (label: string): string => {
  const tail = createHash('md5').update(label).digest('hex')
  return `${tail.slice(0, 8)}-${tail.slice(8, 12)}-7000-8000-${tail.slice(12, 24)}`
}

const drawsFor = (label: string) => ({
  own: (name: string, size: number) =>
    `cast(hash(coalesce(f.token, f.name_key), ${quoteText(name)}) % ${size} as bigint)`,
  row: (name: string, size: number) =>
    `cast(hash(f.row_no, ${quoteText(`${label} ${name}`)}) % ${size} as bigint)`,
})

const isAside = 'f.aside_id is not null'
const isKept = `not (${isAside} and f.birth is null)`
const region = 'c.code'

/** Columns of every row: the number only where it passes its check. */
const common: Readonly<Record<string, string>> = {
  row_no: 'f.row_no + 1',
  region_code: region,
  token: `case when not (${isAside}) then f.token end`,
  check_char: `case when not (${isAside}) then f.check_char end`,
  name_key: 'm."key"',
  birth_date: 'f.birth',
}

const joins = (source: string): string => `from ${source} f join county_code c on c.county = f.county
  left join name_map m on m.old = f.name_key`

const rowsSql = ({ kind, columns }: ScanKind, source: string, label: string): string => {
  const given = { ...common, ...columns(drawsFor(label)) }
  const stored = feedColumns(lakeColumnsOf(kind, feedDefinition(kind as FeedKind).fields))
  const names = new Set(stored.map(({ name }) => name))
  for (const name of Object.keys(given)) if (!names.has(name)) throw new Error(`${kind} keeps no ${name}`)
  const list = stored.map(({ name, type }) => `cast(${given[name] ?? 'null'} as ${type}) as "${name}"`)
  return `select ${list.join(', ')} ${joins(source)} where ${isKept}`
}

/** Of whom receiving a file keeps the identity: a bad number; a known one under another name; unknown, where leads are sought. */
const identitySql = (kind: string, source: string, asides: string): string => `
  select f.row_no + 1, ${region}, cast(${common.token} as varchar), ${common.check_char}, cast(m."key" as varchar),
    strftime(f.birth, '%Y-%m-%d'), coalesce(a.name, m.name), a.number
  ${joins(source)} left join ${asides} a on a.aside_id = f.aside_id
  left join known_number k on k.token = f.token and k.check_char = f.check_char
  where ${isKept} and (${isAside} or (k.token is not null and k."key" <> m."key")
    or (k.token is null and ${feedDefinition(kind as FeedKind).opensLeads}))`

const text = (value: unknown): string | undefined => (value === null ? undefined : String(value))
const hex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`

const keepIdentities = async (
  engine: Engine,
  secrecy: Secrecy,
  sql: string,
  { id, kind }: Pick<ScanFile, 'id' | 'kind'>,
  path: string,
): Promise<number> => {
  const file = openSync(path, 'w')
  let count = 0
  try {
    for await (const { rows, columns } of engine.columns(sql)) {
      const read = Array.from({ length: rows }, (_, at) => {
        const [rowNo, regionCode, token, check, nameKey, birthDate, name, written] = columns.map((column) =>
          text(column[at]),
        )
        return { rowNo, regionCode, token, check, nameKey, birthDate, name, written }
      })
      const numbered = read.filter(({ token }) => token !== undefined)
      const numbers = numbersOf(
        numbered.map(({ token = '', check = '' }) => ({ token: BigInt(token), check })),
        secrecy.encryptBlocks,
      )
      const numberOf = new Map(numbered.map((row, at) => [row, numbers[at] ?? undefined]))
      const sealed = secrecy.encryptTexts(
        read.map((row) => {
          const { name, birthDate, written: writtenNumber } = row
          return JSON.stringify({ number: numberOf.get(row), name, birthDate, writtenNumber })
        }),
        rowIdentityContext,
      )
      const lines = read.map(({ rowNo, regionCode, token, check, nameKey, birthDate, written }, at) => {
        const key = rowKeyOf({
          token: token === undefined ? undefined : BigInt(token),
          check,
          nameKey: nameKey === undefined ? undefined : BigInt(nameKey),
          birthDate,
          regionCode,
          writtenKey: written === undefined ? undefined : secrecy.hashKey('written-number', written),
        })
        const cells = [
          id,
          rowNo,
          regionCode,
          kind,
          'self',
          hex(Buffer.from(key ?? '')),
          hex(sealed[at] ?? new Uint8Array()),
          token !== undefined,
        ]
        return `${cells.join(',')}\n`
      })
      writeSync(file, lines.join(''))
      count += rows
    }
  } finally {
    closeSync(file)
  }
  return count
}

/** The files of a kind in a series: by month where the feeds come monthly. */
const sourcesOf = (provinceDir: string, { from }: ScanKind, series: string) => {
  const folder = join(provinceDir, series, from)
  if (!kinds.find(({ name }) => name === from)?.monthly)
    return [{ path: `${folder}.parquet`, period: series === 'feeds' ? lastPeriod : deltaPeriod }]
  return readdirSync(folder)
    .toSorted()
    .map((name) => ({ path: join(folder, name), period: `${name.slice(0, 4)}-${name.slice(4, 6)}` }))
}

/** The identities set aside that a series' rows point to. */
const asidesOf = (provinceDir: string, series: string): string => {
  const clear = join(provinceDir, 'clear')
  const paths = ['', ...(series === 'feeds' ? [] : [series])].map((name) =>
    join(clear, name, 'aside.parquet'),
  )
  return `read_parquet([${paths.filter(existsSync).map(quoteText).join(', ')}])`
}

/** Writes every file of every series under `folder`, from the tables that the registry's fill leaves in the engine. */
export const writeFiles = async (
  engine: Engine,
  secrecy: Secrecy,
  provinceDir: string,
  folder: string,
): Promise<ScanFile[]> => {
  mkdirSync(join(folder, 'identities'), { recursive: true })
  const files: ScanFile[] = []
  for (const series of seriesNames)
    for (const scanKind of scanKinds)
      for (const { path, period } of sourcesOf(provinceDir, scanKind, series)) {
        const { kind } = scanKind
        const label = `${series} ${kind} ${period}`
        const file = { id: idOf(label), kind, series, period }
        const to = pathOfFile(folder, file)
        mkdirSync(join(folder, series, kind), { recursive: true })
        const source = `read_parquet(${quoteText(path)})`
        const { rows } = await engine.writeParquet(rowsSql(scanKind, source, label), to)
        const identities = await keepIdentities(
          engine,
          secrecy,
          identitySql(kind, source, asidesOf(provinceDir, series)),
          file,
          identitiesOf(folder, file),
        )
        const [all] = await engine.rows<{ n: number }>(`select count(*) as n from ${source}`)
        files.push({ ...file, rows, rejected: Number(all?.n) - rows, identities })
      }
  return files
}
