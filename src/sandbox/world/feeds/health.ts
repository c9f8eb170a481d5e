/** Hospital bills and disability certificates. */
import { plusDays, plusMonths } from '../days.ts'
import type { WorldRow } from '../rows.ts'
import type { Disability, Household, Member, Person } from '../types.ts'
import { earlierDay, recentDay, rowAbout, type Scene, someMembers, someOutsiders } from './scene.ts'

type Bill = WorldRow<'hospital-bills'>

export const hospitalBills = (scene: Scene): Bill[] => {
  const { random } = scene
  const rows: Bill[] = []
  let settlements = 0
  const settle: Settle = (person, settledOn, ownFen, refund = false) => {
    settlements += 1
    const fundFen = Math.abs(ownFen) * 2 + random.between(100, 2000) * 100
    const outside = random.int(90_000)
    const sign = refund ? -1 : 1
    const inScope = Math.abs(ownFen) + fundFen
    rows.push(
      rowAbout<'hospital-bills'>(person, {
        settlementKey: `9999G${String(settlements).padStart(14, '0')}`,
        startedOn: plusDays(settledOn, -random.between(0, 14)),
        settledOn,
        inScopeFen: sign * inScope,
        fundFen: sign * fundFen,
        totalFen: sign * (inScope + outside),
        ownCashFen: sign * (Math.abs(ownFen) + outside),
        refund,
      }),
    )
  }
  for (const person of someMembers(scene, 13_000, (_, age) => age >= 2)) {
    for (let i = random.between(1, 3); i > 0; i--) {
      settle(person, recentDay(scene, 12), random.between(800, person.declared.illness ? 30_000 : 9000))
    }
  }
  plantSpending(scene, settle)
  for (const person of someOutsiders(scene, 1500)) {
    settle(person, recentDay(scene, 12), random.between(2000, 300_000))
  }
  return rows
}

/** Own cost within scope, in fen; a refund takes the same amounts back. */
type Settle = (person: Person, settledOn: string, ownFen: number, refund?: boolean) => void

/** Households at, above and below sixty in a hundred of their yearly income. */
const plantSpending = (scene: Scene, settle: Settle): void => {
  const { random, today } = scene
  const billed = (household: Household): Member | undefined =>
    household.memberKeys.map((key) => scene.memberOf.get(key)).find((m) => m?.number !== undefined)
  const chosen = random.sample(
    scene.registry.households.filter((h) => (h.annualIncomeFen ?? 0) > 0 && billed(h)),
    scene.scaled(420),
  )
  chosen.forEach((household, i) => {
    const person = billed(household) as Member
    const yearly = household.annualIncomeFen as number
    // The most that does not exceed the share; equal to it where the income is a multiple of five.
    const limit = Math.floor((yearly * 3) / 5)
    const slot = i % 9
    const on = recentDay(scene, 12)
    if (slot < 3) settle(person, on, limit + random.between(50_000, 2_000_000))
    else if (slot === 3) settle(person, on, limit + 1)
    else if (slot === 4) settle(person, on, limit)
    else if (slot === 5) settle(person, on, Math.max(0, limit - 1))
    else if (slot === 6) {
      settle(person, on, limit + 300_000)
      settle(person, plusDays(on, 1), limit + 300_000, true)
    } else if (slot === 7) settle(person, plusMonths(today, -12), limit + 900_000)
    else settle(person, plusDays(plusMonths(today, -12), 1), limit + 900_000)
  })
}

type Certificate = WorldRow<'disability'>
type CertificateState = Certificate['values']['state']

export const disability = (scene: Scene): Certificate[] => {
  const { random, today } = scene
  const rows: Certificate[] = []
  const certify = (
    person: Person,
    held: Disability,
    state: CertificateState = 'valid',
    expiresOn: string = held.expiresOn,
    graded = true,
  ): void => {
    const valid = state === 'valid' && expiresOn <= today && expiresOn !== today ? 'expired' : state
    rows.push(
      rowAbout<'disability'>(person, {
        class: String(held.class) as Certificate['values']['class'],
        ...(graded ? { grade: String(held.grade) as '1' } : {}),
        state: valid,
        issuedOn: held.issuedOn,
        expiresOn,
      }),
    )
  }
  const planted = new Set<string>()
  const uncovered = (m: Member): boolean =>
    ['rigidExpenditure', 'otherHardship'].includes(scene.households.get(m.household)?.category ?? '') &&
    m.disability === undefined
  someMembers(scene, 220, (m, age) => age >= 9 && uncovered(m)).forEach((person, i) => {
    planted.add(person.key)
    const issuedOn = earlierDay(scene, 6, 2)
    const held = (ofClass: number, grade: number): Disability => ({
      class: ofClass as Disability['class'],
      grade: grade as Disability['grade'],
      issuedOn,
      expiresOn: plusMonths(issuedOn, 120),
    })
    const slot = i % 11
    if (slot === 0) certify(person, held(4, 1))
    else if (slot === 1) certify(person, held(random.pick([5, 6]), 3))
    else if (slot === 2) certify(person, held(random.pick([1, 4]), 3))
    else if (slot === 3) certify(person, held(4, 2), 'valid', i % 22 === 3 ? today : plusDays(today, 1))
    else if (slot === 4) certify(person, held(4, 2), 'cancelled')
    else if (slot === 5) certify(person, held(1, 1), i % 22 === 5 ? 'frozen' : 'moving')
    else if (slot === 6) certify(person, held(2, 2), 'expired', plusDays(today, -random.between(5, 400)))
    else if (slot === 7) certify(person, held(random.pick([4, 5]), 2), 'valid', undefined, false)
    else if (slot === 8) certify(person, held(6, 4))
    else certify(person, held(random.pick([1, 4, 7]), random.between(1, 2)))
  })
  for (const person of scene.numbered) {
    if (!person.disability || planted.has(person.key)) continue
    if (random.chance(980)) certify(person, person.disability, random.chance(15) ? 'cancelled' : 'valid')
  }
  for (const person of scene.outsiders) {
    if (person.disability && person.number) certify(person, person.disability)
  }
  return rows
}
