import type { Category } from '../categories.ts'

/** How a fact became known: told by the applicant, seen on a visit, or compared with a department. */
export const provenances = ['declared', 'visited', 'compared'] as const
export type Provenance = (typeof provenances)[number]

export type FactType = 'money' | 'count' | 'flag' | 'code' | 'date' | 'disability' | 'agreement'
export type SubjectKind = 'person' | 'household'

export interface CodeLabel {
  readonly code: string
  readonly zh: string
  readonly en: string
}

/** What decides whether a fact is expected of somebody. Undefined means nobody knows. */
export interface About {
  readonly age: number | undefined
  /** The household's category in force. */
  readonly category: Category | undefined
}

/** One kind of fact: whose it is, what its value looks like, and of whom it is expected. */
export interface FactDefinition {
  readonly subject: SubjectKind
  readonly type: FactType
  /** Whole fen per year or month, or pieces; absent where the type says all. */
  readonly unit?: 'fen-per-year' | 'fen-per-month' | 'fen' | 'count'
  readonly label: { readonly zh: string; readonly en: string }
  readonly codes?: readonly CodeLabel[]
  /** Whether JSON null, "known to be absent", is a value. */
  readonly mayBeAbsent: boolean
  readonly provenances: readonly Provenance[]
  /** Whether a complete file holds it (share of expected facts known = completeness). */
  readonly isExpectedOf: (about: About) => boolean
}

const codes = (...triples: readonly (readonly [string, string, string])[]): readonly CodeLabel[] =>
  triples.map(([code, zh, en]) => ({ code, zh, en }))

const always = (): boolean => true
const never = (): boolean => false
// Of somebody whose age nobody knows, everything an adult is asked is expected.
const fromAge =
  (years: number) =>
  ({ age }: About): boolean =>
    age === undefined || age >= years

const told: readonly Provenance[] = ['declared', 'visited']
const anyWay: readonly Provenance[] = provenances

const yearly = (zh: string, en: string): FactDefinition => ({
  subject: 'household',
  type: 'money',
  unit: 'fen-per-year',
  label: { zh, en },
  mayBeAbsent: false,
  provenances: anyWay,
  isExpectedOf: always,
})

const counted = (zh: string, en: string, isExpectedOf: (about: About) => boolean): FactDefinition => ({
  subject: 'household',
  type: 'count',
  unit: 'count',
  label: { zh, en },
  mayBeAbsent: false,
  provenances: anyWay,
  isExpectedOf,
})

const householdFacts = {
  annualIncomeFen: yearly('家庭年收入', 'yearly household income'),
  annualExpenditureFen: yearly('家庭年支出', 'yearly household expenditure'),
  depositsFen: { ...yearly('金融资产（存款）', 'deposits'), unit: 'fen' },
  homes: counted('住房套数', 'homes', always),
  vehicles: counted('机动车数', 'vehicles', always),
  supporters: counted('赡养、抚养、扶养义务人数', 'supporters who live elsewhere', never),
  monthlyBenefitFen: {
    ...yearly('月救助金', 'monthly benefit'),
    unit: 'fen-per-month',
    isExpectedOf: never,
  },
  nextReviewOn: {
    subject: 'household',
    type: 'date',
    label: { zh: '下次定期核查日期', en: 'next periodic review' },
    mayBeAbsent: true,
    provenances: told,
    isExpectedOf: never,
  },
} as const satisfies Readonly<Record<string, FactDefinition>>

const personFacts = {
  workStatus: {
    subject: 'person',
    type: 'code',
    label: { zh: '就业状况', en: 'work status' },
    codes: codes(
      ['none', '无业', 'no work'],
      ['employed', '就业', 'employed'],
      ['flexible', '灵活就业', 'flexible work'],
      ['farming', '务农', 'farming'],
      ['student', '在校', 'student'],
      ['retired', '退休', 'retired'],
    ),
    mayBeAbsent: false,
    provenances: told,
    isExpectedOf: fromAge(16),
  },
  monthlyIncomeFen: {
    subject: 'person',
    type: 'money',
    unit: 'fen-per-month',
    label: { zh: '月收入', en: 'monthly income' },
    mayBeAbsent: false,
    provenances: anyWay,
    isExpectedOf: fromAge(16),
  },
  pensionDeclared: {
    subject: 'person',
    type: 'flag',
    label: { zh: '已申报养老金', en: 'pension declared' },
    mayBeAbsent: false,
    provenances: told,
    isExpectedOf: fromAge(60),
  },
  disability: {
    subject: 'person',
    type: 'disability',
    label: { zh: '残疾', en: 'disability' },
    mayBeAbsent: true,
    provenances: anyWay,
    isExpectedOf: always,
  },
  illness: {
    subject: 'person',
    type: 'code',
    label: { zh: '患病情况', en: 'illness' },
    codes: codes(['serious', '重病', 'serious illness'], ['chronic', '慢性病', 'chronic illness']),
    mayBeAbsent: true,
    provenances: anyWay,
    isExpectedOf: always,
  },
  schooling: {
    subject: 'person',
    type: 'code',
    label: { zh: '就学阶段', en: 'schooling' },
    codes: codes(
      ['kindergarten', '学前', 'kindergarten'],
      ['primary', '小学', 'primary school'],
      ['junior', '初中', 'junior middle school'],
      ['senior', '高中', 'senior middle school'],
      ['vocational', '中职', 'vocational school'],
      ['university', '大专及以上', 'university'],
    ),
    mayBeAbsent: true,
    provenances: anyWay,
    isExpectedOf: ({ age }) => age !== undefined && age >= 3 && age < 23,
  },
  careAgreement: {
    subject: 'person',
    type: 'agreement',
    label: { zh: '照料服务协议', en: 'care agreement' },
    mayBeAbsent: true,
    provenances: told,
    isExpectedOf: ({ category }) => category === 'tekun',
  },
} as const satisfies Readonly<Record<string, FactDefinition>>

const allFacts = { ...householdFacts, ...personFacts }

export type FactKind = keyof typeof allFacts

/** Every kind of fact the registry keeps, by its id: the one list that forms, checks, pages and scans go by. */
export const factCatalogue: Readonly<Record<FactKind, FactDefinition>> = allFacts

export const factKinds = Object.keys(allFacts) as readonly FactKind[]

export const isFactKind = (text: string): text is FactKind => Object.hasOwn(allFacts, text)
