/** What the police know: deaths, vehicles, moves. Each planted situation has its near misses beside it. */
import { plusDays, plusMonths, yearsBetween } from '../days.ts'
import type { WorldRow } from '../rows.ts'
import type { Person } from '../types.ts'
import { earlierDay, isAdult, recentDay, rowAbout, type Scene, someMembers, someOutsiders } from './scene.ts'

export const deaths = (scene: Scene): WorldRow<'deaths'>[] => {
  const { random } = scene
  const rows: WorldRow<'deaths'>[] = []
  const die = (person: Person, diedOn: string, reversed: boolean): void => {
    const certificate = random.chance(900)
      ? { certificate: `SW${diedOn.slice(0, 4)}${String(random.int(1_000_000)).padStart(6, '0')}` }
      : {}
    rows.push(rowAbout<'deaths'>(person, { diedOn, reversed, ...certificate }))
  }
  const old = (_: unknown, age: number): boolean => age >= 66
  for (const person of someMembers(scene, 90, old)) die(person, recentDay(scene, 6), false)
  for (const person of someMembers(scene, 26, (_, age) => age >= 2 && age < 66))
    die(person, recentDay(scene, 6), false)
  // Registered years after the death.
  for (const person of someMembers(scene, 6, old)) die(person, earlierDay(scene, 3, 9), false)
  // Reversed: the entry was a mistake, the person lives. Those who really died keep their row only.
  const dead = new Set(rows.map((r) => r.about))
  for (const person of someMembers(scene, 45, (m, age) => age >= 2 && !dead.has(m.key)))
    die(person, recentDay(scene, 6), true)
  for (const person of someOutsiders(scene, 320, (_, age) => age >= 50)) {
    die(person, recentDay(scene, 6), random.chance(40))
  }
  // Struck off for another reason than death: they joined the army or moved abroad.
  for (const person of someMembers(scene, 18, (_, age) => age >= 18 && age < 40)) {
    rows.push(rowAbout<'deaths'>(person, { diedOn: recentDay(scene, 6), reversed: false }, { silent: true }))
  }
  // Namesakes of registry members who died: another number, so nobody in the registry is concerned.
  for (const person of someOutsiders(scene, 30, (p) => p.work === 'casual')) {
    die(person, recentDay(scene, 6), false)
  }
  return rows
}

const twoWheels = ['M21', 'M21', 'M21', 'M22', 'M11', 'M15', 'N11', 'T21', 'T22', 'T11'] as const
const cars = ['K33', 'K33', 'K33', 'K31', 'K32', 'K39', 'K43', 'K49', 'H31', 'H51'] as const
const driving = ['A', 'A', 'A', 'A', 'Q', 'G', 'GQ', 'M', 'MQ', 'K'] as const
const gone = ['E', 'P', 'B', 'GE', 'BQ', 'MP'] as const

export const vehicles = (scene: Scene): WorldRow<'vehicles'>[] => {
  const { random, today } = scene
  const rows: WorldRow<'vehicles'>[] = []
  const yearAgo = plusMonths(today, -12)
  const own = (
    person: Person,
    vehicleType: string,
    status: string,
    registered: string,
    changed?: string,
  ): void => {
    const plate = `L${String(rows.length * 7 + random.int(7)).padStart(5, '0')}`
    const ownerChangedOn = changed ? { ownerChangedOn: changed } : {}
    rows.push(
      rowAbout<'vehicles'>(person, {
        plate,
        vehicleType,
        status,
        firstRegisteredOn: registered,
        ...ownerChangedOn,
      }),
    )
  }
  const planted = someMembers(scene, 420, isAdult)
  planted.forEach((person, i) => {
    const car = random.pick(cars)
    const recent = recentDay(scene, 12)
    const old = earlierDay(scene, 9, 13)
    if (i % 10 === 0) own(person, car, random.pick(driving), old, recent)
    else if (i % 10 === 1) own(person, car, random.pick(gone), recent)
    else if (i % 10 === 2) own(person, random.pick(twoWheels), 'A', recent)
    else if (i % 10 === 3) own(person, car, 'A', yearAgo)
    else if (i % 10 === 4) own(person, car, 'A', old, plusDays(yearAgo, i % 20 === 4 ? 0 : 1))
    else if (i % 10 === 5) own(person, car, 'A', i % 20 === 5 ? plusDays(yearAgo, 1) : recent)
    else if (i % 10 < 8) own(person, car, random.pick(driving), old)
    else own(person, car, random.pick(driving), recent)
  })
  for (const person of someMembers(scene, 3400, (_, age) => age >= 34)) {
    const wheels = random.chance(820) ? random.pick(twoWheels) : random.pick(cars)
    own(
      person,
      wheels,
      random.chance(120) ? random.pick(gone) : random.pick(driving),
      earlierDay(scene, 14, 13),
    )
  }
  for (const person of someOutsiders(scene, 1500, isAdult)) {
    own(person, random.pick(cars), random.pick(driving), earlierDay(scene, 9, 1))
  }
  return rows
}

