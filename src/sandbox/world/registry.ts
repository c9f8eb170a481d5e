/** What the registry was told: households with category, income and needs, and what each member declared. */
import { plusDays, yearsBetween } from './days.ts'
import { isUrban } from './places.ts'
import type { Body, Home, Population } from './population.ts'
import type { Random } from './random.ts'
import type {
  CareAgreement,
  Category,
  DeclaredPerson,
  DeclaredWork,
  GroupTag,
  Household,
  Member,
  Need,
  Person,
  Registry,
  Supporter,
  WorkStatus,
} from './types.ts'

export const registryOf = (population: Population, today: string, random: Random): Registry => {
  const counters = new Map<string, number>()
  const households: Household[] = []
  const persons: Member[] = []
  for (const home of population.homes) {
    const area = home.place.county.slice(2, 6)
    const running = (counters.get(area) ?? 0) + 1
    counters.set(area, running)
    const number = `H${area}${String(running).padStart(6, '0')}`
    const members = home.bodies.map((body) => memberOf(body, number, home, today, random))
    persons.push(...members)
    households.push(householdOf(number, home, members, population.outsiders, today, random))
  }
  households.sort((a, b) => (a.number < b.number ? -1 : 1))
  return { households, persons }
}

const memberOf = (body: Body, household: string, home: Home, today: string, random: Random): Member => {
  const age = yearsBetween(body.birthDate, today)
  const declared = declare(body, home.category, age, today, random)
  const severe = body.disability !== undefined && body.disability.grade <= 2
  const single =
    home.category !== 'dibao' && home.category !== 'tekun' && (severe || declared.illness === 'serious')
  const tags: GroupTag[] = []
  if (age >= 60) tags.push('elder')
  if (age < 18) tags.push('minor')
  if (declared.disability) tags.push('disabled')
  if (declared.illness) tags.push('ill')
  return {
    ...body,
    household,
    tags,
    tekunPerson: home.category === 'tekun',
    singlePersonDibao: single && random.chance(home.category === 'dibaoMargin' ? 500 : 150),
    declared,
  }
}

const declare = (
  body: Body,
  category: Category,
  age: number,
  today: string,
  random: Random,
): DeclaredPerson => {
  const declared: DeclaredPerson = { pension: body.pension !== undefined && random.chance(930) }
  const work = declaredWork(body.work, random)
  if (work) declared.workStatus = work
  if (!random.chance(50)) declared.monthlyIncomeFen = monthlyIncome(declared.workStatus, random)
  if (!random.chance(40)) declared.disability = body.disability && random.chance(930) ? body.disability : null
  const illness = random.weighted([
    ['serious', age >= 60 ? 9 : 4],
    ['chronic', age >= 60 ? 25 : 7],
    [null, 80],
  ] as const)
  if (!random.chance(30)) declared.illness = illness
  if (age < 23 && !random.chance(20)) declared.schooling = body.stage ?? null
  if (category === 'tekun') Object.assign(declared, drawAgreement(today, random))
  return declared
}

const asked: Readonly<Record<Exclude<WorkStatus, 'child'>, DeclaredWork>> = {
  none: 'none',
  farming: 'farming',
  casual: 'flexible',
  employee: 'employed',
  'self-employed': 'flexible',
  'public-post': 'employed',
  student: 'student',
  retired: 'retired',
}

/** Four in ten who work for an employer never say so. */
const declaredWork = (work: WorkStatus, random: Random): DeclaredWork | undefined => {
  if (work === 'child' || random.chance(30)) return undefined
  return work === 'employee' && random.chance(400) ? 'none' : asked[work]
}

const monthlyIncome = (work: DeclaredWork | undefined, random: Random): number => {
  if (work === 'employed') return random.between(16, 32) * 10_000
  return work === 'farming' || work === 'flexible' ? random.between(2, 11) * 10_000 : 0
}

