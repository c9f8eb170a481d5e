/** One way to raise each indicator: who qualifies, and the row that does it. Undefined = not this person. */
import type { FeedKind } from '#exchange'
import type { IndicatorId } from '../truth/alerts.ts'
import { plusDays, yearsBetween } from '../world/days.ts'
import { rowAbout } from '../world/feeds/scene.ts'
import type { WorldRow } from '../world/rows.ts'
import type { Category, Member, Person } from '../world/types.ts'
import type { Ground } from './plan-changes.ts'

interface Source<P extends Person> {
  readonly kind: FeedKind
  readonly indicator: IndicatorId
  readonly make: (ground: Ground, person: P) => WorldRow | undefined
}

/** Only people of whom the kind knows nothing yet: an older row could hide the new one. */
const source = <P extends Person, K extends FeedKind>(
  kind: K,
  indicator: IndicatorId,
  make: (ground: Ground, person: P) => WorldRow<K> | undefined,
): Source<P> => ({
  kind,
  indicator,
  make: (ground, person) =>
    ground.evidence.of(kind, person.key).length > 0
      ? undefined
      : (make(ground, person) as WorldRow | undefined),
})

const thisMonth = ({ scene }: Ground): string =>
  plusDays(`${scene.month}-01`, scene.random.int(Math.max(1, Number(scene.today.slice(8)) - 1)))

const age = ({ scene }: Ground, person: Person): number => yearsBetween(person.birthDate, scene.today)
const working = (ground: Ground, person: Person): boolean =>
  age(ground, person) >= 22 && age(ground, person) < 58
const householdOf = ({ scene }: Ground, person: Member) => scene.households.get(person.household)
const categoryIn = (ground: Ground, person: Member, ...categories: Category[]): boolean =>
  categories.includes(householdOf(ground, person)?.category ?? 'dibao')

