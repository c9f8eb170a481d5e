import { addMonths, type BusinessDate } from '#base'
import {
  type GivenFacts,
  missingText,
  type PackInForce,
  programmeDecider,
  rootEntity,
  subjectReported,
} from '#policy'
import type { Cliff, CliffChart, SimulationQuestion, TypicalHousehold } from './contract.ts'
import { type Packs, sidesOn } from './plan.ts'
import { countedProgrammes } from './slice.ts'

const mostPoints = 1001

interface Position {
  readonly benefitFen: number | null
  readonly netFen: number | null
  /** The programmes that pay, with their money. */
  readonly paid: ReadonlyMap<string, number>
}

interface Drawn {
  readonly positions: readonly Position[]
  readonly missing: ReadonlySet<string>
}

/** Net position against income for a typical household, before and after; every fact not said is as usual. */
export const chartOf = (
  packs: Packs,
  { changes, on, region }: SimulationQuestion,
  typical: TypicalHousehold,
): CliffChart => {
  const { before, after } = sidesOn(packs, changes, on as BusinessDate, region)
  const count = Math.min(mostPoints, Math.floor(typical.upToFen / typical.stepFen) + 1)
  const incomes = Array.from({ length: count }, (_, at) => at * typical.stepFen)
  const [first, second] = [before, after].map((force) => draw(force, typical, incomes)) as [Drawn, Drawn]
  const shown = ({ benefitFen, netFen }: Position) => ({ benefitFen, netFen })
  const none: Position = { benefitFen: null, netFen: null, paid: new Map() }
  return {
    points: incomes.map((incomeFen, at) => ({
      incomeFen,
      before: shown(first.positions[at] ?? none),
      after: shown(second.positions[at] ?? none),
    })),
    cliffs: { before: cliffsIn(incomes, first.positions), after: cliffsIn(incomes, second.positions) },
    missing: [...new Set([...first.missing, ...second.missing])].toSorted().map((name) => ({
      zh: missingText(after.pack, name, 'zh-CN'),
      en: missingText(after.pack, name, 'en'),
    })),
  }
}

const draw = (force: PackInForce, typical: TypicalHousehold, incomes: readonly number[]): Drawn => {
  const monthly = countedProgrammes(force, 'monthly').filter(({ amount }) => amount)
  const decide = programmeDecider({ ...force, programmes: monthly })
  const missing = new Set<string>()
  const positions = incomes.map((incomeFen): Position => {
    const subject = subjectReported(
      force.pack,
      rootEntity(force.pack),
      'typical',
      householdWith(typical, force.on, incomeFen),
      'usual',
    )
    const paid = new Map<string, number>()
    let isOpen = false
    for (const { programme, outcome, amount } of decide(rootEntity(force.pack), subject)) {
      if (outcome.outcome === 'unknown') {
        for (const name of outcome.missing) missing.add(name)
        isOpen = true
      } else if (outcome.value) {
        if (typeof amount === 'number') paid.set(programme, (paid.get(programme) ?? 0) + amount)
        else {
          if (amount !== null && typeof amount === 'object' && 'missing' in amount)
            for (const name of amount.missing) missing.add(name)
          isOpen = true
        }
      }
    }
    const benefitFen = isOpen ? null : [...paid.values()].reduce((sum, one) => sum + one, 0)
    return { benefitFen, netFen: benefitFen === null ? null : incomeFen + benefitFen, paid }
  })
  return { positions, missing }
}

// Adults of forty and children of ten: of no age at which a rule asks.
const adultMonths = 40 * 12
const childMonths = 10 * 12

const householdWith = (
  { residence, adults, children, disabilityGrade }: TypicalHousehold,
  on: BusinessDate,
  incomeFen: number,
): GivenFacts => {
  const share = Math.floor(incomeFen / adults)
  const adult = (at: number): GivenFacts => ({
    relation: at === 0 ? 'applicant' : at === 1 ? 'spouse' : 'parent',
    bornOn: addMonths(on, -adultMonths),
    workStatus: 'employed',
    statutoryDuty: true,
    livesTogether: true,
    disabilityGrade,
    ...(disabilityGrade === 'none' ? {} : { disabilityKind: 'physical' }),
    // What does not divide is the applicant's.
    wageFen: share + (at === 0 ? incomeFen - share * adults : 0),
  })
  const child: GivenFacts = {
    relation: 'child',
    bornOn: addMonths(on, -childMonths),
    workStatus: 'student',
    studyLevel: 'compulsory',
    fullTimeStudent: true,
    statutoryDuty: true,
    livesTogether: true,
  }
  return {
    residence,
    members: [
      ...Array.from({ length: adults }, (_, at) => adult(at)),
      ...Array.from({ length: children }, () => child),
    ],
  }
}

/** Every step over which the net position falls; neighbouring steps make one cliff. */
const cliffsIn = (incomes: readonly number[], positions: readonly Position[]): Cliff[] => {
  const found: { from: number; to: number }[] = []
  for (let at = 1; at < positions.length; at += 1) {
    const [before, after] = [positions[at - 1]?.netFen, positions[at]?.netFen]
    if (before === null || before === undefined || after === null || after === undefined || after >= before)
      continue
    const last = found.at(-1)
    if (last?.to === at - 1) last.to = at
    else found.push({ from: at - 1, to: at })
  }
  return found.map(({ from, to }) => {
    const [upper, lower] = [positions[from], positions[to]]
    const programmes = [...(upper?.paid ?? [])].filter(([id, fen]) => (lower?.paid.get(id) ?? 0) < fen)
    return {
      fromIncomeFen: incomes[from] ?? 0,
      toIncomeFen: incomes[to] ?? 0,
      fallFen: (upper?.netFen ?? 0) - (lower?.netFen ?? 0),
      programmes: programmes.map(([id]) => id),
    }
  })
}
