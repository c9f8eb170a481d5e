import { accessRefusals } from '#access'
import type { Endpoint, Secrecy } from '#access/server'
import { viewEndpoints } from '#access/server'
import { assert, type BusinessDate, type Clock, Refusal, type RefusalSpec, type RegionTree } from '#base'
import { exchangeRefusals, feedDefinition, isFeedKind } from '#exchange'
import {
  type AcceptedFeed,
  feedEndpoints,
  getFeed,
  type IntakeServices,
  lakeDirOf,
  layoutEndpoints,
  layoutsInForce,
  listAcceptedFeeds,
  listFeedAges,
  parseInChild,
  placeEndpoints,
} from '#exchange/server'
import { insightRefusals } from '#insight'
import {
  openSimulations,
  previewParameter,
  type SimulationServices,
  simulationEndpoints,
} from '#insight/server'
import {
  type DueDays,
  type DueWorkdays,
  type IndicatorNames,
  monitoringRefusals,
  monitoringSentences,
} from '#monitoring'
import {
  computeAwaitedDues,
  listAwaitedYears,
  monitoringEndpoints,
  type ScanServices,
  tryIndicator,
  withdrawRestingOn,
} from '#monitoring/server'
import type { Pack } from '#policy'
import { policyRefusals } from '#policy'
import { registryRefusals, registrySentences } from '#registry'
import { countPersonsIn, findKnownNumbers, registryEndpoints, runMatchPass } from '#registry/server'
import { rulebookRefusals } from '#rulebook'
import {
  type CheckedPack,
  calendarEndpoints,
  caseEndpoints,
  indicatorEndpoints,
  libraryEndpoints,
  openRulebook,
  packOn,
  parameterEndpoints,
  type Rulebook,
  tryEndpoints,
} from '#rulebook/server'
import { everywhere, storeRefusals } from '#store'
import { type Database, inScope } from '#store/server'
import { departmentNames, raisedByPerson } from './department-names.ts'
import type { Installation } from './installation/open.server.ts'
import { hasScannedSince } from './run/scans-since.server.ts'
import { readHouseholds } from './simulation/household-reader.server.ts'
import { startRefusals } from './start-refusals.ts'
import { householdSource } from './trial/household-source.server.ts'
import { waitingEndpoints } from './waiting/handler.server.ts'

/** Everything the rooms need of each other, joined: how work moves between them is read here from top to bottom. */
export interface Services {
  readonly dataDir: string
  readonly database: Database
  readonly clock: Clock
  readonly secrecy: Secrecy
  readonly regions: RegionTree
  /** The indicators in force as the rulebook last read them, released values included. */
  readonly pack: CheckedPack
  /** The packs of programmes in force here, released values included. */
  readonly rulebook: Rulebook
  readonly days: DueDays
  readonly names: IndicatorNames
  readonly intake: IntakeServices
  readonly scan: ScanServices
  readonly simulations: SimulationServices
}

/** Texts of every refusal of every room. */
export const refusalSpecs: Readonly<Record<string, RefusalSpec>> = {
  ...startRefusals,
  ...storeRefusals,
  ...policyRefusals,
  ...accessRefusals,
  ...rulebookRefusals,
  ...exchangeRefusals,
  ...registryRefusals,
  ...monitoringRefusals,
  ...insightRefusals,
}

const namesOf = (current: () => CheckedPack, clock: Clock, regionCode: string): IndicatorNames => {
  const ruleOf = namedRules(current, clock, regionCode)
  return (indicator, language) => {
    const { pack } = current()
    const key = language === 'en' ? 'en' : 'zh'
    const rule = ruleOf(indicator)
    const [source] = rule?.sources ?? []
    const owner = rule?.owner ?? 'civil'
    const title = source && (pack.sources[source.document]?.title[key] ?? source.document)
    return {
      name: rule?.name[key] ?? raisedByPerson[key],
      owner,
      ownerName: departmentNames[owner]?.[key] ?? owner,
      article: source ? `${title} ${source.clause}` : '',
      feeds: rule?.feeds ?? [],
    }
  }
}

/** The indicators by their ids: as in force today, else as they were written last. Alerts of ended ones keep their name. */
const namedRules = (current: () => CheckedPack, clock: Clock, regionCode: string) => {
  type Rules = ReadonlyMap<string, Pack['rules'][number]>
  let last: { readonly on: BusinessDate; readonly hash: string; readonly rules: Rules } | undefined
  return (indicator: string) => {
    const [checked, on] = [current(), clock.today()]
    if (last?.on !== on || last.hash !== checked.hash) {
      const { rules } = packOn(checked, on, regionCode)
      const all = [...checked.pack.rules, ...rules].map((rule) => [rule.id, rule] as const)
      last = { on, hash: checked.hash, rules: new Map(all) }
    }
    return last.rules.get(indicator)
  }
}

