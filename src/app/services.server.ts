import { accessRefusals } from '#access'
import type { Endpoint, Secrecy } from '#access/server'
import { viewEndpoints } from '#access/server'
import type { Clock, RefusalSpec, RegionTree } from '#base'
import { exchangeRefusals } from '#exchange'
import {
  type AcceptedFeed,
  feedEndpoints,
  type IntakeServices,
  lakeDirOf,
  layoutEndpoints,
  layoutsInForce,
  listAcceptedFeeds,
  listFeedRecords,
  listStaleFeeds,
  parseInChild,
} from '#exchange/server'
import {
  type DueWorkdays,
  defaultDueWorkdays,
  type IndicatorNames,
  monitoringRefusals,
  monitoringSentences,
} from '#monitoring'
import {
  computeAwaitedDues,
  listAwaitedYears,
  monitoringEndpoints,
  type ScanServices,
  withdrawRestingOn,
} from '#monitoring/server'
import type { Pack } from '#policy'
import { registryRefusals, registrySentences } from '#registry'
import { findKnownNumbers, registryEndpoints, runMatchPass } from '#registry/server'
import { rulebookRefusals } from '#rulebook'
import { type CheckedPack, calendarEndpoints, openPack } from '#rulebook/server'
import { everywhere, storeRefusals } from '#store'
import { type Database, inScope } from '#store/server'
import { departmentNames } from './department-names.ts'
import type { Installation } from './installation/open.server.ts'
import { hasScannedSince } from './run/scans-since.server.ts'
import { startRefusals } from './start-refusals.ts'

/** Everything the rooms need of each other, joined: how work moves between them is read here from top to bottom. */
export interface Services {
  readonly dataDir: string
  readonly database: Database
  readonly clock: Clock
  readonly secrecy: Secrecy
  readonly regions: RegionTree
  readonly pack: CheckedPack
  readonly days: DueWorkdays
  readonly names: IndicatorNames
  readonly intake: IntakeServices
  readonly scan: ScanServices
}

/** Texts of every refusal of every room. */
export const refusalSpecs: Readonly<Record<string, RefusalSpec>> = {
  ...startRefusals,
  ...storeRefusals,
  ...accessRefusals,
  ...rulebookRefusals,
  ...exchangeRefusals,
  ...registryRefusals,
  ...monitoringRefusals,
}

const manual = { name: '人工上报', owner: 'civil', ownerName: departmentNames.civil?.zh ?? '', article: '' }

const namesOf = (pack: Pack): IndicatorNames => {
  const byId = new Map(
    pack.rules.map((rule) => {
      const [source] = rule.sources
      const title = source ? (pack.sources[source.document]?.title.zh ?? source.document) : ''
      const article = source ? `${title} ${source.clause}` : ''
      return [
        rule.id,
        {
          name: rule.name.zh,
          owner: rule.owner,
          ownerName: departmentNames[rule.owner]?.zh ?? rule.owner,
          article,
        },
      ]
    }),
  )
  return (indicator) => byId.get(indicator) ?? manual
}

const daysOf = (pack: CheckedPack): DueWorkdays => {
  const days = { ...defaultDueWorkdays }
  for (const grade of ['red', 'orange', 'yellow'] as const) {
    const value =
      pack.pack.parameters[`dueWorkdays${grade[0]?.toUpperCase()}${grade.slice(1)}`]?.values[0]?.value
    if (typeof value === 'number') days[grade] = value
  }
  return days
}

const waitingFeeds = (database: Database): Promise<Set<string>> =>
  inScope(database, everywhere, async (tx) => {
    const ids = new Set<string>()
    for (const status of ['received', 'reading', 'quarantined']) {
      for (const { id } of await listFeedRecords(tx, { status, limit: 1000 })) ids.add(id)
    }
    return ids
  })

const titlesOf = (feeds: readonly AcceptedFeed[]) =>
  new Map(feeds.map(({ id, fileName, period, receivedAt }) => [id, { fileName, period, receivedAt }]))

/** Joins the rooms for an open installation. */
export const makeServices = (installation: Installation, regionCode: string): Services => {
  const { database, clock, secrecy, dataDir, regions } = installation
  const pack = openPack('indicators')
  const lakeDir = lakeDirOf(dataDir)
  const days = daysOf(pack)
  return {
    dataDir,
    database,
    clock,
    secrecy,
    regions,
    pack,
    days,
    names: namesOf(pack.pack),
    intake: {
      dataDir,
      database,
      secrecy,
      clock,
      regions,
      layouts: layoutsInForce,
      parse: parseInChild,
      findKnownNumbers,
    },
    scan: {
      database,
      clock,
      lakeDir,
      pack,
      regionCode,
      days,
      // A scan reads every accepted file: exchange's list, registry's matching, the lake's engine.
      match: async (engine) => {
        const feeds = await inScope(database, everywhere, listAcceptedFeeds)
        const figures = await runMatchPass(
          engine,
          { database, secrecy, clock, lakeDir },
          feeds,
          await waitingFeeds(database),
        )
        return { figures, titles: titlesOf(feeds) }
      },
    },
  }
}

/** Every route of every room. */
export const endpointsOf = (services: Services): readonly Endpoint[] => {
  const { dataDir, secrecy, clock, pack, names, days } = services
  return [
    ...viewEndpoints(),
    // A year entered computes the due dates that waited for it.
    ...calendarEndpoints({
      onYearEntered: async (tx) => void (await computeAwaitedDues(tx, clock, days)),
      listAwaitedYears,
    }),
    ...feedEndpoints({
      dataDir,
      secrecy,
      // A file taken back withdraws or marks the alerts that rest on it.
      onTakenBack: (tx, feedId, actorId) => withdrawRestingOn(tx, clock, feedId, actorId),
    }),
    ...layoutEndpoints({ parse: parseInChild }),
    ...registryEndpoints({
      secrecy,
      sentences: [...registrySentences, ...monitoringSentences(names)],
      hasScannedSince,
    }),
    ...monitoringEndpoints({
      secrecy,
      pack: pack.pack,
      names,
      days,
      staleFeeds: listStaleFeeds,
      refusals: refusalSpecs,
      regionCode: services.scan.regionCode,
    }),
  ]
}
