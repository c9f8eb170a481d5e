/** Work and its insurances: payments, pensions, registered unemployment. Six months where the kind is monthly. */
import { plusMonth } from '../days.ts'
import type { WorldRow } from '../rows.ts'
import type { Member, Person } from '../types.ts'
import {
  earlierDay,
  isAdult,
  isWorkingAge,
  rowAbout,
  type Scene,
  someMembers,
  someOutsiders,
} from './scene.ts'

type Insurance = WorldRow<'insurance-payments'>['values']['insurance']
type PaidFlag = WorldRow<'insurance-payments'>['values']['paidFlag']
type Pay = (
  person: Person,
  insurance: Insurance,
  months: readonly string[],
  options?: { paidFlag?: PaidFlag; employer?: boolean },
) => void

export const insurancePayments = (scene: Scene): WorldRow<'insurance-payments'>[] => {
  const { random, months } = scene
  const rows: WorldRow<'insurance-payments'>[] = []
  const pay: Pay = (person, insurance, periods, options = {}) => {
    const { paidFlag = 'paid', employer = true } = options
    const baseFen = random.between(4000, 6800) * 100
    const due = insurance === '390' ? 40_000 : Math.floor((baseFen * (insurance === '410' ? 4 : 80)) / 1000)
    const amountFen = paidFlag === 'paid' ? due : 0
    for (const period of periods) {
      rows.push(
        rowAbout<'insurance-payments'>(person, { insurance, period, paidFlag, baseFen, employer, amountFen }),
      )
    }
  }
  const begun = new Set<string>()
  plantStarts(scene, pay, begun)
  const numbered = (p: Person): boolean => p.number !== undefined
  for (const person of scene.numbered) {
    if (person.work !== 'employee' || begun.has(person.key)) continue
    pay(person, '110', months)
    if (random.chance(350)) pay(person, '410', months)
  }
  for (const person of someMembers(scene, 7000, isAdult)) pay(person, '390', [months[1] as string], alone)
  for (const person of someOutsiders(scene, 3000, (p, age) => isWorkingAge(p, age) && numbered(p))) {
    if (person.work === 'employee') pay(person, '110', months)
    else pay(person, '390', [months[1] as string], alone)
  }
  return [...rows, ...refunds(scene)]
}

const alone = { employer: false } as const

/** People whose employer began to pay, and everything that merely looks like it. */
const plantStarts = (scene: Scene, pay: Pay, begun: Set<string>): void => {
  const { random, months } = scene
  const from = (n: number): readonly string[] => months.slice(n)
  const first = (): number => random.between(1, 5)
  const idle = (m: Member, age: number): boolean =>
    isWorkingAge(m, age) && m.work !== 'employee' && m.declared.workStatus === 'none'
  someMembers(scene, 320, idle).forEach((person, i) => {
    begun.add(person.key)
    const slot = i % 10
    if (slot < 5) pay(person, '110', from(first()))
    else if (slot === 5) pay(person, '110', months)
    else if (slot === 6) pay(person, '110', from(first()), alone)
    else if (slot === 7) pay(person, '110', from(first()), { paidFlag: i % 20 === 7 ? 'unpaid' : 'arrears' })
    else if (slot === 8) pay(person, '410', from(first()))
    // Paid now for a month long past: the work began then.
    else pay(person, '110', [plusMonth(months[0] as string, -random.between(1, 3)), ...from(first())])
  })
  const busy = (m: Member, age: number): boolean =>
    isWorkingAge(m, age) && !begun.has(m.key) && m.declared.workStatus === 'flexible'
  for (const person of someMembers(scene, 60, busy)) {
    begun.add(person.key)
    pay(person, '110', from(first()))
  }
  const silent = (m: Member, age: number): boolean =>
    isWorkingAge(m, age) && m.declared.workStatus === undefined && !begun.has(m.key)
  for (const person of someMembers(scene, 18, silent)) {
    begun.add(person.key)
    pay(person, '110', from(first()))
  }
}

/** Money paid back: negative amounts of strangers. */
const refunds = (scene: Scene): WorldRow<'insurance-payments'>[] =>
  someOutsiders(scene, 40, isWorkingAge).map((person) =>
    rowAbout<'insurance-payments'>(person, {
      insurance: '110',
      period: scene.months[2] as string,
      paidFlag: 'paid',
      baseFen: 520_000,
      employer: true,
      amountFen: -41_600,
    }),
  )