export const memberSources: readonly Source<Member>[] = [
  source('deaths', 'member-died', (ground, person) =>
    age(ground, person) < 60
      ? undefined
      : rowAbout<'deaths'>(person, {
          diedOn: thisMonth(ground),
          reversed: false,
          certificate: 'SW2026990001',
        }),
  ),
  source('imprisonment', 'member-imprisoned', (ground, person) =>
    working(ground, person)
      ? rowAbout<'imprisonment'>(person, {
          state: 'in-custody',
          startedOn: thisMonth(ground),
          endsOn: plusDays(ground.scene.today, 700),
          life: false,
        })
      : undefined,
  ),
  source('payroll', 'public-payroll', (ground, person) =>
    working(ground, person)
      ? rowAbout<'payroll'>(person, { class: 'staff', period: ground.scene.month, netFen: 512_300 })
      : undefined,
  ),
  source('vehicles', 'new-vehicle', (ground, person) =>
    working(ground, person)
      ? rowAbout<'vehicles'>(person, {
          plate: `LZ${person.key.slice(-4)}`,
          vehicleType: 'K33',
          status: 'A',
          firstRegisteredOn: thisMonth(ground),
        })
      : undefined,
  ),
  source('real-estate', 'second-home', (ground, person) => {
    const household = householdOf(ground, person)
    const covered = household?.place.county === ground.world.covers['real-estate']
    const homes = (household?.memberKeys ?? []).flatMap((key) =>
      ground.evidence
        .of('real-estate', key)
        .filter((r) => r.use === 'home' && r.state === 'current')
        .map((r) => r.unitKey),
    )
    if (!covered || new Set(homes).size !== 1 || age(ground, person) < 20) return undefined
    const unitKey = `99${person.place.county.slice(2, 6)}090090GB${person.key.slice(-5)}F00090001`
    const registeredOn = thisMonth(ground)
    return rowAbout<'real-estate'>(person, {
      unitKey,
      use: 'home',
      state: 'current',
      registeredOn,
      areaSquareCentimetres: 902_500,
    })
  }),
  source('business', 'registered-business', (ground, person) =>
    working(ground, person)
      ? rowAbout<'business'>(person, {
          entityKey: `9299${person.place.county.slice(2, 6)}MAZ${person.key.slice(-6)}X`,
          kind: 'individual',
          role: 'legal-representative',
          state: 'active',
          startedOn: thisMonth(ground),
        })
      : undefined,
  ),
  source('insurance-payments', 'insurance-started', (ground, person) =>
    working(ground, person) && person.declared.workStatus === 'none'
      ? rowAbout<'insurance-payments'>(person, {
          insurance: '110',
          period: ground.scene.month,
          paidFlag: 'paid',
          baseFen: 430_000,
          employer: true,
          amountFen: 34_400,
        })
      : undefined,
  ),
  source('pensions', 'pension-started', (ground, person) =>
    age(ground, person) >= 60 && person.declared.pension !== true
      ? rowAbout<'pensions'>(person, {
          kind: '170',
          period: ground.scene.month,
          amountFen: 17_550,
          state: 'normal',
        })
      : undefined,
  ),
  source('hospital-bills', 'medical-spending', (ground, person) => {
    const yearly = householdOf(ground, person)?.annualIncomeFen
    if (yearly === undefined || categoryIn(ground, person, 'tekun')) return undefined
    const own = yearly + 100_000
    return rowAbout<'hospital-bills'>(person, {
      settlementKey: `9999G9${person.key.slice(1)}000001`,
      startedOn: thisMonth(ground),
      settledOn: ground.scene.today,
      inScopeFen: own + 1_200_000,
      fundFen: 1_200_000,
      totalFen: own + 1_500_000,
      ownCashFen: own + 300_000,
      refund: false,
    })
  }),
  source('housing-fund', 'income-fell', (ground, person) => {
    const yearly = householdOf(ground, person)?.annualIncomeFen
    if (yearly === undefined || !working(ground, person)) return undefined
    return rowAbout<'housing-fund'>(person, {
      baseFen: Math.max(300_000, Math.ceil(yearly / 40)),
      state: 'sealed',
      lastPaidMonth: ground.scene.months[5] as string,
      balanceFen: 1_200_000,
    })
  }),
  source('moves', 'member-changed', (ground, person) =>
    ground.evidence.movesUnder(person.key).length > 0 || age(ground, person) < 4
      ? undefined
      : rowAbout<'moves'>(person, { direction: 'out', movedOn: thisMonth(ground), reversed: false }),
  ),
  source('disability', 'disabled-uncovered', (ground, person) => {
    if (
      age(ground, person) < 4 ||
      person.singlePersonDibao ||
      !categoryIn(ground, person, 'rigidExpenditure', 'otherHardship')
    ) {
      return undefined
    }
    const issuedOn = thisMonth(ground)
    const expiresOn = plusDays(issuedOn, 3653)
    return rowAbout<'disability'>(person, { class: '4', grade: '2', state: 'valid', issuedOn, expiresOn })
  }),
  source('unemployment', 'unemployed-uncovered', (ground, person) =>
    working(ground, person) && categoryIn(ground, person, 'rigidExpenditure', 'otherHardship')
      ? rowAbout<'unemployment'>(person, { registeredOn: thisMonth(ground), state: 'active' })
      : undefined,
  ),
]

export const leadSources: readonly Source<Person>[] = [
  source('students', 'student-outside', (_, person) =>
    person.stage === undefined
      ? undefined
      : rowAbout<'students'>(person, {
          school: `${person.place.townshipName}中心小学`,
          stage: person.stage,
          boarding: false,
          hardship: 'special',
        }),
  ),
  source('return-poverty', 'return-poverty-outside', (ground, person) =>
    rowAbout<'return-poverty'>(person, {
      householdKey: `998${person.key.slice(1).padStart(9, '0')}`,
      category: 'edge',
      riskCleared: false,
      identifiedOn: ground.scene.month,
      annualIncomeFen: 2_100_000,
    }),
  ),
]
