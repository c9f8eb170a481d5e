import { createHash } from 'node:crypto'
import { businessDate } from '#base'
import { parquetRelation } from '../engine/dialect.ts'
import type { Engine } from '../engine/engine.server.ts'
import { feedFacts } from '../facts/sources.ts'
import type { LakeColumn } from '../feeds/columns.ts'
import { feedTable } from '../matching/tables.ts'
import { fileOf, type StateFiles, stateFiles } from '../pass/state-files.server.ts'
import { keptSql, type Level } from '../pass/wide.server.ts'
import type { BringUpInputs, Kept, KeptFeed } from './kept.ts'
import { keptPlan } from './plan.ts'
import { liveRows, rowsOfAmong } from './rows.server.ts'

// What laying out anew and following have in common.

export type KeptFiles = StateFiles<Kept>

/** The places of what a lake keeps of everybody. */
export const keptFiles = (lakeDir: string): KeptFiles => stateFiles<Kept>(lakeDir, 'kept')

/** Who brings up what: the engine with its input tables filled, the files, and what is known of each kind's columns. */
export type BringUp = {
  readonly engine: Engine
  readonly files: KeptFiles
  readonly columnsOf: (kind: string) => readonly LakeColumn[]
  /** How many households lie in one part; a quarter of a million where nothing is said. */
  readonly partSize?: number
}

export type BroughtUp = {
  readonly kept: Kept
  /** Everything was made anew; otherwise `touched` (`hid`) in the engine tells of whom. */
  readonly isNew: boolean
  readonly touched: number
}

/** The levels at which facts are kept. */
export const wideLevels = ['household', 'member'] as const

const registryOf: Readonly<Record<Level, string>> = {
  household: 'select hid from subject_now',
  member: 'select pid, hid from person_now where not is_lead',
}

/** Raised whenever rows are matched or kept otherwise than before, so that what was kept is not followed. */
const version = 1

/** What facts are made by: with another shape nothing of before is followed. */
export const shapeOf = ({ columnsOf }: BringUp, { parameters, shape }: BringUpInputs): string => {
  const today = businessDate('2000-01-01')
  const statements = feedFacts.map(({ kind, facts, sql }) => [
    kind,
    facts,
    sql({ today, parameters }, 'r'),
    columnsOf(kind),
  ])
  return createHash('sha256')
    .update(JSON.stringify([version, shape, statements, registryOf]))
    .digest('hex')
}

/** The files under the numbers that they had before, new ones from `first` on. */
export const numbersOf = (feeds: BringUpInputs['feeds'], before: Kept | undefined, first: number) => {
  const known = new Map(before?.feeds.map((feed) => [feed.id, feed]))
  let next = first
  const numbered = feeds.map(
    ({ id, kind, period }): KeptFeed => known.get(id) ?? { id, kind, period, no: next++ },
  )
  return { numbered, next }
}

/** The kinds that facts come from, each with its files among these. */
export const kindsOf = ({ columnsOf }: BringUp, feeds: readonly KeptFeed[]) =>
  feedFacts.map((facts) => ({
    facts,
    kind: facts.kind,
    columns: columnsOf(facts.kind),
    feeds: feeds.filter(({ kind }) => kind === facts.kind),
  }))

/** Makes what is kept of everybody, or of the touched, from the rows that count. */
export const keptOf = (
  { files, columnsOf }: BringUp,
  inputs: BringUpInputs,
  kept: Pick<Kept, 'matched' | 'beside'>,
) => {
  const plan = keptPlan(feedFacts, inputs)
  const span = { month: 0, base: 0 }
  const tied = new Map(feedFacts.map(({ kind, tiedBy }) => [kind, tiedBy]))
  return {
    ofPart: (level: Level, from: number, until: number): string =>
      keptSql(plan, span, level, {
        registry: `(select * from (${registryOf[level]}) where hid >= ${from} and hid < ${until})`,
        matched: (kind) =>
          // What is tied may lie in any part.
          tied.get(kind) === undefined
            ? liveRows(kept, kind, files.path, columnsOf(kind), [from, until])
            : liveRows(kept, kind, files.path, columnsOf(kind)),
      }),
    ofTouched: (level: Level): string =>
      keptSql(plan, span, level, {
        // Of a household that is gone a row without facts stands in place of what it had, should it come back.
        registry:
          level === 'household'
            ? 'touched'
            : `(select * from (${registryOf[level]}) r semi join touched using (hid))`,
        matched: (kind) =>
          rowsOfAmong(liveRows(kept, kind, files.path, columnsOf(kind)), 'touched', tied.get(kind)),
      }),
  }
}

/** Writes the decisions and given rows that were gone by, and whose rows of before are void. */
export const writeBeside = async (
  { engine, files }: BringUp,
  generation: number,
  before: Kept | undefined,
): Promise<Record<string, string>> => {
  const write = async (name: string, sql: string): Promise<string> => {
    const file = fileOf(generation, name, 'beside')
    await engine.writeParquet(sql, files.path(file), 'snappy')
    return file
  }
  const beside: Record<string, string> = {
    decided: await write('decided', 'select * from decided_now'),
    given: await write('given', 'select * exclude (aside_id) from given_now'),
  }
  if (before) {
    const earlier = before.beside?.['voided']
    const rows = `select pid, ${generation} as since from changed_person${
      earlier ? ` union all select * from ${parquetRelation([files.path(earlier)])}` : ''
    }`
    beside['voided'] = await write('voided', `select pid, max(since) as since from (${rows}) group by pid`)
  }
  return beside
}

/** The files of questions, with those of this pass. */
export const questions = async (
  { engine, files }: BringUp,
  generation: number,
  before: Kept | undefined,
): Promise<string[]> => {
  const earlier = before?.matched['question'] ?? []
  const [some] = await engine.rows('select 1 as one from question_now limit 1')
  if (!some) return [...earlier]
  const file = fileOf(generation, 'matched', 'question')
  await engine.writeParquet('select * from question_now', files.path(file), 'snappy')
  return [...earlier, file]
}

/** The files of each kind with more. */
export const joinFiles = (
  before: Kept['matched'],
  ...more: readonly Readonly<Record<string, string>>[]
): Record<string, readonly string[]> => {
  const joined: Record<string, readonly string[]> = { ...before }
  for (const files of more)
    for (const [kind, file] of Object.entries(files)) joined[kind] = [...(joined[kind] ?? []), file]
  return joined
}

/** A revocation need not name anybody: it is looked for in all rows of the kind. */
export const showMarriages = (
  { engine }: BringUp,
  { rowsOf }: BringUpInputs,
  feeds: readonly KeptFeed[],
): Promise<number> =>
  engine.run(
    `create or replace view ${feedTable('marriages')} as ${rowsOf(
      'marriages',
      feeds.filter(({ kind }) => kind === 'marriages'),
    )}`,
  )
