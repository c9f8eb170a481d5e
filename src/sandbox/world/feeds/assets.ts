/** Property: registered homes and businesses, and housing-fund accounts. */
import { plusMonth } from '../days.ts'
import type { WorldRow } from '../rows.ts'
import type { Household, Member, Person } from '../types.ts'
import {
  earlierDay,
  isAdult,
  isWorkingAge,
  rowAbout,
  type Scene,
  someMembers,
  someOutsiders,
} from './scene.ts'

type Use = WorldRow<'real-estate'>['values']['use']
type RightState = WorldRow<'real-estate'>['values']['state']

/** One county sends real estate; the others have not joined yet, so second homes there are not known. */
export const realEstateCounty = (scene: Scene): string => {
  const counties = scene.registry.households.map((h) => h.place.county).sort()
  return counties[0] ?? ''
}

export const realEstate = (scene: Scene): WorldRow<'real-estate'>[] => {
  const { random } = scene
  const county = realEstateCounty(scene)
  const rows: WorldRow<'real-estate'>[] = []
  let units = 0
  const unit = (): string => {
    units += 1
    const zone = String(random.between(1, 40)).padStart(3, '0')
    return `99${county.slice(2, 6)}${zone}${zone}GB${String(units).padStart(5, '0')}F${String(random.int(10_000)).padStart(8, '0')}`
  }
  const hold = (
    person: Person,
    unitKey: string,
    use: Use,
    state: RightState = 'current',
    other?: Person,
  ): void => {
    const areaSquareCentimetres =
      (use === 'home' ? random.between(4200, 14_000) : random.between(900, 3000)) * 100
    const facts = { unitKey, use, state, registeredOn: earlierDay(scene, 16, 1), areaSquareCentimetres }
    rows.push(rowAbout<'real-estate'>(person, facts))
    // Co-owners follow each other and agree in everything: the sender writes them into one row.
    if (other) rows.push(rowAbout<'real-estate'>(other, facts))
  }
  const local = scene.registry.households.filter(
    (h) => h.place.county === county && numberedAdults(scene, h).length > 0,
  )
  random.sample(local, scene.scaled(5200)).forEach((household, i) => {
    const adults = numberedAdults(scene, household)
    const first = adults[0] as Member
    const second = adults[1] ?? first
    const home = unit()
    const slot = i % 40
    hold(first, home, 'home', 'current', slot < 12 && second !== first ? second : undefined)
    if (slot === 12) hold(second, unit(), 'home')
    else if (slot === 13) hold(second, unit(), 'parking')
    else if (slot === 14) hold(first, unit(), 'storage')
    else if (slot === 15) hold(second, unit(), 'home', random.chance(700) ? 'history' : 'ended')
    else if (slot === 16 && i % 80 === 16) hold(first, unit(), 'business')
    else if (slot === 17 && i % 80 === 17) hold(first, unit(), 'home', 'temporary')
  })
  // Members of other counties may own in this one; their county's own list is missing all the same.
  for (const person of someMembers(scene, 24, (m, age) => m.place.county !== county && age >= 18)) {
    hold(person, unit(), 'home')
    if (random.chance(400)) hold(person, unit(), 'home')
  }
  for (const person of someOutsiders(scene, 1600, isAdult)) {
    hold(person, unit(), random.chance(850) ? 'home' : 'parking', random.chance(900) ? 'current' : 'history')
  }
  return rows
}

const numberedAdults = (scene: Scene, household: Household): Member[] =>
  household.memberKeys
    .map((key) => scene.memberOf.get(key) as Member)
    .filter(
      (m) => m.number !== undefined && Number(m.birthDate.slice(0, 4)) < Number(scene.today.slice(0, 4)) - 19,
    )

type EntityKind = WorldRow<'business'>['values']['kind']
type Role = WorldRow<'business'>['values']['role']
type EntityState = WorldRow<'business'>['values']['state']

const entityPrefix: Readonly<Record<string, string>> = {
  company: '91',
  individual: '92',
  cooperative: '93',
  other: '99',
}

