import type { Secrecy } from '#access/server'
import { assert, type Clock } from '#base'
import { type FeedKind, feedDefinition } from '#exchange'
import type { AcceptedFeed } from '#exchange/server'
import { lakeColumnsOf } from '#lake'
import {
  type BringUp,
  bringUp,
  countMatched,
  type Engine,
  emptyInputs,
  type FactParameters,
  factKinds,
  feedView,
  inputTables,
  keptFiles,
  listFeeds,
  removeFeed,
  showFacts,
  showRows,
  showRowsOf,
} from '#lake/server'
import { everywhere } from '#store'
import { type Database, inScope, refreshStatistics, type Tx, withoutTimeLimit } from '#store/server'
import { type AdjudicationDraft, recordAdjudications } from '../adjudication/record-adjudications.server.ts'
import { type BelievedChange, bringUpCompared } from '../compared/bring-up.server.ts'
import { statementShape } from '../compared/statements.queries.server.ts'
import { numberContext } from '../people/number.server.ts'
import { copyRegistry } from '../snapshot/copy-registry.server.ts'
import {
  addCoverage,
  chooseAllPeople,
  chooseTouchedPeople,
  countRows,
  listQuestions,
} from './engine.queries.server.ts'
import { type GivenRow, openRowsAt, placeOf, resolveIdentities } from './identities.server.ts'
import { findKept, nameKept } from './kept.queries.server.ts'
import { findAskedPersons } from './pass.queries.server.ts'

export interface PassServices {
  readonly database: Database
  readonly secrecy: Secrecy
  readonly clock: Clock
  readonly lakeDir: string
}

/** Which of these feeds have come to their end: nothing of them may be read again. */
export type FindEnded = (feedIds: readonly string[]) => Promise<ReadonlySet<string>>

export interface PassFigures {
  readonly persons: number
  readonly households: number
  readonly leads: number
  readonly feedRows: number
  /** Rows, once per person they speak of, that belong to somebody in the registry. */
  readonly matched: number
  /** Rows without a number that name, birth date and place gave to somebody. */
  readonly scored: number
  readonly rejected: number
  /** Rows that wait for a person to decide. */
  readonly adjudicated: number
  /** What departments say of people: facts that became known, and that are believed no longer. */
  readonly compared: BelievedChange
}

const columnsOf = (kind: string) => lakeColumnsOf(kind, feedDefinition(kind as FeedKind).fields)

async function* inOneBatch<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  if (rows.length) yield rows
}

const fillMatches = async (engine: Engine, given: readonly GivenRow[]): Promise<void> => {
  await engine.run('drop table if exists row_match')
  const rows = given.map(({ kind, feedId, rowNo, role, personId, leadId }) => [
    kind,
    feedId,
    rowNo,
    role,
    personId,
    leadId,
  ])
  await engine.appendRows('row_match', inputTables().row_match ?? [], inOneBatch(rows))
}

const exactQuestions = async (engine: Engine, tx: Tx, secrecy: Secrecy): Promise<AdjudicationDraft[]> => {
  const rows = await listQuestions(engine)
  const kept = await openRowsAt(
    tx,
    secrecy,
    rows.map(({ feed_id, row_no, person_role }) => ({ feed_id, row_no, role: person_role })),
  )
  const people = await findAskedPersons(
    tx,
    rows.map(({ person }) => person),
  )
  return rows.map((row): AdjudicationDraft => {
    const person = people.get(row.person)
    assert(person, 'a question about nobody')
    const found = kept.get(placeOf(row.feed_id, row.row_no, row.person_role))
    // Read before the person was registered, the row's name was not kept: of its identity the number is left, theirs.
    const identity = found
      ? { ...found.identity, regionCode: found.region_code }
      : { number: person.numberCipher && secrecy.decryptText(person.numberCipher, numberContext) }
    return {
      rowKey: row.row_key,
      feedId: row.feed_id,
      rowNo: row.row_no,
      role: row.person_role,
      feedKind: row.kind,
      regionCode: person.regionCode,
      identity,
      candidates: [
        {
          personId: row.person,
          score: null,
          reasons: [{ field: 'number', agrees: row.reason, weight: null }],
          vetoes: [],
        },
      ],
    }
  })
}

/** Removes the lake files of feeds that are over. Files are listed before their feeds are asked about: none that is just being read is lost. */
const sweepLake = async (
  lakeDir: string,
  feeds: readonly AcceptedFeed[],
  findEnded: FindEnded,
): Promise<void> => {
  const accepted = new Set(feeds.map(({ id }) => id))
  const others = listFeeds(lakeDir).filter(({ feedId }) => !accepted.has(feedId))
  const ended = await findEnded(others.map(({ feedId }) => feedId))
  for (const { kind, feedId } of others) if (ended.has(feedId)) removeFeed(lakeDir, kind, feedId)
}

