import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { type Candidate, type Engine, openMatcher, type ScoredRow } from '#lake/server'
import { areaOf } from '../match/world.server.ts'
import { quoted } from '../province/session.server.ts'

// Names and numbers in the clear: an engine of its own that cannot spill, closed when the verdicts are there.

const batchRows = 2048

interface Aside extends ScoredRow {
  readonly asideId: number
}

const text = (value: unknown): string | undefined => (value === null ? undefined : String(value))

/**
 * Scores the identities that were set aside against everybody registered, and adds those that were given to somebody to
 * the engine's table `aside_match`; an identity that `known` has was scored before. With `onlyNear`, as for a day's few, only people who share the name, or birth date and
 * county, are looked at. Gives how many identities there were and how many were given to somebody.
 */
export const scoreAsides = async (
  engine: Engine,
  clear: string,
  file: string,
  known: Set<number>,
  onlyNear = false,
): Promise<{ readonly asides: number; readonly given: number }> => {
  await engine.run('create table if not exists aside_match (aside_id INTEGER, pid INTEGER)')
  if (!existsSync(join(clear, file))) return { asides: 0, given: 0 }
  const instance = await DuckDBInstance.create(':memory:', {
    temp_directory: '',
    memory_limit: '400MB',
    threads: '2',
  })
  const connection = await instance.connect()
  const aside = `read_parquet(${quoted(join(clear, file))})`
  const rows = await connection.runAndReadAll(
    `select aside_id, "number", name, strftime(birth, '%Y-%m-%d'), ${areaOf('county')} from ${aside} order by aside_id`,
  )
  const asides: Aside[] = rows.getRows().map(([id, number, name, birth, region]) => ({
    asideId: Number(id),
    number: text(number),
    name: text(name) ?? '',
    birthDate: text(birth),
    regionCode: text(region),
  }))
  const fresh = asides.filter(({ asideId }) => !known.has(asideId))
  for (const { asideId } of fresh) known.add(asideId)
  const near = onlyNear
    ? ` and (p.name in (select name from ${aside}) or (p.birth, p.county) in (select (birth, county) from ${aside}))`
    : ''
  const matcher = openMatcher(fresh)
  const people = await connection.stream(
    `select cast(pid as varchar), "number", name, strftime(birth, '%Y-%m-%d'), ${areaOf('county')}
     from read_parquet(${quoted(join(clear, 'person.parquet'))}) p where registered${near}`,
  )
  for await (const chunk of people) {
    const [ids = [], numbers = [], names = [], births = [], regions = []] = [0, 1, 2, 3, 4].map((at) =>
      chunk.getColumnValues(at),
    )
    for (let at = 0; at < chunk.rowCount; at += 1)
      matcher.offer({
        personId: ids[at],
        number: numbers[at],
        name: names[at],
        birthDate: births[at],
        regionCode: regions[at],
      } as Candidate)
  }
  const given = matcher.verdicts().flatMap((verdict, at) => {
    const id = fresh[at]?.asideId
    return verdict.outcome === 'accept' && id !== undefined
      ? [[id, Number(verdict.match.personId)] as const]
      : []
  })
  connection.closeSync()
  instance.closeSync()
  for (let from = 0; from < given.length; from += batchRows) {
    const values = given.slice(from, from + batchRows).map(([id, pid]) => `(${id}, ${pid})`)
    await engine.run(`insert into aside_match values ${values.join(', ')}`)
  }
  return { asides: fresh.length, given: given.length }
}