/** Working days by grade, parameters of the pack as they hold on the day an alert is handed on. */
const daysOf = (current: () => CheckedPack, regionCode: string): DueDays => {
  const read = (pack: CheckedPack, on: BusinessDate): DueWorkdays => {
    const { parameters } = packOn(pack, on, regionCode)
    const of = (name: string): number => {
      const value = parameters.get(name)?.value
      assert(typeof value === 'number', `the pack sets no ${name}`)
      return value
    }
    return { red: of('dueWorkdaysRed'), orange: of('dueWorkdaysOrange'), yellow: of('dueWorkdaysYellow') }
  }
  // A scan asks once for each alert that it raises, always of the same day.
  let last: { readonly on: BusinessDate; readonly hash: string; readonly days: DueWorkdays } | undefined
  return (on) => {
    const pack = current()
    if (last?.on !== on || last.hash !== pack.hash) last = { on, hash: pack.hash, days: read(pack, on) }
    return last.days
  }
}

/** What a file of a kind is called where a fact of it is missing. */
const feedName = (kind: string, language: 'zh-CN' | 'en'): string =>
  isFeedKind(kind) ? feedDefinition(kind)[language === 'en' ? 'en' : 'zh'] : kind

/** Which of these files were refused or taken back, or are not in the record at all. */
const endedAmong =
  (database: Database) =>
  (ids: readonly string[]): Promise<ReadonlySet<string>> =>
    inScope(database, everywhere, async (tx) => {
      const ended = new Set<string>()
      for (const id of ids) {
        const status = await getFeed(tx, id).then(
          (feed) => feed.status,
          (error) => {
            if (error instanceof Refusal && error.code === 'access.not-found') return 'unknown'
            throw error
          },
        )
        if (['refused', 'taken-back', 'unknown'].includes(status)) ended.add(id)
      }
      return ended
    })

const titlesOf = (feeds: readonly AcceptedFeed[]) =>
  new Map(feeds.map(({ id, fileName, period, receivedAt }) => [id, { fileName, period, receivedAt }]))

/** Joins the rooms for an open installation. */
export const makeServices = (installation: Installation, regionCode: string): Services => {
  const { database, clock, secrecy, dataDir, regions } = installation
  const rulebook = openRulebook({ regionCode, demo: installation.info?.demo ?? false })
  const indicators = () => rulebook.current('indicators')
  const lakeDir = lakeDirOf(dataDir)
  const days = daysOf(indicators, regionCode)
  return {
    dataDir,
    database,
    clock,
    secrecy,
    regions,
    get pack() {
      return indicators()
    },
    rulebook,
    days,
    names: namesOf(indicators, clock, regionCode),
    simulations: openSimulations({ rulebook, lakeDir, regionCode, households: readHouseholds }),
    intake: {
      dataDir,
      database,
      secrecy,
      clock,
      regions,
      layouts: layoutsInForce,
      parse: parseInChild,
      findKnownNumbers,
      populationOf: countPersonsIn,
    },
    scan: {
      database,
      clock,
      lakeDir,
      get pack() {
        return indicators()
      },
      regionCode,
      days,
      // A scan reads every accepted file: exchange's list, registry's matching, the lake's engine.
      match: async (engine, today, parameters) => {
        const feeds = await inScope(database, everywhere, listAcceptedFeeds)
        const passed = await runMatchPass(
          engine,
          { database, secrecy, clock: today, lakeDir },
          parameters,
          feeds,
          endedAmong(database),
        )
        return { ...passed, titles: titlesOf(feeds) }
      },
    },
  }
}

/** Every route of every room. */
export const endpointsOf = (services: Services): readonly Endpoint[] => {
  const { dataDir, secrecy, clock, rulebook, names, days, scan } = services
  return [
    ...viewEndpoints(),
    ...waitingEndpoints(),
    // A year entered computes the due dates that waited for it.
    ...calendarEndpoints({
      onYearEntered: async (tx) => void (await computeAwaitedDues(tx, clock, days)),
      listAwaitedYears,
    }),
    // Trials take what the registry knows of a household.
    ...tryEndpoints({ rulebook, secrecy, households: householdSource(secrecy) }),
    ...libraryEndpoints(rulebook),
    // A change is previewed on the registered households.
    ...parameterEndpoints({ rulebook, previewOf: previewParameter(services.simulations) }),
    ...simulationEndpoints(services.simulations),
    // Versions of indicators are tried on the facts of the last scan.
    ...indicatorEndpoints({
      rulebook,
      departments: departmentNames,
      feedName,
      trialOf: (tx, tried) => tryIndicator(scan, tx, tried),
    }),
    ...caseEndpoints(rulebook),
    ...feedEndpoints({
      dataDir,
      secrecy,
      // A file taken back withdraws or marks the alerts that rest on it.
      onTakenBack: (tx, feedId, actorId) => withdrawRestingOn(tx, clock, feedId, actorId),
    }),
    ...placeEndpoints(),
    ...layoutEndpoints({ parse: parseInChild }),
    ...registryEndpoints({
      secrecy,
      sentences: [...registrySentences, ...monitoringSentences(names)],
      hasScannedSince,
    }),
    ...monitoringEndpoints({
      secrecy,
      indicators: () => services.pack,
      names,
      days,
      feedName,
      feedAges: listFeedAges,
      refusals: refusalSpecs,
      regionCode: services.scan.regionCode,
    }),
  ]
}
