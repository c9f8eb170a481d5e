import { type FactEntry, type Pack, usualOf } from '#policy'
import { type AssumptionId, assumptionIds } from './contract.ts'

type Scalar = string | number | boolean | null

/** What an assumption is called and says. */
interface AssumptionText {
  readonly name: { readonly zh: string; readonly en: string }
  readonly says: { readonly zh: string; readonly en: string }
}

/** Each assumption in words: it stands in every report, switched on or off. */
export const assumptionTexts: Readonly<Record<AssumptionId, AssumptionText>> = {
  incomeAsWage: {
    name: { zh: '申报的个人月收入', en: 'Declared monthly income' },
    says: {
      zh: '家庭每名年满16周岁的成员都登记了月收入时，就业、灵活就业和就业状况不明者的月收入按工资计，其他人的按其他收入计；16周岁以下未登记的按没有收入计。',
      en: 'Where every member of 16 and over has a declared monthly income, it counts as wage for those who work or whose work is not known, as other income for the rest; under 16, none declared means none.',
    },
  },
  householdIncomeToApplicant: {
    name: { zh: '申报的家庭年收入', en: 'Declared yearly income of the household' },
    says: {
      zh: '成员月收入登记不全而登记了家庭年收入时，家庭年收入全部计在申请人名下，不扣就业成本。',
      en: 'Where the members’ incomes are not complete and the household’s yearly income is declared, all of it counts as the applicant’s, without cost of work.',
    },
  },
  noOtherIncome: {
    name: { zh: '没有其他收入和扣减', en: 'No other income or deduction' },
    says: {
      zh: '没有登记的经营、财产、转移等收入按零计，没有登记的支出扣减按零计，不按劳动力系数推算收入。',
      en: 'Income from business, property or transfers that is not recorded counts as nothing, as do deductions; no income is imputed for ability to work.',
    },
  },
  propertyWithinLimits: {
    name: { zh: '财产符合规定', en: 'Property within the limits' },
    says: {
      zh: '没有核对结果的家庭财产和个人财产，按符合各项规定计。',
      en: 'Property that no information check has answered for counts as within every limit.',
    },
  },
  livesAsUsual: {
    name: { zh: '在册成员共同生活', en: 'Registered members live together' },
    says: {
      zh: '在册成员按长期共同居住、有法定义务关系、能独立生活计；没有在服刑、戒毒、被宣告失踪或者出家；没有登记就学阶段的按未在读计，在读的按全日制计；16周岁以下没有登记就业状况的按在校计。',
      en: 'Registered members live together, owe each other support and can live independently; none is in prison, in detoxification, declared missing or in orders; without a recorded school nobody studies, and who studies does so full-time; under 16 without a recorded work status is at school.',
    },
  },
  healthAsUsual: {
    name: { zh: '没有登记的残疾和重病', en: 'No unrecorded disability or illness' },
    says: {
      zh: '没有登记残疾的按没有残疾计，没有登记重病的按没有重病计。',
      en: 'Without a recorded disability there is none; without a recorded serious illness there is none.',
    },
  },
  othersAsUsual: {
    name: { zh: '其余事实按常情', en: 'Everything else as usual' },
    says: {
      zh: '规则还要问而登记中没有的其余事实，按事实字典所写的通常情形计；已认定的特困人员按没有其他有能力的义务人计，未认定的按有计，即本次模拟不新认定特困人员。',
      en: 'Other facts that rules ask and the registry lacks are as the fact dictionary calls usual; persons determined as tekun have no other able supporter, anybody else has one, so that no simulation determines new tekun persons.',
    },
  },
}