export const business = (scene: Scene): WorldRow<'business'>[] => {
  const { random } = scene
  const rows: WorldRow<'business'>[] = []
  let entities = 0
  const entity = (kind: EntityKind): string => {
    entities += 1
    return `${entityPrefix[kind]}99${scene.registry.households[0]?.place.county.slice(2, 6)}MA${String(entities).padStart(7, '0')}X`
  }
  const serve = (
    person: Person,
    entityKey: string,
    kind: EntityKind,
    role: Role,
    state: EntityState = 'active',
  ): void => {
    const startedOn = earlierDay(scene, 12, 8)
    const ended = state === 'active' ? {} : { endedOn: earlierDay(scene, 1, 1) }
    const endedOn = ended.endedOn && ended.endedOn > startedOn ? ended : {}
    rows.push(rowAbout<'business'>(person, { entityKey, kind, role, state, startedOn, ...endedOn }))
  }
  const start = (person: Person, kind: EntityKind, role: Role, state?: EntityState): void =>
    serve(person, entity(kind), kind, role, state)
  someMembers(scene, 380, isWorkingAge).forEach((person, i) => {
    const slot = i % 20
    if (slot < 6) start(person, 'individual', 'legal-representative')
    else if (slot === 6) start(person, 'company', 'legal-representative')
    else if (slot === 7) start(person, 'company', 'shareholder')
    else if (slot < 12) start(person, 'individual', 'legal-representative', 'cancelled')
    else if (slot === 12) start(person, 'company', 'shareholder', 'revoked')
    else if (slot === 13) start(person, 'company', 'director')
    else if (slot === 14) start(person, 'company', 'supervisor')
    else if (slot === 15) start(person, 'company', 'manager')
    else if (slot === 16) start(person, 'individual', 'legal-representative', 'moved')
    else if (slot === 17) start(person, 'cooperative', 'legal-representative')
    else if (slot === 18) start(person, 'other', 'legal-representative')
    else start(person, 'company', 'shareholder', 'other')
  })
  // Cooperatives enrol whole villages without any income coming of it.
  const villagers = someMembers(scene, 720, isAdult)
  for (let i = 0; i < villagers.length; i += 60) {
    const cooperative = entity('cooperative')
    for (const person of villagers.slice(i, i + 60)) serve(person, cooperative, 'cooperative', 'shareholder')
  }
  for (const person of someOutsiders(scene, 700, isWorkingAge)) {
    start(person, random.chance(700) ? 'individual' : 'company', 'legal-representative')
  }
  return rows
}

type AccountState = WorldRow<'housing-fund'>['values']['state']

export const housingFund = (scene: Scene): WorldRow<'housing-fund'>[] => {
  const { random, month, months } = scene
  const rows: WorldRow<'housing-fund'>[] = []
  const holders = new Set<string>()
  const account = (person: Person, state: AccountState, baseFen: number, lastPaidMonth: string): void => {
    if (holders.has(person.key)) return
    holders.add(person.key)
    const balanceFen = random.int(60_000) * 100
    rows.push(rowAbout<'housing-fund'>(person, { baseFen, state, lastPaidMonth, balanceFen }))
  }
  const wage = (): number => random.between(2600, 6200) * 100
  const income = (m: Member): number | undefined => scene.households.get(m.household)?.annualIncomeFen
  someMembers(scene, 300, (m, age) => isWorkingAge(m, age) && (income(m) ?? 1) > 0).forEach((person, i) => {
    const slot = i % 12
    const yearly = income(person)
    const share = yearly === undefined ? wage() : Math.floor((yearly * 30) / 1200)
    if (slot < 4) account(person, 'sealed', Math.max(wage(), share), random.pick(months.slice(1)))
    else if (slot === 4) account(person, 'sealed', wage(), months[0] as string)
    else if (slot === 5) account(person, 'sealed', wage(), plusMonth(month, -random.between(9, 80)))
    else if (slot === 6) account(person, 'sealed', Math.max(0, share - 1), random.pick(months.slice(1)))
    else if (slot === 7) account(person, 'sealed', share + 1, months[1] as string)
    else if (slot === 8) account(person, 'sealed', 0, random.pick(months.slice(1)))
    else if (slot === 9) account(person, 'closed', wage(), random.pick(months.slice(1)))
    else if (slot === 10) account(person, 'frozen', wage(), random.pick(months.slice(1)))
    else account(person, 'normal', wage(), months[5] as string)
  })
  // Exactly thirty in a hundred: twelve bases of a fortieth of the yearly income.
  for (const person of someMembers(scene, 12, (m, age) => isWorkingAge(m, age) && exactShare(income(m)))) {
    account(person, 'sealed', (income(person) as number) / 40, months[3] as string)
  }
  const employed = someMembers(scene, 500, (m) => m.work === 'employee')
  const outside = someOutsiders(scene, 900, (p) => p.work === 'employee')
  for (const person of [...employed, ...outside]) account(person, 'normal', wage(), months[5] as string)
  return rows
}

const exactShare = (yearly: number | undefined): boolean =>
  yearly !== undefined && yearly > 0 && yearly % 40 === 0
