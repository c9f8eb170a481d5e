import { type Endpoint, namePlaces, type Secrecy, serve } from '#access/server'
import { type Instant, maskName, Refusal } from '#base'
import { recordEvent, type Tx } from '#store/server'
import type { RegistryServices } from '../services.server.ts'
import {
  findCase,
  findNextOpen,
  listCandidates,
  listCases,
  rememberVerdict,
  saveDecision,
} from './adjudication.queries.server.ts'
import { type Candidate, candidateList } from './candidate.ts'
import { openIdentity, viewOfCandidate, viewOfRow } from './case-view.server.ts'
import {
  type CaseLine,
  decideAdjudication,
  listAdjudications,
  readAdjudication,
  reopenAdjudication,
} from './contract.ts'

const pageSize = 20

type Case = NonNullable<Awaited<ReturnType<typeof findCase>>>

const bestOf = (candidates: readonly Candidate[]): Candidate | undefined =>
  candidates.toSorted((a, b) => (b.score ?? 100) - (a.score ?? 100))[0]

const listEndpoint = (secrecy: Secrecy): Endpoint =>
  serve(listAdjudications, async ({ tx, query }) => {
    const { decided, kind, cursor } = query
    const rows = await listCases(tx, { decided, feedKind: kind, after: cursor }, pageSize + 1)
    const page = rows.slice(0, pageSize)
    const placeOf = await namePlaces(
      tx,
      page.map(({ region_code }) => region_code),
    )
    return {
      items: page.map((row): CaseLine => {
        const candidates = candidateList.parse(row.candidates)
        const best = bestOf(candidates)
        const { name } = openIdentity(secrecy, row.identity_cipher)
        return {
          id: row.id,
          feedKind: row.feed_kind,
          role: row.role,
          name: name === undefined ? null : maskName(name),
          place: placeOf(row.region_code).name,
          candidates: candidates.length,
          bestScore: best?.score ?? null,
          status: row.status as CaseLine['status'],
          createdAt: row.created_at,
          decidedAt: row.decided_at,
          decidedBy: row.display_name,
        }
      }),
      next: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null,
    }
  })

const isDecided = (row: Case): boolean => row.status === 'same' || row.status === 'none'

const readEndpoint = ({ secrecy, hasScannedSince }: RegistryServices): Endpoint =>
  serve(readAdjudication, async ({ tx, database, actor, params }) => {
    const row = await findCase(tx, params.id)
    if (!row) throw new Refusal('access.not-found')
    const candidates = candidateList.parse(row.candidates)
    const people = await listCandidates(
      tx,
      candidates.map(({ personId }) => personId),
    )
    const identity = openIdentity(secrecy, row.identity_cipher)
    const placeOf = await namePlaces(tx, [
      ...people.map(({ region_code }) => region_code),
      ...(identity.regionCode === undefined ? [] : [identity.regionCode]),
    ])
    const mayDecide = actor.permissions.has('adjudication.decide')
    const next = await findNextOpen(tx, row.id)
    return {
      id: row.id,
      status: row.status as CaseLine['status'],
      feed: {
        id: row.feed_id,
        kind: row.feed_kind,
        period: row.feed_period,
        fileName: row.file_name,
        row: row.row_no,
        role: row.role,
      },
      row: viewOfRow(identity, placeOf),
      candidates: candidates.map((candidate) =>
        viewOfCandidate(
          secrecy,
          identity,
          candidate,
          people.find(({ id }) => id === candidate.personId),
          placeOf,
        ),
      ),
      personId: row.person_id,
      decidedBy: row.display_name,
      decidedAt: row.decided_at,
      mayUndo:
        mayDecide && isDecided(row) && !(await hasScannedSince(database, (row.decided_at ?? '') as Instant)),
      nextId: next?.id ?? null,
      version: row.version,
    }
  })

/** The case as it was when the page was read, and every candidate within sight: whom one cannot see one cannot rule out. */
const openCase = async (tx: Tx, id: string, version: number) => {
  const row = await findCase(tx, id)
  if (!row) throw new Refusal('access.not-found')
  if (row.version !== version) throw new Refusal('access.changed-meanwhile')
  if (row.status !== 'open') throw new Refusal('registry.adjudication-decided')
  const candidates = candidateList.parse(row.candidates)
  const people = await listCandidates(
    tx,
    candidates.map(({ personId }) => personId),
  )
  if (candidates.some(({ personId }) => !people.some((person) => person.id === personId)))
    throw new Refusal('registry.candidate-outside')
  return { row, people }
}

const decideEndpoint = serve(decideAdjudication, async ({ tx, clock, actor, params, body, version }) => {
  const { row, people } = await openCase(tx, params.id, version)
  const chosenId = body.verdict === 'same' ? body.personId : null
  const chosen = people.find(({ id }) => id === chosenId)
  if (chosenId !== null && !chosen) throw new Refusal('registry.not-a-candidate')
  const decided = { decidedBy: actor.accountId, decidedAt: clock.now() }
  if (!(await saveDecision(tx, row.id, version, { status: body.verdict, personId: chosenId, ...decided })))
    throw new Refusal('access.changed-meanwhile')
  for (const person of people) {
    await rememberVerdict(tx, {
      rowKey: row.row_key,
      personId: person.id,
      regionCode: row.region_code,
      same: person.id === chosenId,
      ...decided,
    })
  }
  await recordEvent(tx, clock, {
    kind: 'registry.row-adjudicated',
    regionCode: chosen?.region_code ?? row.region_code,
    householdId: chosen?.household_id,
    subjectId: row.id,
    actorId: actor.accountId,
    data: { feedKind: row.feed_kind, verdict: body.verdict },
  })
  return { status: body.verdict, version: version + 1 }
})

const reopenEndpoint = ({ hasScannedSince }: RegistryServices): Endpoint =>
  serve(reopenAdjudication, async ({ tx, database, clock, actor, params, version }) => {
    const row = await findCase(tx, params.id)
    if (!row) throw new Refusal('access.not-found')
    if (row.version !== version) throw new Refusal('access.changed-meanwhile')
    if (!isDecided(row)) throw new Refusal('registry.adjudication-open')
    if (await hasScannedSince(database, (row.decided_at ?? '') as Instant))
      throw new Refusal('registry.decision-used')
    const undone = { status: 'open', personId: null, decidedBy: null, decidedAt: null } as const
    if (!(await saveDecision(tx, row.id, version, undone))) throw new Refusal('access.changed-meanwhile')
    const person = row.person_id === null ? undefined : (await listCandidates(tx, [row.person_id]))[0]
    await recordEvent(tx, clock, {
      kind: 'registry.adjudication-reopened',
      regionCode: row.region_code,
      householdId: person?.household_id,
      subjectId: row.id,
      actorId: actor.accountId,
      data: { feedKind: row.feed_kind },
    })
    return { status: 'open' as const, version: version + 1 }
  })

export const adjudicationEndpoints = (services: RegistryServices): readonly Endpoint[] => [
  listEndpoint(services.secrecy),
  readEndpoint(services),
  decideEndpoint,
  reopenEndpoint(services),
]
