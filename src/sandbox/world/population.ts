/** The people of the registry and of its surroundings, before anybody declared anything about them. */
import { drawShape, fourteen, type Slot } from './composition.ts'
import { dateOfDayNumber, dayNumberOf } from './days.ts'
import { type FamilyName, familyName, fullName } from './names.ts'
import { type NumberBook, numberBook } from './numbers.ts'
import { drawPlace, type Places } from './places.ts'
import type { Random } from './random.ts'
import type { Category, Disability, Person, Place, Relation, Stage, WorkStatus } from './types.ts'

/** A person before declarations. */
export interface Body extends Person {
  readonly relation: Relation
}

/** A household before declarations. */
export interface Home {
  readonly category: Category
  readonly place: Place
  readonly bodies: readonly Body[]
}

export interface Population {
  readonly homes: readonly Home[]
  readonly outsiders: readonly Person[]
}

interface Making {
  readonly random: Random
  readonly book: NumberBook
  readonly today: string
  readonly places: Places
}

/** Shares of households in a thousand; tekun households are small, so their share of people is lower. */
const categories: readonly (readonly [Category, number])[] = [
  ['dibao', 545],
  ['tekun', 95],
  ['dibaoMargin', 150],
  ['rigidExpenditure', 80],
  ['otherHardship', 130],
]

/** `persons` people in households, and nine outsiders for every hundred of them. */
export const populate = (places: Places, persons: number, today: string, random: Random): Population => {
  const making: Making = { random: random.fork('people'), book: numberBook(), today, places }
  const homes: Home[] = []
  let made = 0
  const large = Math.max(1, Math.floor(persons / 10_000))
  while (made < persons) {
    const category = homes.length < large ? 'dibaoMargin' : making.random.weighted(categories)
    const slots = homes.length < large ? fourteen(making.random) : drawShape(category, making.random)
    const home = makeHome(category, slots.slice(0, persons - made), made, making)
    homes.push(home)
    made += home.bodies.length
    if (homes.length % 800 === 0 && made < persons) {
      homes.push(namesake(home.bodies[0] as Body, made, making))
      made += 1
    }
  }
  return { homes, outsiders: makeOutsiders(homes, Math.ceil(persons * 0.09), making) }
}

const makeHome = (category: Category, slots: readonly Slot[], made: number, making: Making): Home => {
  const place = drawPlace(making.places, making.random)
  const ethnicity = drawEthnicity(place, making.random)
  const family = familyName(ethnicity, making.random)
  const bodies = slots.map((slot, i) => {
    const own = slot.ofFamily ? family : familyName(ethnicity, making.random)
    const key = `P${String(made + i + 1).padStart(6, '0')}`
    return { ...makePerson(key, slot, own, ethnicity, place, category, making), relation: slot.relation }
  })
  return { category, place, bodies }
}

/** Somebody living alone in the same village with the name and birth date of another: without a number nobody can tell. */
const namesake = (of: Body, made: number, making: Making): Home => {
  const key = `P${String(made + 1).padStart(6, '0')}`
  const number = making.book.next(of.place.county, of.birthDate, of.sex)
  const { name, sex, birthDate, ethnicity, place } = of
  const body: Body = {
    key,
    name,
    sex,
    birthDate,
    number,
    ethnicity,
    place,
    work: 'farming',
    relation: 'head',
  }
  return { category: 'otherHardship', place, bodies: [body] }
}

const makePerson = (
  key: string,
  slot: Pick<Slot, 'sex' | 'age'>,
  family: FamilyName,
  ethnicity: string,
  place: Place,
  category: Category | undefined,
  making: Making,
): Person => {
  const { random, today } = making
  const birthDate = birthDateAt(slot.age, today, random)
  const number = making.book.next(place.county, birthDate, slot.sex)
  const numbered = !(category && random.chance(slot.age >= 75 || slot.age < 2 ? 12 : 2))
  const stage = stageOf(slot.age, random)
  // Nobody is certified in the first two years of life.
  const disability =
    random.chance(disabledPermille(category)) && slot.age >= 2
      ? drawDisability(birthDate, today, random)
      : undefined
  const pension = slot.age >= 61 && random.chance(880) ? (random.chance(60) ? '110' : '170') : undefined
  return {
    key,
    name: fullName(family, slot.sex, random),
    sex: slot.sex,
    birthDate,
    ...(numbered ? { number } : {}),
    ethnicity,
    place,
    work: drawWork(slot.age, stage, category, disability, random),
    ...(stage ? { stage } : {}),
    ...(disability ? { disability } : {}),
    ...(pension ? { pension } : {}),
  }
}