/** Nearly all agreements hold; some ended, end today or tomorrow, begin tomorrow, were refused, or were never recorded. */
const drawAgreement = (today: string, random: Random): { careAgreement?: CareAgreement | null } => {
  const validFrom = plusDays(today, -random.between(40, 1300))
  const kind = random.weighted([
    ['open', 560],
    ['later', 360],
    ['tomorrow', 6],
    ['ended', 10],
    ['today', 6],
    ['begins-tomorrow', 5],
    ['begins-today', 5],
    ['none', 14],
    ['unrecorded', 24],
  ] as const)
  switch (kind) {
    case 'open':
      return { careAgreement: { validFrom } }
    case 'later':
      return { careAgreement: { validFrom, validUntil: plusDays(today, random.between(20, 900)) } }
    case 'tomorrow':
      return { careAgreement: { validFrom, validUntil: plusDays(today, 1) } }
    case 'today':
      return { careAgreement: { validFrom, validUntil: today } }
    case 'ended':
      return { careAgreement: { validFrom, validUntil: plusDays(today, -random.between(1, 30)) } }
    case 'begins-tomorrow':
      return { careAgreement: { validFrom: plusDays(today, 1) } }
    case 'begins-today':
      return { careAgreement: { validFrom: today } }
    case 'none':
      return { careAgreement: null }
    case 'unrecorded':
      return {}
  }
}

const perCapitaYuan: Readonly<Record<Category, readonly [number, number]>> = {
  dibao: [1400, 6600],
  tekun: [0, 3200],
  dibaoMargin: [6700, 9900],
  rigidExpenditure: [9000, 24_000],
  otherHardship: [8000, 22_000],
}

const householdOf = (
  number: string,
  home: Home,
  members: readonly Member[],
  outsiders: readonly Person[],
  today: string,
  random: Random,
): Household => {
  const [least, most] = perCapitaYuan[home.category]
  const income = random.between(least, most) * members.length * 100 + random.int(100)
  const annualIncomeFen = random.chance(8) ? 0 : income
  const spent = Math.floor(income / 20) * random.between(8, 19)
  return {
    number,
    headKey: (members[0] as Member).key,
    memberKeys: members.map((m) => m.key),
    category: home.category,
    confirmedOn: plusDays(today, -random.between(30, 1500)),
    place: home.place,
    urban: isUrban(home.place),
    needs: needsOf(home.category, members, random),
    ...(random.chance(30) ? {} : { annualIncomeFen }),
    ...(random.chance(120) ? {} : { annualExpenditureFen: spent }),
    ...(random.chance(60) ? {} : { depositsFen: random.int(1800) * 1000 }),
    ...(random.chance(40) ? {} : { homes: random.chance(30) ? 0 : 1 }),
    ...(random.chance(40) ? {} : { vehicles: random.chance(940) ? 0 : 1 }),
    supporters: drawSupporters(members, outsiders, today, random),
  }
}

const needsOf = (category: Category, members: readonly Member[], random: Random): Need[] => {
  const needs: Need[] = []
  if (members.some((m) => m.declared.illness === 'serious')) needs.push('medical')
  if (members.some((m) => m.work === 'student')) needs.push('education')
  if (random.chance(45)) needs.push('housing')
  if (members.some((m) => m.work === 'none' && !m.disability && category !== 'tekun'))
    needs.push('employment')
  if (random.chance(12)) needs.push('disaster')
  if (category === 'tekun' || (members.length === 1 && members[0]?.tags.includes('elder'))) needs.push('care')
  return needs
}

const drawSupporters = (
  members: readonly Member[],
  outsiders: readonly Person[],
  today: string,
  random: Random,
): Supporter[] => {
  const oldOnes = members.every((m) => m.tags.includes('elder'))
  if (!oldOnes || !random.chance(400)) return []
  const found: Supporter[] = []
  for (let i = random.between(1, 2); i > 0; i--) {
    const person = random.pick(outsiders)
    const age = yearsBetween(person.birthDate, today)
    if (age < 22 || age > 58 || found.some((s) => s.key === person.key)) continue
    const relation = person.sex === 'male' ? 'son' : 'daughter'
    found.push({
      name: person.name,
      relation,
      key: person.key,
      ...(person.number ? { number: person.number } : {}),
    })
  }
  return found
}
