/** Indicators about property and work, decided in plain code from the contract of each. */
import type { Member } from '../world/types.ts'
import { type HouseholdCase, monthWithin, within } from './case.ts'
import { allOf, type Verdict } from './verdict.ts'

export const newVehicle = (c: HouseholdCase, member: Member): Verdict => {
  const covered = c.covered('vehicles')
  if (covered !== true) return covered
  return c.evidence.of('vehicles', member.key).some((v) => {
    if (/^[MNT]/u.test(v.vehicleType) || /[EPB]/u.test(v.status)) return false
    const latest = [v.firstRegisteredOn, v.ownerChangedOn ?? v.firstRegisteredOn].sort()[1] as string
    return within(c, latest, 12)
  })
}

export const secondHome = (c: HouseholdCase): Verdict => {
  const units = new Set<string>()
  for (const member of c.members) {
    for (const unit of c.evidence.of('real-estate', member.key)) {
      if (unit.use === 'home' && unit.state === 'current') units.add(unit.unitKey)
    }
  }
  const covered = c.covered('real-estate')
  return covered === true ? units.size >= 2 : covered
}

export const registeredBusiness = (c: HouseholdCase, member: Member): Verdict => {
  const covered = c.covered('business')
  if (covered !== true) return covered
  return c.evidence
    .of('business', member.key)
    .some(
      (b) =>
        (b.role === 'legal-representative' || b.role === 'shareholder') &&
        (b.kind === 'company' || b.kind === 'individual') &&
        b.state === 'active',
    )
}

const earliest = (months: readonly string[]): string | undefined =>
  months.reduce<string | undefined>((least, m) => (least === undefined || m < least ? m : least), undefined)

export const insuranceStarted = (c: HouseholdCase, member: Member): Verdict => {
  const work = member.declared.workStatus
  const covered = c.covered('insurance-payments')
  const first = earliest(
    c.evidence
      .of('insurance-payments', member.key)
      .filter((p) => p.insurance === '110' && p.paidFlag === 'paid' && p.employer && p.amountFen >= 0)
      .map((p) => p.period),
  )
  const began = covered === true ? first !== undefined && monthWithin(c, first, 6) : covered
  return allOf(work === undefined ? ['workStatus'] : work === 'none', began)
}

export const pensionStarted = (c: HouseholdCase, member: Member): Verdict => {
  const covered = c.covered('pensions')
  const first = earliest(
    c.evidence
      .of('pensions', member.key)
      .filter((p) => p.state === 'normal' && p.amountFen > 0)
      .map((p) => p.period),
  )
  const began = covered === true ? first !== undefined && monthWithin(c, first, 6) : covered
  return allOf(member.declared.pension !== true, began)
}

export const publicPayroll = (c: HouseholdCase, member: Member): Verdict => {
  const covered = c.covered('payroll')
  if (covered !== true) return covered
  const rows = c.evidence.of('payroll', member.key)
  const latest = rows.reduce<(typeof rows)[number] | undefined>(
    (newest, row) => (newest === undefined || row.period > newest.period ? row : newest),
    undefined,
  )
  return latest?.class === 'staff' && (latest.exitedOn === undefined || latest.exitedOn > c.today)
}

export const incomeFell = (c: HouseholdCase): Verdict => {
  const covered = c.covered('housing-fund')
  if (covered !== true) return covered
  let lostFen = 0
  for (const member of c.members) {
    for (const account of c.evidence.of('housing-fund', member.key)) {
      if (account.state === 'sealed' && monthWithin(c, account.lastPaidMonth, 6)) lostFen += account.baseFen
    }
  }
  const yearly = c.household.annualIncomeFen
  return allOf(lostFen > 0, yearly === undefined ? ['annualIncomeFen'] : lostFen * 1200 >= yearly * 30)
}

export const unemployedUncovered = (c: HouseholdCase, member: Member): Verdict => {
  const { category } = c.household
  const covered = c.covered('unemployment')
  const rows = c.evidence.of('unemployment', member.key)
  const jobless = rows.some((r) => r.state === 'active')
  const paid = rows.some((r) => r.benefitUntil !== undefined && r.benefitUntil >= c.month)
  return allOf(
    category === 'rigidExpenditure' || category === 'otherHardship',
    covered === true ? jobless && !paid : covered,
  )
}
