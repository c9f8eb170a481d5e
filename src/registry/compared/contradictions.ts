import { addMonths, type BusinessDate } from '#base'
import type { FactKind } from '../facts/catalogue.ts'
import type { DisabilityValue } from '../facts/fact-value.ts'
import type { ContradictionView } from './contract.ts'

/** A statement of a department, as far as it is compared with what people told. */
export interface Said {
  readonly id: string
  readonly subjectId: string
  readonly feed: string
  readonly says: Readonly<Record<string, unknown>>
  readonly validFrom: string
  readonly validUntil: string | null
}

/** What people told: the newest usable fact of a kind in force, by subject and kind; JSON null = known to be absent. */
export type FindTold = (subjectId: string, kind: FactKind) => unknown

interface Household {
  readonly id: string
  /** Present members. */
  readonly memberIds: readonly string[]
}

// Monthly files come late: a payment of this many months ago still speaks of the present.
const monthsOfDelay = 3

const isDateUpTo = (value: unknown, today: string): boolean => typeof value === 'string' && value <= today
const fenOf = (value: unknown): number => (typeof value === 'number' ? value : 0)

interface Around {
  readonly told: FindTold
  readonly today: BusinessDate
}

type Rule = (said: readonly Said[], told: unknown, around: Around, subjectId: string) => readonly Said[]

const of = (said: readonly Said[], feed: string): readonly Said[] => said.filter((one) => one.feed === feed)

/** Of what is said month by month, what still holds. */
const stillPaid = (said: readonly Said[], feed: string, today: BusinessDate): readonly Said[] => {
  const since = addMonths(today, -monthsOfDelay)
  return of(said, feed).filter(({ validUntil }) => validUntil === null || validUntil > since)
}

const pensionsPaid = (said: readonly Said[], today: BusinessDate): readonly Said[] =>
  stillPaid(said, 'pensions', today).filter(
    ({ says }) => says.state === 'normal' && fenOf(says.amountFen) > 0,
  )

const salariesPaid = (said: readonly Said[], today: BusinessDate): readonly Said[] =>
  stillPaid(said, 'payroll', today).filter(({ says }) => !isDateUpTo(says.exitedOn, today))

/** The newest run of each thing: who got 120 yuan until April and 130 since May gets 130. */
const newestOf = (said: readonly Said[], thing: string): readonly Said[] => {
  const newest = new Map<unknown, Said>()
  for (const one of said) {
    const before = newest.get(one.says[thing])
    if (!before || before.validFrom < one.validFrom) newest.set(one.says[thing], one)
  }
  return [...newest.values()]
}

const certificate: Rule = (said, told, { today }) => {
  const [newest] = of(said, 'disability')
  if (!newest || told === undefined) return []
  const { says } = newest
  const isValid = says.state === 'valid' && !isDateUpTo(says.expiresOn, today)
  if (told === null) return isValid ? [newest] : []
  if (!isValid) return [newest]
  const value = told as DisabilityValue
  const agrees =
    String(value.class) === says.class && (says.grade === undefined || String(value.grade) === says.grade)
  return agrees ? [] : [newest]
}

const work: Rule = (said, told, { today }) => {
  if (typeof told !== 'string') return []
  if (told === 'employed') return of(said, 'unemployment').filter(({ says }) => says.state === 'active')
  const staff = newestOf(salariesPaid(said, today), 'class').filter(({ says }) => says.class === 'staff')
  if (told !== 'none') return staff
  const insured = newestOf(stillPaid(said, 'insurance-payments', today), 'insurance').filter(
    ({ says }) => says.employer === true && says.paidFlag === 'paid',
  )
  const owned = of(said, 'business').filter(
    ({ says }) => says.state === 'active' && says.role === 'legal-representative',
  )
  return [...staff, ...insured, ...owned]
}

// A pension told of as such is not asked for a second time in the monthly income.
const income: Rule = (said, told, { told: find, today }, subjectId) => {
  if (typeof told !== 'number') return []
  const salaries = newestOf(salariesPaid(said, today), 'class')
  const pensions =
    find(subjectId, 'pensionDeclared') === true ? [] : newestOf(pensionsPaid(said, today), 'kind')
  const paid =
    salaries.reduce((sum, { says }) => sum + fenOf(says.netFen), 0) +
    pensions.reduce((sum, { says }) => sum + fenOf(says.amountFen), 0)
  return paid > told ? [...salaries, ...pensions] : []
}

const ofPerson: Readonly<Partial<Record<FactKind, Rule>>> = {
  disability: certificate,
  workStatus: work,
  monthlyIncomeFen: income,
  pensionDeclared: (said, told, { today }) =>
    told === false ? newestOf(pensionsPaid(said, today), 'kind') : [],
  schooling: (said, told, { today }) =>
    told === undefined
      ? []
      : of(said, 'students').filter(
          ({ says, validFrom }) => says.stage !== told && validFrom > addMonths(today, -12),
        ),
}

// Departments register less than there is (homes on village land, cars of relatives): only more than told contradicts.
const moreThan = (told: unknown, things: readonly Said[], count: number): readonly Said[] =>
  typeof told === 'number' && count > told ? things : []

const endedStatus = /[EPB]/u

const ofHousehold: Readonly<Partial<Record<FactKind, Rule>>> = {
  homes: (said, told) => {
    const homes = of(said, 'real-estate').filter(
      ({ says }) => says.use === 'home' && says.state === 'current',
    )
    return moreThan(told, homes, new Set(homes.map(({ says }) => says.unitKey)).size)
  },
  vehicles: (said, told) => {
    const vehicles = of(said, 'vehicles').filter(({ says }) => !endedStatus.test(String(says.status ?? '')))
    return moreThan(told, vehicles, vehicles.length)
  },
}

/**
 * Where departments contradict what people told of a household: both sides stay, a person decides. A fact nobody told,
 * and what no department speaks of, contradicts nothing. `said` holds what is believed today, newest first.
 */
export const contradictionsOf = (
  household: Household,
  said: readonly Said[],
  told: FindTold,
  today: BusinessDate,
): ContradictionView[] => {
  const around = { told, today }
  const apply = (subjectId: string, own: readonly Said[], rules: typeof ofPerson): ContradictionView[] =>
    (Object.entries(rules) as [FactKind, Rule][]).flatMap(([kind, rule]) => {
      const found = rule(own, told(subjectId, kind), around, subjectId)
      return found.length ? [{ subjectId, kind, statementIds: found.map(({ id }) => id) }] : []
    })
  const members = household.memberIds.flatMap((id) => {
    const own = said.filter(({ subjectId }) => subjectId === id)
    const dead = of(own, 'deaths').filter(({ says }) => isDateUpTo(says.diedOn, today))
    const death = dead.length
      ? [{ subjectId: id, kind: 'membership', statementIds: dead.map((one) => one.id) }]
      : []
    return [...death, ...apply(id, own, ofPerson)]
  })
  const present = said.filter(({ subjectId }) => household.memberIds.includes(subjectId))
  return [...apply(household.id, present, ofHousehold), ...members]
}