export const pensions = (scene: Scene): WorldRow<'pensions'>[] => {
  const { random, months } = scene
  const rows: WorldRow<'pensions'>[] = []
  const starts = pensionStarts(scene)
  const draw = (person: Person, kind: '110' | '120' | '170'): void => {
    const first = starts.get(person.key) ?? 0
    const amountFen =
      first < 0 ? 0 : kind === '170' ? random.between(13_000, 26_000) : random.between(200_000, 360_000)
    const pausedFrom = random.chance(15) ? random.between(1, 5) : months.length
    for (let i = Math.max(0, first); i < months.length; i++) {
      const paused = i >= pausedFrom && first >= 0
      rows.push(
        rowAbout<'pensions'>(person, {
          kind,
          period: months[i] as string,
          amountFen: paused ? 0 : amountFen,
          state: paused ? 'suspended' : 'normal',
          ...(paused ? { reason: 'uncertified' } : {}),
        }),
      )
    }
  }
  for (const person of scene.numbered) {
    if (person.pension) draw(person, person.pension)
    else if (starts.has(person.key)) draw(person, '170')
  }
  for (const person of someOutsiders(scene, 1600, (_, age) => age >= 61)) {
    draw(person, person.pension ?? (random.chance(30) ? '120' : '170'))
  }
  return rows
}

/** Index of the first month with a pension; a negative one for rows that pay nothing. */
const pensionStarts = (scene: Scene): Map<string, number> => {
  const starts = new Map<string, number>()
  const from = (): number => scene.random.between(1, 5)
  const secret = (m: Member): boolean => m.pension !== undefined && m.declared.pension === false
  for (const person of someMembers(scene, 150, secret)) starts.set(person.key, from())
  const declared = (m: Member): boolean => m.pension !== undefined && m.declared.pension === true
  for (const person of someMembers(scene, 90, declared)) starts.set(person.key, from())
  const without = (m: Member, age: number): boolean =>
    m.pension === undefined && m.declared.pension === false && age >= 60
  for (const [i, person] of someMembers(scene, 60, without).entries()) {
    starts.set(person.key, i % 6 === 0 ? -1 : i % 6 === 1 ? 0 : from())
  }
  return starts
}

type Benefit = readonly [from: string, until: string] | undefined

export const unemployment = (scene: Scene): WorldRow<'unemployment'>[] => {
  const { random, month } = scene
  const rows: WorldRow<'unemployment'>[] = []
  const registered = new Set<string>()
  const register = (person: Person, state: 'active' | 'employed' | 'left', benefit: Benefit): void => {
    if (registered.has(person.key)) return
    registered.add(person.key)
    const months = benefit ? { benefitFrom: benefit[0], benefitUntil: benefit[1] } : {}
    rows.push(rowAbout<'unemployment'>(person, { registeredOn: earlierDay(scene, 2, 1), state, ...months }))
  }
  const until = (n: number): Benefit => [plusMonth(month, Math.min(-2, n - 6)), plusMonth(month, n)]
  const idle = (m: Member, age: number): boolean => isWorkingAge(m, age) && m.work === 'none'
  const uncovered = (m: Member, age: number): boolean =>
    idle(m, age) &&
    ['rigidExpenditure', 'otherHardship'].includes(scene.households.get(m.household)?.category ?? '')
  someMembers(scene, 260, uncovered).forEach((person, i) => {
    const slot = i % 10
    if (slot < 4) register(person, 'active', undefined)
    else if (slot === 4) register(person, 'active', until(-1))
    else if (slot === 5) register(person, 'active', until(0))
    else if (slot === 6) register(person, 'active', until(random.between(1, 9)))
    else if (slot === 7) register(person, 'employed', undefined)
    else if (slot === 8) register(person, 'left', until(-3))
    else register(person, 'active', until(-random.between(2, 14)))
  })
  const covered = (m: Member, age: number): boolean => idle(m, age) && !uncovered(m, age)
  for (const person of someMembers(scene, 420, covered)) {
    register(person, random.chance(700) ? 'active' : 'employed', random.chance(300) ? until(2) : undefined)
  }
  for (const person of someOutsiders(scene, 260, isWorkingAge)) register(person, 'active', undefined)
  return rows
}
