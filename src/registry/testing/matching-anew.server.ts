import type { Secrecy } from '#access/server'
import { feedDefinition, isFeedKind } from '#exchange'
import { openMatcher, type Remembered, type Verdict } from '#lake/server'
import type { Database, Tx } from '#store/server'
import { listDecisions } from '../adjudication/record-adjudications.server.ts'
import { recordLeads } from '../leads/record-leads.server.ts'
import { resolveIdentities } from '../pass/identities.server.ts'
import { type KeptRow, openRow, scoredRowOf, toPersons } from '../pass/identities-kept.server.ts'
import { listNamedPersons, withdrawUnseenLeads } from '../pass/pass.queries.server.ts'
import { isRegistered, listAllLeads, listAllRows } from './matching-world.queries.server.ts'
import { look, testClock } from './registry.server.ts'

const verdictsAnew = async (tx: Tx, secrecy: Secrecy, rows: readonly KeptRow[]): Promise<Verdict[]> => {
  const remembered = new Map<string, Remembered[]>()
  for (const { rowKey, personId, same } of await listDecisions(tx))
    remembered.set(rowKey, [...(remembered.get(rowKey) ?? []), { personId, same }])
  const matcher = openMatcher(rows.map(scoredRowOf), { remembered })
  for await (const page of listNamedPersons(tx))
    for (const person of toPersons(page, secrecy, true)) matcher.offer(person)
  return matcher.verdicts()
}

/** What resolving says when nothing is kept and everything is opened and scored: given rows, and candidates by place. */
const resolvedAnew = async (tx: Tx, secrecy: Secrecy, files: readonly string[]) => {
  const sealed = await listAllRows(tx, files)
  const rows = sealed.map((row) => openRow(secrecy, row))
  const numberless = rows.filter(({ has_number }) => !has_number)
  const verdicts = await verdictsAnew(tx, secrecy, numberless)
  const verdictOf = new Map(numberless.map((row, at) => [row, verdicts[at]]))
  const lone: KeptRow[] = []
  for (const row of rows) {
    const opens = isFeedKind(row.kind) && feedDefinition(row.kind).opensLeads
    const isNobody = row.has_number
      ? !(await isRegistered(tx, secrecy.blindIndex(row.identity.number ?? '')))
      : verdictOf.get(row)?.outcome === 'none'
    if (opens && isNobody) lone.push(row)
  }
  const leads = await recordLeads(
    tx,
    { secrecy, clock: testClock },
    lone.map((row) => ({
      ...row.identity,
      regionCode: row.region_code,
      feedKind: row.kind,
      feedId: row.feed_id,
    })),
  )
  await withdrawUnseenLeads(
    tx,
    leads.flatMap((lead) => (lead ? [lead.id] : [])),
  )
  const place = ({ feed_id, row_no, role, kind }: KeptRow) => ({ kind, feedId: feed_id, rowNo: row_no, role })
  const given = [
    ...numberless.flatMap((row) => {
      const verdict = verdictOf.get(row)
      return verdict?.outcome === 'accept'
        ? [{ ...place(row), personId: verdict.match.personId, leadId: null }]
        : []
    }),
    ...lone.flatMap((row, at) => {
      const lead = leads[at]
      return lead?.status === 'open' && !row.has_number
        ? [{ ...place(row), personId: null, leadId: lead.id }]
        : []
    }),
  ]
  const asked = numberless.flatMap((row) => {
    const verdict = verdictOf.get(row)
    return verdict?.outcome === 'ask' ? [{ row, candidates: verdict.candidates }] : []
  })
  return { given, asked }
}

/** What resolving by what is kept gives, and what scoring everything anew gives: rows, questions, leads. */
export const resolvedBothWays = async (database: Database, secrecy: Secrecy, files: readonly string[]) => {
  const kept = await look(database, (tx) => resolveIdentities(tx, { secrecy, clock: testClock }, files))
  const leads = await listAllLeads(database)
  const anew = await look(database, (tx) => resolvedAnew(tx, secrecy, files))
  return {
    kept: {
      leads,
      given: kept.given,
      scored: kept.scored,
      asked: kept.questions.map(({ feedId, rowNo, rowKey, identity, candidates }) => ({
        feedId,
        rowNo,
        rowKey,
        name: identity.name,
        candidates,
      })),
    },
    anew: {
      leads: await listAllLeads(database),
      given: anew.given,
      scored: anew.given.filter(({ personId }) => personId !== null).length,
      asked: anew.asked.map(({ row, candidates }) => ({
        feedId: row.feed_id,
        rowNo: row.row_no,
        rowKey: row.row_key.toString('utf8'),
        name: row.identity.name,
        candidates: candidates.map(({ personId, probability, reasons, vetoes }) => ({
          personId,
          score: Math.min(99, Math.floor(100 * probability)),
          reasons: [...reasons],
          vetoes: [...vetoes],
        })),
      })),
    },
  }
}
