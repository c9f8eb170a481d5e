import { assert } from '#base'
import type { Engine } from '../engine/engine.server.ts'
import type { Value } from '../engine/types.ts'
import type { Verdict } from './decide.ts'
import { type MatcherFigures, type MatchOptions, openMatcher, type Wanted } from './match-rows.ts'
import { bareName, hashName, outlineOf } from './names.ts'
import { handSet } from './parameters.ts'
import {
  candidateSql,
  nameTable,
  outlineColumns,
  personTable,
  readNames,
  rowColumns,
  rowsOf,
  tables,
} from './preselect.ts'
import type { ScoredRow } from './score.ts'

/** So many people are looked at together where nothing else is said; some 50 bytes each. */
const mostPeopleAtOnce = 6_000_000
/** Of more, each part is first held as it is, names and numbers included, beside the names of all: it has fewer. */
const peopleInPart = 2_000_000

const partsOf = (people: number, atOnce: number | undefined): number =>
  Math.ceil(people / (atOnce ?? (people <= mostPeopleAtOnce ? mostPeopleAtOnce : peopleInPart)))
const batchRows = 16_384

/** What matching a relation of people by score has found, and how many of them were worth a comparison. */
export type PeopleMatch = {
  readonly verdicts: readonly Verdict[]
  readonly figures: MatcherFigures & { readonly offered: number }
}

/**
 * Matches rows with a relation of people in an engine that does not spill: the verdicts are those of `matchRows`
 * with everybody, but only those who may be in a row leave the engine. `people` is SQL after `from`, each person once: `person_id`, `name`
 * (empty where unknown), `birth_date` DATE or null, `region` of twelve digits as a whole number, `number` VARCHAR or null.
 */
export const matchPeople = async (
  engine: Engine,
  people: string,
  rows: readonly ScoredRow[],
  options: Pick<MatchOptions, 'parameters' | 'remembered'> & { readonly peopleAtOnce?: number } = {},
): Promise<PeopleMatch> => {
  assert(!engine.spills, 'names in the clear in an engine that spills')
  const matcher = openMatcher(rows, { ...options, countsApart: true })
  if (rows.length === 0) return { verdicts: [], figures: { ...matcher.figures(), offered: 0 } }
  await engine.run(nameTable(people))
  let count = 0
  await engine.appendRows(
    tables.outline,
    outlineColumns,
    outlines(engine, (name, bearers) => {
      count += bearers
      matcher.count(name, bearers)
    }),
  )
  await engine.run(readNames)
  await loadRows(engine, matcher.wanted())
  const parts = partsOf(count, options.peopleAtOnce)
  let offered = 0
  for (let part = 0; part < parts; part += 1) {
    await engine.run(personTable(people, part, parts))
    for await (const batch of engine.columns(candidateSql(options.parameters ?? handSet))) {
      const [ids = [], names = [], regions = [], births = [], numbers = []] = batch.columns as string[][]
      for (let at = 0; at < batch.rows; at += 1)
        matcher.offer({
          personId: ids[at] ?? '',
          name: names[at] ?? '',
          regionCode: regions[at] ?? '',
          birthDate: births[at] ?? undefined,
          number: numbers[at] ?? undefined,
        })
      offered += batch.rows
    }
  }
  for (const table of Object.values(tables)) await engine.run(`drop table if exists ${table}`)
  return { verdicts: matcher.verdicts(), figures: { ...matcher.figures(), offered } }
}

/** Tells each name and how many bear it, and gives what is read from it. */
async function* outlines(
  engine: Engine,
  tell: (name: string, bearers: number) => void,
): AsyncGenerator<Value[][]> {
  // Collected before anything is appended: the engine has one connection.
  const batches: Value[][][] = []
  for await (const { rows, columns } of engine.columns(`select name_id, name, bearers from ${tables.name}`)) {
    const [ids = [], names = [], bearers = []] = columns
    batches.push(
      Array.from({ length: rows }, (_, at) => {
        const name = String(names[at])
        tell(name, Number(bearers[at]))
        const bare = bareName(name)
        const { written, sound } = hashName(bare)
        return [Number(ids[at]), written | 0, sound | 0, outlineOf(bare)]
      }),
    )
  }
  yield* batches
}

const loadRows = async (engine: Engine, wanted: readonly Wanted[]): Promise<void> => {
  await engine.appendRows(tables.row, rowColumns, batchesOf(wanted, rowsOf))
  const decided = wanted.flatMap(({ decisions }) =>
    decisions.flatMap(({ personId, same }) => (same ? [personId] : [])),
  )
  await engine.appendRows(
    tables.decided,
    [{ name: 'person_id', type: 'VARCHAR' }],
    batchesOf(decided, (id) => [[id]]),
  )
}

async function* batchesOf<T>(list: readonly T[], rowsOf: (each: T) => Value[][]): AsyncGenerator<Value[][]> {
  for (let from = 0; from < list.length; from += batchRows)
    yield list.slice(from, from + batchRows).flatMap(rowsOf)
}
