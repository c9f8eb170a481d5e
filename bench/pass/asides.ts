import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Engine, matchPeople, openEngine, quoteText, type ScoredRow } from '#lake/server'
import { areaOf, countyOf, peopleRelation } from '../match/world.server.ts'

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
  const own = await openEngine({
    tempDir: dirname(engine.tempDir),
    directories: [clear],
    memoryMiB: 1000,
    threads: 2,
    spills: false,
  })
  try {
    const aside = `read_parquet(${quoteText(join(clear, file))})`
    const fresh = (await readAsides(own, aside)).filter(({ asideId }) => !known.has(asideId))
    for (const { asideId } of fresh) known.add(asideId)
    const people = peopleRelation(clear)
    const near = `(select * from ${people} p where p.name in (select name from ${aside})
      or (p.birth_date, divide(p.region, 1000000)) in (select (birth, ${countyOf('county')}) from ${aside}))`
    // Looked for once: the names and the people are read one after the other.
    if (onlyNear) await own.run(`create table near_people as from ${near}`)
    const { verdicts } = await matchPeople(own, onlyNear ? 'near_people' : people, fresh)
    const given = verdicts.flatMap((verdict, at) => {
      const id = fresh[at]?.asideId
      return verdict.outcome === 'accept' && id !== undefined
        ? [[id, Number(verdict.match.personId)] as const]
        : []
    })
    await keep(engine, given)
    return { asides: fresh.length, given: given.length }
  } finally {
    own.close()
  }
}

const readAsides = async (own: Engine, aside: string): Promise<Aside[]> => {
  const asides: Aside[] = []
  const sql = `select aside_id, "number", name, strftime(birth, '%Y-%m-%d'), ${areaOf('county')} from ${aside} order by aside_id`
  for await (const { rows, columns } of own.columns(sql)) {
    for (let at = 0; at < rows; at += 1) {
      const [id, number, name, birthDate, regionCode] = columns.map((column) => text(column[at]))
      asides.push({ asideId: Number(id), number, name: name ?? '', birthDate, regionCode })
    }
  }
  return asides
}

const keep = async (engine: Engine, given: readonly (readonly [number, number])[]): Promise<void> => {
  for (let from = 0; from < given.length; from += batchRows) {
    const values = given.slice(from, from + batchRows).map(([id, pid]) => `(${id}, ${pid})`)
    await engine.run(`insert into aside_match values ${values.join(', ')}`)
  }
}
