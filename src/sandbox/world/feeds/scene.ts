/** What every feed generator gets: the people, the day, its own stream of chance, and how to write a row. */
import type { FeedKind } from '#exchange'
import { dayBetween, plusDays, plusMonth, plusMonths, yearsBetween } from '../days.ts'
import type { Random } from '../random.ts'
import type { Identification, ValuesOf, WorldRow } from '../rows.ts'
import type { Household, Member, Person, Registry } from '../types.ts'

export interface Scene {
  readonly today: string
  /** The month of today. */
  readonly month: string
  /** The six months before the month of today, oldest first. */
  readonly months: readonly string[]
  readonly random: Random
  readonly registry: Registry
  readonly households: ReadonlyMap<string, Household>
  /** Registry members by key. */
  readonly memberOf: ReadonlyMap<string, Member>
  /** Members whose number is known, in order of key. */
  readonly numbered: readonly Member[]
  readonly outsiders: readonly Person[]
  /** A count that was set for 60,000 people, for the size of this world; at least two. */
  readonly scaled: (for60000: number) => number
}

export const sceneOf = (
  registry: Registry,
  outsiders: readonly Person[],
  today: string,
  random: Random,
): Scene => {
  const month = today.slice(0, 7)
  const size = registry.persons.length
  return {
    today,
    month,
    months: [-6, -5, -4, -3, -2, -1].map((n) => plusMonth(month, n)),
    random,
    registry,
    households: new Map(registry.households.map((h) => [h.number, h])),
    memberOf: new Map(registry.persons.map((p) => [p.key, p])),
    numbered: registry.persons.filter((p) => p.number !== undefined),
    outsiders,
    scaled: (for60000) => Math.max(2, Math.round((for60000 * size) / 60_000)),
  }
}

type Personal = 'number' | 'name' | 'birthDate' | 'countyName' | 'townshipName' | 'villageName'
/** The fields of a kind that do not say who the person is. */
export type Facts<K extends FeedKind> = Omit<ValuesOf<K>, Personal>

interface More {
  readonly second?: string
  readonly identified?: Identification
  readonly silent?: true
}

/** A row about a person; the number is left out where nobody has one, or on request. */
export const rowAbout = <K extends FeedKind>(
  person: Person,
  facts: Facts<K>,
  more: More = {},
): WorldRow<K> => {
  const identified = more.identified ?? (person.number ? 'number' : 'name')
  const values = {
    ...(identified === 'number' && person.number ? { number: person.number } : {}),
    name: person.name,
    birthDate: person.birthDate,
    countyName: person.place.countyName,
    townshipName: person.place.townshipName,
    villageName: person.place.villageName,
    ...facts,
  }
  return {
    values: values as unknown as ValuesOf<K>,
    about: person.key,
    identified,
    ...(more.second ? { second: more.second } : {}),
    ...(more.silent ? { silent: true } : {}),
  }
}

/** `for60000` (scaled) members with a number who fit, none twice. */
export const someMembers = (
  scene: Scene,
  for60000: number,
  fits: (member: Member, age: number) => boolean,
): Member[] =>
  scene.random.sample(
    scene.numbered.filter((m) => fits(m, yearsBetween(m.birthDate, scene.today))),
    scene.scaled(for60000),
  )

/** `for60000` (scaled) outsiders who fit, none twice. */
export const someOutsiders = (
  scene: Scene,
  for60000: number,
  fits: (person: Person, age: number) => boolean = () => true,
): Person[] =>
  scene.random.sample(
    scene.outsiders.filter((p) => fits(p, yearsBetween(p.birthDate, scene.today))),
    scene.scaled(for60000),
  )

/** A day of the last `months` months, at least `margin` days inside both ends, and never later than last month's end. */
export const recentDay = (scene: Scene, months: number, margin = 3): string => {
  const first = plusDays(plusMonths(scene.today, -months), margin)
  const last = plusDays(`${scene.month}-01`, -1)
  return dayBetween(first, last, scene.random.int)
}

/** A day between so many years and so many months ago. */
export const earlierDay = (scene: Scene, years: number, monthsAgo: number): string => {
  const last = plusDays(plusMonths(scene.today, -monthsAgo), -1)
  return plusDays(last, -scene.random.int(years * 365))
}

export const isWorkingAge = (_: unknown, age: number): boolean => age >= 18 && age < 60
export const isAdult = (_: unknown, age: number): boolean => age >= 18
