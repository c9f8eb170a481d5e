import { type Call, type Endpoint, serve } from '#access/server'
import { type BusinessDate, type Clock, newId, Refusal } from '#base'
import { recordEvent, type Tx } from '#store/server'
import { releasedValueOf } from '../packs/packs.queries.server.ts'
import type { CheckedPack } from '../packs/packs.server.ts'
import { regionNames } from '../packs/region-names.server.ts'
import type { ReleasedValue } from '../packs/released-value.ts'
import type { Rulebook } from '../packs/rulebook.server.ts'
import { decideOnce, oneReleaseAtATime } from '../proposing/decisions.queries.server.ts'
import { courseOf, mayWith, openOne, requireSecondPerson, speaksFor } from '../proposing/second-person.ts'
import { documentIn } from '../proposing/source.ts'
import type { ParameterChange } from './change.ts'
import { checkValue, valueSaid, withValue } from './check.ts'
import {
  type ChangePreview,
  type Checked,
  checkChange,
  declineProposal,
  listProposals,
  previewChange,
  proposeChange,
  readProposal,
  releaseProposal,
  withdrawProposal,
} from './contract.ts'
import {
  findProposal,
  insertProposal,
  listProposalRows,
  type ProposalRow,
} from './proposals.queries.server.ts'

/** A change for which somebody is to say what it would do: the pack without it and with it. */
export interface PreviewedChange {
  readonly before: CheckedPack['pack']
  readonly after: CheckedPack['pack']
  readonly parameter: string
  /** The first day of the value, or today where that has passed. */
  readonly on: BusinessDate
  /** The region whose households it concerns. */
  readonly region: string
}

/** Where a change's effect on real households comes from; the rulebook does not know the registry, so the app hands it in. */
export interface ParameterServices {
  readonly rulebook: Rulebook
  /** Undefined: nobody can say now. */
  readonly previewOf?: (tx: Tx, clock: Clock, change: PreviewedChange) => Promise<ChangePreview | undefined>
}

type Asking = Pick<Call<undefined, undefined, undefined>, 'tx' | 'actor' | 'clock'>

const pageSize = 50

/** The routes by which two persons change a parameter. */
export const parameterEndpoints = (services: ParameterServices): Endpoint[] => [
  serve(checkChange, async (call) => checkedOf(services, call, proposedValue(call.body, call.clock))),
  serve(previewChange, async (call) => ({ preview: await previewOf(services, call, call.body) })),
  serve(listProposals, async ({ tx, clock, query }) => {
    const rows = await listProposalRows(tx, query, pageSize)
    const items = []
    for (const row of rows.slice(0, pageSize))
      items.push(await proposalView(services.rulebook, tx, clock, row))
    return { items, next: rows.length > pageSize ? String(rows[pageSize - 1]?.number) : null }
  }),
  serve(readProposal, (call) => proposalPage(services, call, call.params.id)),
  serve(proposeChange, async (call) => {
    const { tx, actor, clock, body } = call
    const value = proposedValue(body, clock)
    requireSound(call, value, await checkedOf(services, call, value))
    const number = await insertProposal(tx, value, actor.accountId, clock.now())
    return { id: value.id, number }
  }),
  serve(releaseProposal, async (call) => {
    const { tx, actor, clock, params } = call
    await oneReleaseAtATime(tx)
    const row = openOne(await findProposal(tx, params.id))
    requireSecondPerson(actor, row)
    const value = releasedValueOf(row)
    requireSound(call, value, await checkedOf(services, call, value))
    await decideOnce(by(call), decisions, row, { outcome: 'released' })
    await recordEvent(tx, clock, {
      kind: 'rulebook.parameter-released',
      regionCode: row.region,
      subjectId: row.id,
      actorId: actor.accountId,
      data: { pack: row.pack, parameter: row.parameter, from: row.effective_from },
    })
    return { done: true }
  }),
  serve(declineProposal, async (call) => {
    const row = openOne(await findProposal(call.tx, call.params.id))
    requireSecondPerson(call.actor, row)
    if (!speaksFor(call.actor, row.region)) throw new Refusal('rulebook.outside-region')
    return decideOnce(by(call), decisions, row, { outcome: 'declined', reason: call.body.reason })
  }),
  serve(withdrawProposal, async (call) => {
    const row = openOne(await findProposal(call.tx, call.params.id))
    if (row.proposed_by !== call.actor.accountId) throw new Refusal('rulebook.not-own-proposal')
    return decideOnce(by(call), decisions, row, { outcome: 'withdrawn', reason: call.body.reason })
  }),
]

