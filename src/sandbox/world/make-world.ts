/** One demo world from a region, a size, a seed and a day: the registry, what departments know, and the bad rows. */
import type { FeedKind } from '#exchange'
import { spoil } from './defects.ts'
import { business, housingFund, realEstate } from './feeds/assets.ts'
import { marriages } from './feeds/civil.ts'
import { disability, hospitalBills } from './feeds/health.ts'
import { imprisonment } from './feeds/justice.ts'
import { insurancePayments, pensions, unemployment } from './feeds/labour.ts'
import { deaths, moves, vehicles } from './feeds/police.ts'
import { disasters, payroll, returnPoverty, students } from './feeds/public-services.ts'
import { type Scene, sceneOf } from './feeds/scene.ts'
import { type Division, placesOf } from './places.ts'
import { populate } from './population.ts'
import { type Random, randomFrom } from './random.ts'
import { registryOf } from './registry.ts'
import type { WorldFeeds, WorldRow } from './rows.ts'
import type { Person, Registry, WorldInput } from './types.ts'

/** Invented people, what seventeen departments know of them, and which regions each department speaks for. */
export interface World {
  readonly input: WorldInput
  /** Names of the prefecture and its counties by 12-digit code. */
  readonly regionNames: ReadonlyMap<string, string>
  readonly registry: Registry
  /** People only departments know; sorted by key. */
  readonly outsiders: readonly Person[]
  readonly feeds: WorldFeeds
  /** For each kind the 12-digit code of the region whose people the file covers. */
  readonly covers: Readonly<Record<FeedKind, string>>
}

/** Kinds whose files name a birth date and a township, so that a row without a number can still be joined. */
const namesPeople: ReadonlySet<FeedKind> = new Set(['moves', 'return-poverty'])

const makers: { readonly [K in FeedKind]: (scene: Scene) => WorldRow<K>[] } = {
  deaths,
  vehicles,
  moves,
  imprisonment,
  'real-estate': realEstate,
  business,
  'insurance-payments': insurancePayments,
  pensions,
  unemployment,
  'housing-fund': housingFund,
  payroll,
  'hospital-bills': hospitalBills,
  disability,
  students,
  marriages,
  'return-poverty': returnPoverty,
  disasters,
}

const order = Object.keys(makers) as readonly FeedKind[]

/** Same input and same region list give the same world, byte for byte. */
export const makeWorldFrom = (input: WorldInput, divisions: readonly Division[]): World => {
  const random = randomFrom(input.seed)
  const places = placesOf(input.region, divisions)
  const population = populate(places, input.persons, input.businessDate, random.fork('population'))
  const registry = registryOf(population, input.businessDate, random.fork('declarations'))
  const { outsiders } = population
  const scene = sceneOf(registry, outsiders, input.businessDate, random)
  const feeds = Object.fromEntries(order.map((kind) => [kind, makeFeed(kind, scene, random.fork(kind))]))
  const whole = `${input.region}00000000`
  const seat = [...places.byCounty.keys()][0] as string
  const covers = Object.fromEntries(order.map((kind) => [kind, kind === 'real-estate' ? seat : whole]))
  return {
    input,
    regionNames: new Map(
      divisions
        .filter((d) => d.code.startsWith(input.region) && d.code.endsWith('000000'))
        .map((d) => [d.code, d.name]),
    ),
    registry,
    outsiders,
    feeds: feeds as unknown as WorldFeeds,
    covers: covers as Record<FeedKind, string>,
  }
}

const makeFeed = <K extends FeedKind>(kind: K, scene: Scene, random: Random): WorldRow<K>[] => {
  const made = makers[kind]({ ...scene, random: random.fork('rows') })
  const written = namesPeople.has(kind) ? made : made.filter((row) => row.identified === 'number')
  return spoil(kind, written, random.fork('defects'))
}
