/** Indicators about people: death, custody, changes in the household, illness, disability, care. */
import type { Member } from '../world/types.ts'
import { type HouseholdCase, within } from './case.ts'
import { allOf, anyOf, type Verdict } from './verdict.ts'

export const memberDied = (c: HouseholdCase, member: Member): Verdict => {
  const covered = c.covered('deaths')
  if (covered !== true) return covered
  return c.evidence.of('deaths', member.key).some((d) => !d.reversed && d.diedOn <= c.today)
}

export const memberImprisoned = (c: HouseholdCase, member: Member): Verdict => {
  const covered = c.covered('imprisonment')
  if (covered !== true) return covered
  return anyOf(
    c.evidence.of('imprisonment', member.key).map((s) => {
      if (s.state !== 'in-custody' || s.startedOn > c.today) return false
      if (s.life) return true
      return s.endsOn === undefined ? ['custodyEndsOn'] : s.endsOn > c.today
    }),
  )
}

export const memberChanged = (c: HouseholdCase, member: Member): Verdict => {
  const moved = (m: { reversed: boolean; movedOn: string }): boolean => !m.reversed && within(c, m.movedOn, 6)
  const { evidence } = c
  const own = evidence.of('moves', member.key).some(moved)
  const joined = evidence.movesUnder(member.key).some((m) => m.direction === 'in' && moved(m))
  const wed = evidence
    .of('marriages', member.key)
    .some(
      (m) =>
        (m.event === 'marriage' || m.event === 'divorce') &&
        within(c, m.eventOn, 6) &&
        !evidence.revoked.has(m.certificate),
    )
  const byMove = c.covered('moves')
  const byMarriage = c.covered('marriages')
  return anyOf([byMove === true ? own || joined : byMove, byMarriage === true ? wed : byMarriage])
}

export const medicalSpending = (c: HouseholdCase): Verdict => {
  if (c.household.category === 'tekun') return false
  const covered = c.covered('hospital-bills')
  if (covered !== true) return covered
  let ownFen = 0
  for (const member of c.members) {
    for (const bill of c.evidence.of('hospital-bills', member.key)) {
      if (!within(c, bill.settledOn, 12)) continue
      const paid = Math.abs(bill.inScopeFen) - Math.abs(bill.fundFen)
      ownFen += bill.refund ? -paid : bill.inScopeFen - bill.fundFen
    }
  }
  const yearly = c.household.annualIncomeFen
  if (yearly === undefined) return ownFen > 0 ? ['annualIncomeFen'] : false
  return ownFen * 100 > yearly * 60
}

export const disabledUncovered = (c: HouseholdCase, member: Member): Verdict => {
  const outside = c.household.category === 'rigidExpenditure' || c.household.category === 'otherHardship'
  const covered = c.covered('disability')
  const severe = anyOf(
    c.evidence.of('disability', member.key).map((d) => {
      if (d.state !== 'valid' || (d.expiresOn !== undefined && d.expiresOn <= c.today)) return false
      if (d.grade === undefined) return ['disabilityGrade']
      return d.grade === '1' || d.grade === '2' || (d.grade === '3' && (d.class === '5' || d.class === '6'))
    }),
  )
  return allOf(outside, !member.singlePersonDibao, covered === true ? severe : covered)
}

export const tekunWithoutAgreement = (c: HouseholdCase, member: Member): Verdict => {
  const agreement = member.declared.careAgreement
  const inForce =
    agreement !== null &&
    agreement !== undefined &&
    agreement.validFrom <= c.today &&
    (agreement.validUntil === undefined || agreement.validUntil > c.today)
  return allOf(
    c.household.category === 'tekun' && member.tekunPerson,
    agreement === undefined ? ['careAgreement'] : !inForce,
  )
}