const decisions = 'parameter_decisions'
const by = ({ tx, actor, clock }: Asking) => ({ tx, clock, by: actor.accountId })

/** A change as the value it would be. */
const proposedValue = (change: ParameterChange, clock: Clock): ReleasedValue => {
  const id = newId()
  return {
    id,
    number: 0,
    pack: change.pack,
    parameter: change.parameter,
    value: change.value,
    from: change.from,
    until: change.until,
    region: change.region,
    ...documentIn(change.source, id),
    clause: change.clause,
    note: change.note,
    checkedOn: clock.today(),
  }
}

const packFor = async ({ rulebook }: ParameterServices, tx: Tx, id: string): Promise<CheckedPack> => {
  if (!rulebook.packIds.includes(id)) throw new Refusal('rulebook.no-such-programme', { name: id })
  return rulebook.packIn(tx, id)
}

const checkedOf = async (
  services: ParameterServices,
  { tx, actor, clock }: Asking,
  value: ReleasedValue,
): Promise<Checked> => {
  const { pack, content } = await packFor(services, tx, value.pack)
  const others = pack.parameters[value.parameter]?.values ?? []
  const codes = others.flatMap(({ region }) => (region ? [region] : []))
  const nameOf = await regionNames(tx, [value.region, ...codes])
  const isOwnRegion = speaksFor(actor, value.region)
  return checkValue(value, { pack, content, today: clock.today(), isOwnRegion, nameOf })
}

const requireSound = (
  { actor, language }: Asking & { readonly language: 'zh-CN' | 'en' },
  value: ReleasedValue,
  { isSound, checks }: Checked,
): void => {
  if (!speaksFor(actor, value.region)) throw new Refusal('rulebook.outside-region')
  if (isSound) return
  const what = checks
    .flatMap(({ texts }) => texts.map((text) => text[language === 'en' ? 'en' : 'zh']))
    .join(' ')
  throw new Refusal('rulebook.change-unsound', { what })
}

const previewOf = async (
  services: ParameterServices,
  { tx, actor, clock }: Asking,
  change: ParameterChange,
): Promise<ChangePreview | null> => {
  if (!speaksFor(actor, change.region)) throw new Refusal('rulebook.outside-region')
  const { pack, content } = await packFor(services, tx, change.pack)
  const { pack: after } = withValue(content, proposedValue(change, clock)).read
  if (!services.previewOf || !after) return null
  const today = clock.today()
  const on = [change.from as BusinessDate, today].toSorted()[1] ?? today
  const { parameter, region } = change
  return (await services.previewOf(tx, clock, { before: pack, after, parameter, on, region })) ?? null
}

const proposalView = async (rulebook: Rulebook, tx: Tx, clock: Clock, row: ProposalRow) => {
  const pack = rulebook.packIds.includes(row.pack) ? (await rulebook.packIn(tx, row.pack)).pack : undefined
  const value = row.value as ReleasedValue['value']
  const plain = { zh: String(value), en: String(value) }
  return {
    id: row.id,
    pack: row.pack,
    parameter: row.parameter,
    label: pack?.parameters[row.parameter]?.label ?? { zh: row.parameter, en: row.parameter },
    value: pack ? valueSaid(pack, row.parameter, value) : plain,
    ...courseOf(row, clock.today()),
  }
}

const proposalPage = async (services: ParameterServices, call: Asking, id: string) => {
  const { tx, actor, clock } = call
  const row = await findProposal(tx, id)
  if (!row) throw new Refusal('access.not-found')
  const value = releasedValueOf(row)
  const proposal = await proposalView(services.rulebook, tx, clock, row)
  const isOpen = row.outcome === null
  const isKnown = services.rulebook.packIds.includes(row.pack)
  const checked = isOpen && isKnown ? await checkedOf(services, call, value) : null
  const entry = isKnown
    ? (await services.rulebook.packIn(tx, row.pack)).pack.sources[row.document]
    : undefined
  const { document, newDocument, clause, note, checkedOn, from, until, region, pack, parameter } = value
  return {
    proposal,
    change: {
      ...{
        pack,
        parameter,
        value: value.value as ParameterChange['value'],
        from,
        until,
        region,
        clause,
        note,
      },
      source: newDocument ? { newDocument } : { document },
    },
    source: {
      title: newDocument?.title ?? entry?.title.zh ?? document,
      number: newDocument?.number ?? entry?.number ?? null,
      clause,
    },
    note,
    checkedOn,
    checked,
    ...mayWith(actor, row, checked?.isSound ?? false),
  }
}
