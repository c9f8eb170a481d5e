import { type Endpoint, serve } from '#access/server'
import { type BusinessDate, newId, Refusal } from '#base'
import { checkRead, findingText, type Pack, type Rule } from '#policy'
import { recordEvent } from '#store/server'
import { indicatorsId } from '../packs/content.ts'
import type { CheckedPack } from '../packs/packs.server.ts'
import { regionNames } from '../packs/region-names.server.ts'
import { type ReleasedVersion, versionKey } from '../packs/released-version.ts'
import { decideOnce, oneReleaseAtATime } from '../proposing/decisions.queries.server.ts'
import { openOne, requireSecondPerson, speaksFor } from '../proposing/second-person.ts'
import { basisFor } from './basis.server.ts'
import type { VersionChange } from './change.ts'
import { checkOf, packWith } from './check.ts'
import {
  type CheckedVersion,
  checkVersion,
  declineVersion,
  type IndicatorTrial,
  listIndicatorProposals,
  listIndicators,
  proposeVersion,
  readBasis,
  readIndicator,
  readIndicatorProposal,
  releaseVersion,
  runIndicatorTrial,
  withdrawVersion,
} from './contract.ts'
import { indicatorList, indicatorPage } from './indicators.server.ts'
import { changeOf } from './kept-change.server.ts'
import { proposalFile, proposalView } from './proposal-view.server.ts'
import {
  findVersionProposal,
  insertVersionProposal,
  listVersionProposals,
  type VersionRow,
} from './proposals.queries.server.ts'
import type { Asking, IndicatorServices } from './services.server.ts'

const pageSize = 50

/** The routes by which two persons change what is looked for. */
export const indicatorEndpoints = (services: IndicatorServices): Endpoint[] => [
  serve(listIndicators, (call) => indicatorList(services, call, call.query)),
  serve(readIndicator, (call) => indicatorPage(services, call, call.params.id)),
  serve(readBasis, (call) => basisFor(services, call, call.params.id, call.query.version)),
  serve(checkVersion, async (call) => (await judged(services, call, call.body, newId())).checked),
  serve(runIndicatorTrial, async (call) => ({ trial: await trialOf(services, call, call.body) })),
  serve(listIndicatorProposals, async ({ tx, clock, query }) => {
    const rows = await listVersionProposals(tx, query, pageSize)
    const items = rows.slice(0, pageSize).map((row) => proposalView(row, clock.today()))
    return { items, next: rows.length > pageSize ? String(rows[pageSize - 1]?.number) : null }
  }),
  serve(readIndicatorProposal, async (call) => {
    const row = await findVersionProposal(call.tx, call.params.id)
    if (!row) throw new Refusal('access.not-found')
    const checked = row.outcome === null ? await checkedAgain(services, call, row) : null
    return proposalFile(services, call, row, checked)
  }),
  serve(proposeVersion, async (call) => {
    const { tx, actor, clock, body } = call
    const { version, checked, whole } = await judged(services, call, body, newId())
    requireSound(call, body.region, checked, whole)
    const { basedOn, region, note } = body
    const proposed = { version, basedOn, region, note, by: actor.accountId, at: clock.now() }
    return { id: version.id, number: await insertVersionProposal(tx, proposed) }
  }),
  serve(releaseVersion, async (call) => {
    const { tx, actor, clock, params } = call
    await oneReleaseAtATime(tx)
    const row = openOne(await findVersionProposal(tx, params.id))
    requireSecondPerson(actor, row)
    const { checked, whole } = await judged(services, call, changeOf(row), row.id)
    requireSound(call, row.region, checked, whole)
    const done = await decideOnce(by(call), decisions, row, { outcome: 'released' })
    await recordEvent(tx, clock, {
      kind: 'rulebook.indicator-released',
      regionCode: row.region,
      subjectId: row.id,
      actorId: actor.accountId,
      data: { indicator: row.indicator, number: row.number, from: row.effective_from },
    })
    return done
  }),
  serve(declineVersion, async (call) => {
    const row = openOne(await findVersionProposal(call.tx, call.params.id))
    requireSecondPerson(call.actor, row)
    if (!speaksFor(call.actor, row.region)) throw new Refusal('rulebook.outside-region')
    return decideOnce(by(call), decisions, row, { outcome: 'declined', reason: call.body.reason })
  }),
  serve(withdrawVersion, async (call) => {
    const row = openOne(await findVersionProposal(call.tx, call.params.id))
    if (row.proposed_by !== call.actor.accountId) throw new Refusal('rulebook.not-own-proposal')
    return decideOnce(by(call), decisions, row, { outcome: 'withdrawn', reason: call.body.reason })
  }),
]