/** What a pass leaves for the transaction that keeps what is found by it. */
export interface Passed {
  readonly figures: PassFigures
  /** Leaves in the engine's views `matched_…` the rows of these households and leads alone: a select of their ids as `id`. */
  readonly narrow: (subjects: string) => Promise<void>
  /** Puts what the lake keeps now in force. Refuses with `registry.pass-overtaken` where another pass has done so since. */
  readonly keep: (tx: Tx) => Promise<void>
  /** After that: removes what is in force no more from the lake. */
  readonly forget: () => Promise<void>
}

/** Of all people, or of those whose rows changed, what departments say; leaves the rows of everybody to be looked at. */
const sayCompared = async (
  work: BringUp,
  services: PassServices,
  feeds: readonly AcceptedFeed[],
  brought: Awaited<ReturnType<typeof bringUp>>,
): Promise<BelievedChange> => {
  const { engine } = work
  await (brought.isNew ? chooseAllPeople(engine) : chooseTouchedPeople(engine))
  await showRows(work, brought, !brought.isNew)
  const compared = await bringUpCompared(engine, services, feeds)
  if (!brought.isNew) await showRows(work, brought, false)
  return compared
}

/**
 * Matches the rows of accepted files to persons and leads: identities without a number by score, the rest by token, and of
 * these only what came, went or changed hands since the last pass. Writes leads, the adjudication queue and what departments
 * say of people as compared facts; leaves the registry's tables, the facts and the views `matched_…` in the engine.
 * `findEnded` tells which feeds were refused, taken back or are unknown, so that the lake keeps nothing of them.
 */
export const runMatchPass = async (
  engine: Engine,
  services: PassServices,
  parameters: FactParameters,
  feeds: readonly AcceptedFeed[],
  findEnded: FindEnded,
): Promise<Passed> => {
  const { database, secrecy, clock, lakeDir } = services
  await refreshStatistics(database)
  const feedIds = feeds.map(({ id }) => id)
  const resolved = await inScope(database, everywhere, async (tx) => {
    await withoutTimeLimit(tx)
    return resolveIdentities(tx, services, feedIds)
  })
  for (const statement of emptyInputs()) await engine.run(statement)
  await copyRegistry(engine, { database, clock, lakeDir })
  await fillMatches(engine, resolved.given)
  // A file about a township or village does not tell who in the county is absent from it.
  await addCoverage(
    engine,
    feeds.filter(({ regionCode }) => regionCode.endsWith('000000')),
  )
  const files = keptFiles(lakeDir)
  const work: BringUp = { engine, files, columnsOf }
  const named = await inScope(database, everywhere, findKept)
  const before = files.find(({ id }) => id === named)
  const brought = await bringUp(
    work,
    {
      today: clock.today(),
      parameters,
      feeds: feeds.filter(({ kind }) => factKinds.includes(kind)),
      rowsOf: (kind, some) =>
        feedView(
          lakeDir,
          kind,
          columnsOf(kind),
          some.map(({ id, no }) => ({ feedId: id, feedNo: no })),
        ),
      shape: statementShape(),
    },
    before,
  )
  const compared = await sayCompared(work, services, feeds, brought)
  const questions = await inScope(database, everywhere, async (tx) => {
    await withoutTimeLimit(tx)
    const drafts = [...resolved.questions, ...(await exactQuestions(engine, tx, secrecy))]
    await recordAdjudications(tx, services, drafts)
    return new Set(drafts.map(({ rowKey }) => rowKey)).size
  })
  await showFacts(work, brought)
  const figures = {
    persons: await countRows(engine, 'registry_person'),
    households: await countRows(engine, 'registry_household'),
    leads: await countRows(engine, 'registry_lead'),
    feedRows: feeds.reduce((sum, { rowsAccepted }) => sum + rowsAccepted, 0),
    matched: await countMatched(work, brought),
    scored: resolved.scored,
    rejected: feeds.reduce((sum, { rowsRejected }) => sum + rowsRejected, 0),
    adjudicated: questions,
    compared,
  }
  return {
    figures,
    narrow: (subjects) => showRowsOf(work, brought, subjects),
    keep: (tx) => nameKept(tx, { before: named, now: brought.kept.id }, clock.now()),
    forget: async () => {
      files.sweep([brought.kept.generation])
      await sweepLake(lakeDir, feeds, findEnded)
    },
  }
}
