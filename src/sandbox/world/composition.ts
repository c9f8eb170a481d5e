/** Who lives together: the shapes of households, with ages that fit one another. */
import type { Random } from './random.ts'
import type { Category, Relation, Sex } from './types.ts'

/** One place at the table: relation to the head, sex, age in years, and whose surname. */
export interface Slot {
  readonly relation: Relation
  readonly sex: Sex
  readonly age: number
  /** True when the person carries the head's family name. */
  readonly ofFamily: boolean
}

type Shape = (random: Random) => Slot[]

const other = (sex: Sex): Sex => (sex === 'male' ? 'female' : 'male')
const anySex = (random: Random): Sex => (random.chance(500) ? 'male' : 'female')

const head = (random: Random, from: number, to: number, malePermille = 700): Slot => ({
  relation: 'head',
  sex: random.chance(malePermille) ? 'male' : 'female',
  age: random.between(from, to),
  ofFamily: true,
})

const spouseOf = (slot: Slot, random: Random): Slot => ({
  relation: 'spouse',
  sex: other(slot.sex),
  age: Math.max(20, slot.age + (slot.sex === 'male' ? -1 : 1) * random.between(-2, 6)),
  ofFamily: false,
})

/** Children of parents of these ages, `from`–`to` years old, 19 to 42 years younger than the younger parent. */
const children = (parentAge: number, count: number, from: number, to: number, random: Random): Slot[] => {
  const oldest = Math.min(to, parentAge - 19)
  const youngest = Math.max(from, parentAge - 42)
  if (oldest < youngest) return []
  return Array.from({ length: count }, () => {
    const sex = anySex(random)
    return {
      relation: sex === 'male' ? 'son' : 'daughter',
      sex,
      age: random.between(youngest, oldest),
      ofFamily: true,
    } as const
  }).sort((a, b) => b.age - a.age)
}

const youngerOf = (...slots: Slot[]): number => Math.min(...slots.map((s) => s.age))

const elderAlone: Shape = (random) => [head(random, 60, 94, 520)]
const adultAlone: Shape = (random) => [head(random, 24, 59, 680)]
const elderCouple: Shape = (random) => {
  const first = head(random, 60, 86)
  return [first, spouseOf(first, random)]
}
const couple: Shape = (random) => {
  const first = head(random, 32, 60)
  return [first, spouseOf(first, random)]
}
const nuclear: Shape = (random) => {
  const first = head(random, 27, 54)
  const second = spouseOf(first, random)
  const count = random.weighted([
    [1, 4],
    [2, 5],
    [3, 2],
  ])
  return [first, second, ...children(youngerOf(first, second), count, 0, 17, random)]
}
const withStudents: Shape = (random) => {
  const first = head(random, 42, 58)
  const second = spouseOf(first, random)
  const parent = youngerOf(first, second)
  return [
    first,
    second,
    ...children(parent, random.between(1, 2), 18, 23, random),
    ...children(parent, random.int(2), 8, 17, random),
  ]
}
const loneParent: Shape = (random) => {
  const first = head(random, 26, 56, 350)
  return [first, ...children(first.age, random.between(1, 2), 0, 20, random)]
}
const threeGenerations: Shape = (random) => {
  const first = head(random, 30, 52)
  const second = spouseOf(first, random)
  const grandmother: Slot = {
    relation: 'parent',
    sex: 'female',
    age: first.age + random.between(20, 34),
    ofFamily: false,
  }
  const grandfather: Slot = {
    relation: 'parent',
    sex: 'male',
    age: grandmother.age + random.between(-1, 6),
    ofFamily: true,
  }
  const grandparents = random.weighted([
    [[grandmother], 4],
    [[grandfather], 2],
    [[grandfather, grandmother], 4],
  ])
  return [
    first,
    second,
    ...children(youngerOf(first, second), random.between(1, 3), 0, 19, random),
    ...grandparents,
  ]
}
const skippedGeneration: Shape = (random) => {
  const first = head(random, 56, 78, 450)
  const child = { sex: anySex(random), age: random.between(3, Math.min(17, first.age - 42)), ofFamily: true }
  return [
    first,
    ...(random.chance(500) ? [spouseOf(first, random)] : []),
    { relation: 'grandchild', ...child },
  ]
}
const adultSiblings: Shape = (random) => {
  const first = head(random, 35, 66, 650)
  return [
    first,
    { relation: 'sibling', sex: anySex(random), age: first.age - random.between(1, 9), ofFamily: true },
  ]
}
const parentWithAdultChild: Shape = (random) => {
  const first = head(random, 52, 78, 550)
  return [first, ...children(first.age, 1, 24, 48, random)]
}

/** Fourteen people under one roof: two old people, three couples, six children. */
export const fourteen: Shape = (random) => {
  const first: Slot = { relation: 'head', sex: 'male', age: random.between(66, 74), ofFamily: true }
  const slots: Slot[] = [first, { relation: 'spouse', sex: 'female', age: first.age - 3, ofFamily: false }]
  for (let i = 0; i < 3; i++) {
    const age = first.age - 27 - i * 2
    slots.push({ relation: 'son', sex: 'male', age, ofFamily: true })
    slots.push({ relation: 'daughter-in-law', sex: 'female', age: age - 2, ofFamily: false })
  }
  for (let i = 0; i < 6; i++) {
    slots.push({ relation: 'grandchild', sex: anySex(random), age: random.between(1, 13), ofFamily: true })
  }
  return slots
}

const ordinary: readonly (readonly [Shape, number])[] = [
  [elderAlone, 13],
  [adultAlone, 13],
  [elderCouple, 11],
  [couple, 9],
  [nuclear, 16],
  [withStudents, 10],
  [loneParent, 8],
  [threeGenerations, 8],
  [skippedGeneration, 4],
  [adultSiblings, 3],
  [parentWithAdultChild, 5],
]
const ofTekun: readonly (readonly [Shape, number])[] = [
  [elderAlone, 80],
  [adultAlone, 10],
  [elderCouple, 6],
  [adultSiblings, 4],
]

export const drawShape = (category: Category, random: Random): Slot[] =>
  random.weighted(category === 'tekun' ? ofTekun : ordinary)(random)