/** Facts of the dictionary that are frozen with a snapshot, or made from what is, for each entity. */
const frozenFacts: Readonly<Record<string, readonly string[]>> = {
  household: ['residence'],
  member: [
    ...['relation', 'bornOn', 'birthYear', 'tekunPerson', 'workStatus', 'disabilityGrade', 'disabilityKind'],
    ...[
      'studyLevel',
      'seriousIllness',
      'wageFen',
      'otherIncomeFen',
      'otherIncomeYearFen',
      'otherAbleSupporter',
    ],
    'inSinglePersonDibao',
    'recognisedAs',
  ],
}

/** Facts of the registry that snapshots of earlier versions do not hold: there they are as usual. */
const frozenLater = ['inSinglePersonDibao', 'recognisedAs']

/** The frozen facts of an entity, by what its snapshot holds. */
export const frozenIn = (entity: string, held: ReadonlySet<string>): readonly string[] =>
  (frozenFacts[entity] ?? []).filter((name) => !frozenLater.includes(name) || held.has(name))

const nothing = [
  ...['businessSalesYearFen', 'businessCostYearFen', 'businessDepreciationYearFen', 'businessTaxYearFen'],
  ...['propertyIncomeFen', 'pensionFen', 'basePensionFen', 'unemploymentBenefitFen', 'supportReceivedFen'],
  ...[
    'exemptableSupportFen',
    'exemptedSharePercent',
    'otherTransferFen',
    'transferPaidFen',
    'illnessCostFen',
  ],
]

const lives: Readonly<Record<string, Scalar>> = {
  canLiveIndependently: true,
  fullTimeStudent: true,
  statutoryDuty: true,
  livesTogether: true,
  imprisoned: false,
  compulsoryDetox: false,
  declaredMissing: false,
  clergyAwaySince: null,
}

// Whose parents are gone is found out for each child; no report may take a child for an orphan, or for none.
const neverAssumed = ['unlistedParentsGone']

/** Which assumption gives a fact that the registry does not record its value, and which; undefined where none does. */
const assumedFact = (
  name: string,
  entry: FactEntry,
): { readonly by: AssumptionId; readonly value: Scalar } | undefined => {
  if (neverAssumed.includes(name)) return undefined
  if (nothing.includes(name)) return { by: 'noOtherIncome', value: 0 }
  if (name === 'ableToWork' || name === 'hardToEmploy') return { by: 'noOtherIncome', value: false }
  if (/ropertyWithin[A-Z]\w*Limit$/u.test(name)) return { by: 'propertyWithinLimits', value: true }
  const value = lives[name]
  if (value !== undefined) return { by: 'livesAsUsual', value }
  return { by: 'othersAsUsual', value: usualOf(entry) as Scalar }
}

/** Whether a fact that rules read is only taken to be as usual: nobody has recorded it, and nothing else is said of it. */
export const isTakenAsUsual = (pack: Pick<Pack, 'facts'>, entity: string, name: string): boolean => {
  const entry = pack.facts[entity]?.[name]
  if (!entry?.unknown || frozenFacts[entity]?.includes(name)) return false
  return frozenFacts[entity] === undefined || assumedFact(name, entry)?.by === 'othersAsUsual'
}

/** The facts of an entity that are the same for everybody under these assumptions, and those that nobody knows. */
export const plainFacts = (
  pack: Pick<Pack, 'facts'>,
  entity: string,
  assumptions: ReadonlySet<AssumptionId>,
  held: ReadonlySet<string>,
): { readonly constants: ReadonlyMap<string, Scalar>; readonly unknown: readonly string[] } => {
  const constants = new Map<string, Scalar>()
  const unknown: string[] = []
  for (const [name, entry] of Object.entries(pack.facts[entity] ?? {})) {
    if (frozenIn(entity, held).includes(name)) continue
    const assumed = assumedFact(name, entry)
    if (assumed && (assumptions.has(assumed.by) || !entry.unknown)) constants.set(name, assumed.value)
    else unknown.push(name)
  }
  return { constants, unknown }
}

/** All of them: what a new question takes for granted. */
export const usualAssumptions: readonly AssumptionId[] = assumptionIds