const decisions = 'indicator_decisions'
const by = ({ tx, actor, clock }: Asking) => ({ tx, clock, by: actor.accountId })

const getBasis = (pack: Pack, key: string): Rule => {
  const rule = pack.rules.find((one) => one.key === key)
  if (!rule) throw new Refusal('rulebook.no-such-programme', { name: key })
  return rule
}

interface Judged {
  readonly pack: Pack
  readonly version: ReleasedVersion
  readonly checked: CheckedVersion
  /** What the checker says of all indicators together with this one. */
  readonly whole: () => string | undefined
  readonly after: () => Pack | undefined
}

const judged = async (
  { rulebook, departments, feedName }: IndicatorServices,
  { tx, actor, clock, language }: Asking,
  change: VersionChange,
  id: string,
): Promise<Judged> => {
  const { pack, content }: CheckedPack = await rulebook.packIn(tx, indicatorsId)
  const basis = getBasis(pack, change.basedOn)
  const nameOf = await regionNames(tx, [change.region])
  const around = {
    ...{ pack, content, language },
    today: clock.today(),
    root: rulebook.where.regionCode,
    isOwnRegion: speaksFor(actor, change.region),
    isDepartment: (code: string) => Object.hasOwn(departments, code),
    regionName: nameOf(change.region),
    feedName: (kind: string) => feedName(kind, language),
  }
  const { version, checked } = checkOf(change, basis, around, id)
  const whole = () => {
    const [finding] = checkRead(packWith(content, version))
    return finding && findingText(finding, language)
  }
  return { pack, version, checked, whole, after: () => packWith(content, version).pack }
}

const checkedAgain = async (
  services: IndicatorServices,
  call: Asking,
  row: VersionRow,
): Promise<CheckedVersion> => {
  const { pack } = await services.rulebook.packIn(call.tx, indicatorsId)
  const isThere = pack.rules.some(({ key }) => key === row.based_on)
  if (isThere) return (await judged(services, call, changeOf(row), row.id)).checked
  return { isSound: false, findings: [], plain: null, feeds: [], cases: { total: 0, passed: 0 } }
}

const requireSound = (
  { actor, language }: Asking,
  region: string,
  { isSound, findings }: CheckedVersion,
  whole: () => string | undefined,
): void => {
  if (!speaksFor(actor, region)) throw new Refusal('rulebook.outside-region')
  const own = findings.map(({ text }) => text[language === 'en' ? 'en' : 'zh'])
  const what = isSound ? whole() : own.join(' ')
  if (what !== undefined) throw new Refusal('rulebook.version-unsound', { what })
}

const trialOf = async (
  services: IndicatorServices,
  call: Asking,
  change: VersionChange,
): Promise<IndicatorTrial | null> => {
  if (!speaksFor(call.actor, change.region)) throw new Refusal('rulebook.outside-region')
  const { pack, version, after } = await judged(services, call, change, newId())
  const tried = after()
  const rule = tried?.rules.find(({ key }) => key === versionKey(version))
  if (!services.trialOf || !tried || !rule) return null
  const { scope } = call.actor
  const asked = {
    ...{ indicator: version.indicator, before: pack, after: tried, scope, region: change.region },
    from: version.entry.effective.from as BusinessDate,
  }
  return (await services.trialOf(call.tx, asked)) ?? null
}
