/** Payroll, students, disasters and the watch against falling back into poverty. */
import { plusDays, plusMonth } from '../days.ts'
import type { WorldRow } from '../rows.ts'
import type { Person } from '../types.ts'
import {
  earlierDay,
  isAdult,
  isWorkingAge,
  rowAbout,
  type Scene,
  someMembers,
  someOutsiders,
} from './scene.ts'

type Class = WorldRow<'payroll'>['values']['class']

export const payroll = (scene: Scene): WorldRow<'payroll'>[] => {
  const { random, months, today } = scene
  const rows: WorldRow<'payroll'>[] = []
  const netOf = (of: Class): number => {
    if (of === 'staff') return random.between(3600, 8200) * 100
    if (of === 'retired') return random.between(3000, 5600) * 100
    return random.between(600, 2000) * 100
  }
  const employed = new Set<string>()
  const employ = (person: Person, classes: readonly Class[], exitedOn?: string): void => {
    if (employed.has(person.key)) return
    employed.add(person.key)
    const start = months.length - classes.length
    let previous: Class | undefined
    let netFen = 0
    classes.forEach((of, i) => {
      if (of !== previous) netFen = netOf(of)
      previous = of
      const exit = exitedOn && i === classes.length - 1 ? { exitedOn } : {}
      rows.push(
        rowAbout<'payroll'>(person, { class: of, period: months[start + i] as string, netFen, ...exit }),
      )
    })
  }
  const all = (of: Class, count = 6): Class[] => Array.from({ length: count }, () => of)
  const age = (_: unknown, years: number): boolean => years >= 22 && years < 60
  someMembers(scene, 150, (m, years) => age(m, years) && m.work !== 'public-post').forEach((person, i) => {
    const slot = i % 12
    if (slot < 5) employ(person, all('staff'))
    else if (slot === 5) employ(person, all('staff', random.between(1, 3)))
    else if (slot === 6) employ(person, all('staff'), plusDays(today, i % 24 === 6 ? 0 : 1))
    else if (slot === 7) employ(person, all('staff'), earlierDay(scene, 1, 1))
    else if (slot === 8) employ(person, [...all('staff', 3), ...all('retired', 3)])
    else if (slot === 9) employ(person, [...all('staff', 4), ...all('temporary', 2)])
    else if (slot === 10) employ(person, [...all('public-post', 4), ...all('staff', 2)])
    else employ(person, all('temporary'))
  })
  for (const person of scene.numbered) {
    if (person.work === 'public-post') employ(person, all('public-post'))
  }
  for (const person of someMembers(scene, 160, (m, y) => isWorkingAge(m, y) && m.work === 'farming')) {
    employ(person, all('village-allowance'))
  }
  for (const person of someMembers(scene, 90, (m, y) => y >= 60 && !m.pension))
    employ(person, all('survivor'))
  for (const person of someOutsiders(scene, 420, age)) employ(person, all('staff'))
  for (const person of someOutsiders(scene, 120, (_, y) => y >= 60)) employ(person, all('retired'))
  return rows
}

type Hardship = WorldRow<'students'>['values']['hardship']

export const students = (scene: Scene): WorldRow<'students'>[] => {
  const { random } = scene
  const rows: WorldRow<'students'>[] = []
  const attend = (person: Person, hardship: Hardship): void => {
    const stage = person.stage
    if (!stage) return
    const school = stage === 'university' ? '省外高等学校' : `${person.place.townshipName}${schoolOf[stage]}`
    rows.push(
      rowAbout<'students'>(person, {
        school,
        stage,
        boarding: random.chance(stage === 'kindergarten' ? 0 : 450),
        hardship,
      }),
    )
  }
  const grade = (): Hardship =>
    random.weighted([
      ['special', 25],
      ['difficult', 35],
      ['general', 30],
      ['none', 10],
    ] as const)
  for (const person of someMembers(scene, 3600, (m) => m.stage !== undefined)) attend(person, grade())
  const outside = someOutsiders(scene, 340, (p) => p.stage !== undefined)
  outside.forEach((person, i) => {
    if (i % 5 < 2) attend(person, i % 2 === 0 ? 'special' : 'difficult')
    else attend(person, i % 5 < 4 ? 'general' : 'none')
  })
  return rows
}

const schoolOf = {
  kindergarten: '中心幼儿园',
  primary: '中心小学',
  junior: '初级中学',
  senior: '民族中学',
  vocational: '职业高级中学',
  university: '',
} as const

type Watch = WorldRow<'return-poverty'>['values']['category']

export const returnPoverty = (scene: Scene): WorldRow<'return-poverty'>[] => {
  const { random, month } = scene
  const rows: WorldRow<'return-poverty'>[] = []
  let households = 0
  const key = (): string => {
    households += 1
    return `99${String(households).padStart(10, '0')}`
  }
  const list = (person: Person, householdKey: string, category: Watch, riskCleared: boolean): void => {
    const identifiedOn = plusMonth(month, -random.between(4, 40))
    rows.push(
      rowAbout<'return-poverty'>(person, {
        householdKey,
        category,
        riskCleared,
        ...(category === 'none' ? {} : { identifiedOn }),
        ...(riskCleared ? { clearedOn: plusMonth(identifiedOn, random.between(1, 3)) } : {}),
        annualIncomeFen: random.between(9000, 60_000) * 100,
        ...(random.chance(300) ? { ownMedicalFen: random.between(500, 40_000) * 100 } : {}),
      }),
    )
  }
  const watched = (): Watch => random.pick(['unstable', 'edge', 'sudden'] as const)
  for (const household of random.sample(scene.registry.households, scene.scaled(900))) {
    const householdKey = key()
    const category = random.chance(600) ? watched() : 'none'
    const cleared = category !== 'none' && random.chance(550)
    for (const memberKey of household.memberKeys) {
      const member = scene.memberOf.get(memberKey)
      if (member?.number) list(member, householdKey, category, cleared)
      // Without a number the row may open no lead: it says that nothing is left to do.
      else if (member) list(member, householdKey, 'none', false)
    }
  }
  someOutsiders(scene, 520).forEach((person, i) => {
    if (i % 4 === 0) list(person, key(), watched(), false)
    else if (i % 4 === 1) list(person, key(), watched(), true)
    else list(person, key(), 'none', false)
  })
  return rows
}

const events = [
  '2025年汛期洪涝',
  '2025年8月山洪泥石流',
  '2026年春旱',
  '2026年5月风雹',
  '2025年冬低温雨雪',
] as const
const damages = ['collapsed', 'severe', 'general', 'none'] as const

export const disasters = (scene: Scene): WorldRow<'disasters'>[] => {
  const { random } = scene
  const rows: WorldRow<'disasters'>[] = []
  const suffer = (person: Person): void => {
    const damage = random.pick(damages)
    rows.push(
      rowAbout<'disasters'>(person, {
        event: random.pick(events),
        occurredOn: earlierDay(scene, 1, 1),
        damage,
        rooms: damage === 'none' ? 0 : random.between(1, 5),
        paidFen: random.between(1, 60) * 10_000,
      }),
    )
  }
  for (const person of someMembers(scene, 420, (m, age) => m.relation === 'head' && isAdult(m, age)))
    suffer(person)
  for (const person of someOutsiders(scene, 160, isAdult)) suffer(person)
  return rows
}