/** A birth date by which somebody is `age` today; never today itself, so that nobody's age turns on the hour. */
const birthDateAt = (age: number, today: string, random: Random): string => {
  const year = Number(today.slice(0, 4)) - age
  const last = dayNumberOf(`${year}-${today.slice(5, 7)}-${today.slice(8)}`) - 1
  return dateOfDayNumber(last - random.int(364))
}

const drawEthnicity = (place: Place, random: Random): string => {
  const rare: readonly (readonly [string, number])[] = [
    ['20', 6],
    ['06', 4],
    ['04', 5],
    ['05', 2],
  ]
  const county = place.countyName
  const bai = /大理|洱源|剑川|鹤庆|云龙/u.test(county) ? 600 : 80
  const yi = county.includes('彝') ? 420 : 110
  const hui = county.includes('回') ? 180 : 30
  return random.weighted([
    ['01', 950 - bai - Math.min(yi, 300)],
    ['14', bai],
    ['07', yi],
    ['03', hui],
    ...rare,
  ])
}

const stageOf = (age: number, random: Random): Stage | undefined => {
  if (age >= 4 && age <= 5) return random.chance(800) ? 'kindergarten' : undefined
  if (age >= 6 && age <= 11) return 'primary'
  if (age >= 12 && age <= 14) return 'junior'
  if (age >= 15 && age <= 17)
    return random.chance(930) ? (random.chance(550) ? 'senior' : 'vocational') : undefined
  if (age >= 18 && age <= 22) return random.chance(480) ? 'university' : undefined
  return undefined
}

const disabledPermille = (category: Category | undefined): number => {
  if (category === 'tekun') return 260
  if (category === 'dibao') return 150
  if (category === 'dibaoMargin') return 110
  return category ? 22 : 14
}

const drawDisability = (birthDate: string, today: string, random: Random): Disability => {
  const born = dayNumberOf(birthDate)
  const oldestIssue = Math.max(born + 400, dayNumberOf(today) - 3500)
  const issued = Math.min(oldestIssue + random.int(3000), dayNumberOf(today) - 120)
  return {
    class: random.weighted([
      [1, 12],
      [2, 9],
      [3, 2],
      [4, 52],
      [5, 10],
      [6, 9],
      [7, 6],
    ]),
    grade: random.weighted([
      [1, 14],
      [2, 26],
      [3, 30],
      [4, 30],
    ]),
    issuedOn: dateOfDayNumber(issued),
    expiresOn: dateOfDayNumber(issued + 3653),
  }
}

const drawWork = (
  age: number,
  stage: Stage | undefined,
  category: Category | undefined,
  disability: Disability | undefined,
  random: Random,
): WorkStatus => {
  if (stage && stage !== 'kindergarten') return 'student'
  if (age < 16) return 'child'
  if (age >= 60) return random.chance(age < 70 ? 350 : 60) ? 'farming' : 'retired'
  if (category === 'tekun') return 'none'
  if (disability && disability.grade <= 2) return random.chance(850) ? 'none' : 'farming'
  if (!category) {
    return random.weighted([
      ['employee', 40],
      ['farming', 20],
      ['self-employed', 15],
      ['casual', 15],
      ['none', 10],
    ])
  }
  return random.weighted([
    ['none', 24],
    ['farming', 40],
    ['casual', 22],
    ['employee', 8],
    ['self-employed', 3],
    ['public-post', 3],
  ])
}

/**
 * People whom only departments know. Every fortieth shares name and birth date with somebody in the registry,
 * under another number: only the number may tell them apart.
 */
const makeOutsiders = (homes: readonly Home[], count: number, making: Making): Person[] => {
  const { random } = making
  return Array.from({ length: count }, (_, i) => {
    const key = `O${String(i + 1).padStart(6, '0')}`
    const twin = i % 40 === 0 ? random.pick(random.pick(homes).bodies) : undefined
    if (twin?.number) {
      const number = making.book.next(twin.place.county, twin.birthDate, twin.sex)
      const { name, sex, birthDate, ethnicity, place } = twin
      return { key, name, sex, birthDate, number, ethnicity, place, work: 'casual' as const }
    }
    const place = drawPlace(making.places, random)
    const ethnicity = drawEthnicity(place, random)
    const sex = random.chance(520) ? 'male' : 'female'
    const age = random.weighted([
      [random.between(4, 17), 22],
      [random.between(18, 59), 50],
      [random.between(60, 92), 28],
    ])
    return makePerson(key, { sex, age }, familyName(ethnicity, random), ethnicity, place, undefined, making)
  })
}