export const moves = (scene: Scene): WorldRow<'moves'>[] => {
  const { random, today } = scene
  const rows: WorldRow<'moves'>[] = []
  const move = (
    person: Person,
    direction: 'in' | 'out',
    movedOn: string,
    reversed: boolean,
    head?: Person,
  ): void => {
    const headOf = head?.number ? { headNumber: head.number, headName: head.name } : {}
    rows.push(
      rowAbout<'moves'>(
        person,
        { direction, movedOn, reversed, ...headOf },
        head ? { second: head.key } : {},
      ),
    )
  }
  const ownHead = (person: Person): Person | undefined => {
    const household = person.household ? scene.households.get(person.household) : undefined
    return household ? scene.memberOf.get(household.headKey) : undefined
  }
  const halfYearAgo = plusMonths(today, -6)
  someMembers(scene, 250, (_, age) => age >= 4).forEach((person, i) => {
    const direction = random.chance(500) ? 'in' : 'out'
    const head = random.chance(600) ? ownHead(person) : undefined
    if (i % 5 < 2) move(person, direction, recentDay(scene, 6), false, head)
    else if (i % 5 === 2) move(person, direction, recentDay(scene, 6), true, head)
    else if (i % 5 === 3) move(person, direction, plusDays(halfYearAgo, i % 10 === 3 ? 0 : 1), false, head)
    else move(person, direction, earlierDay(scene, 1, 7), false, head)
  })
  const heads = someMembers(scene, 70, (m) => m.relation === 'head')
  someOutsiders(scene, 420).forEach((person, i) => {
    const head = heads[i]
    // A stranger leaving the household of a member is no addition; a reversed one never came.
    if (head) move(person, i % 7 === 0 ? 'out' : 'in', recentDay(scene, 6), i % 7 === 1, head)
    else move(person, random.chance(500) ? 'in' : 'out', recentDay(scene, 6), random.chance(40))
  })
  return [...rows, ...movesWithoutNumber(scene)]
}

/**
 * Reversed moves of people whose number nobody wrote down: nothing follows from them, but the match must be made,
 * or left to an official where two people share name, birth date and village.
 */
const movesWithoutNumber = (scene: Scene): WorldRow<'moves'>[] => {
  const facts = (): { direction: 'in'; movedOn: string; reversed: true } => ({
    direction: 'in',
    movedOn: recentDay(scene, 6),
    reversed: true,
  })
  const unnumbered = scene.random.sample(
    scene.registry.persons.filter(
      (p) => p.number === undefined && yearsBetween(p.birthDate, scene.today) >= 4,
    ),
    scene.scaled(14),
  )
  const strangers = someOutsiders(scene, 14, (p, age) => age < 60 && p.work !== 'casual')
  return [
    ...unnumbered.map((p) => rowAbout<'moves'>(p, facts(), { identified: 'name' })),
    ...namesakes(scene).map((p) => rowAbout<'moves'>(p, facts(), { identified: 'names' })),
    ...strangers.map((p) => rowAbout<'moves'>(p, facts(), { identified: 'nobody' })),
  ]
}

/** One of each pair of members who share name, birth date and township. */
export const namesakes = (scene: Scene): Person[] => {
  const seen = new Set<string>()
  const found: Person[] = []
  for (const person of scene.registry.persons) {
    const id = `${person.name}|${person.birthDate}|${person.place.township}`
    if (seen.has(id) && yearsBetween(person.birthDate, scene.today) > 17) found.push(person)
    seen.add(id)
  }
  return found
}
