import type { CaseFile, CaseLine } from '../adjudication/contract.ts'
import type { ChainReply } from '../chain/contract.ts'
import type { FactView } from '../facts/contract.ts'
import type { HouseholdFile } from '../household/contract.ts'
import type { LeadFile } from '../leads/contract.ts'
import type { FoundPerson } from '../people/contract.ts'

// What a server would answer, for the browser test.

export const ids = {
  household: '0197a000-0000-7000-8000-000000000010',
  head: '0197a000-0000-7000-8000-000000000011',
  child: '0197a000-0000-7000-8000-000000000012',
  lead: '0197a000-0000-7000-8000-000000000020',
  case: '0197a000-0000-7000-8000-000000000030',
  next: '0197a000-0000-7000-8000-000000000031',
  feed: '0197a000-0000-7000-8000-000000000040',
  statement: '0197a000-0000-7000-8000-000000000060',
}

export const foundPerson: FoundPerson = {
  id: ids.head,
  household: { id: ids.household, number: 'H2901000123', category: 'dibao' },
  name: '杨*英',
  number: '**************0022',
  sex: 'female',
  age: 70,
  relation: 'head',
  place: '大理市下关街道文献社区',
}

const aFact = (fact: Partial<FactView> & Pick<FactView, 'kind' | 'value'>): FactView => ({
  id: `0197a000-0000-7000-8000-0000000001${String(fact.kind.length).padStart(2, '0')}`,
  subjectKind: 'household',
  subjectId: ids.household,
  provenance: 'declared',
  validFrom: '2025-03-01',
  validUntil: null,
  recordedAt: '2025-03-02T01:00:00.000Z',
  usable: true,
  collector: null,
  own: false,
  checker: null,
  feed: null,
  ...fact,
})

const ofHead = { subjectKind: 'person', subjectId: ids.head } as const

export const waitingFact = aFact({
  id: '0197a000-0000-7000-8000-000000000199',
  kind: 'homes',
  value: 2,
  provenance: 'visited',
  validFrom: '2026-06-10',
  usable: false,
  collector: '李文',
})

export const householdFile: HouseholdFile = {
  id: ids.household,
  number: 'H2901000123',
  place: '大理市下关街道文献社区',
  regionCode: '532901001001',
  address: '文献路 12 号 3 组',
  areaType: 'urban',
  registeredOn: '2024-05-01',
  endedOn: null,
  headPersonId: ids.head,
  categories: [
    { category: 'dibao', validFrom: '2024-05-01', validUntil: null },
    { category: 'dibaoMargin', validFrom: '2022-01-01', validUntil: '2024-05-01' },
  ],
  needs: [
    {
      id: '0197a000-0000-7000-8000-000000000070',
      label: 'medical',
      validFrom: '2024-05-01',
      validUntil: null,
    },
  ],
  members: [
    {
      id: ids.head,
      name: '杨秀英',
      sex: 'female',
      birthDate: '1956-03-12',
      age: 70,
      relation: 'head',
      number: '**************0022',
      joinedOn: '2024-05-01',
      leftOn: null,
      categories: [],
      tags: [
        {
          id: '0197a000-0000-7000-8000-000000000071',
          label: 'elder',
          validFrom: '2024-05-01',
          validUntil: null,
        },
        {
          id: '0197a000-0000-7000-8000-000000000072',
          label: 'ill',
          validFrom: '2024-05-01',
          validUntil: null,
        },
      ],
    },
    {
      id: ids.child,
      name: '帕提古丽·阿卜杜克热木',
      sex: 'female',
      birthDate: '2014-09-01',
      age: 11,
      relation: 'grandchild',
      number: null,
      joinedOn: '2024-05-01',
      leftOn: null,
      categories: [{ category: 'singlePersonDibao', validFrom: '2025-01-01', validUntil: null }],
      tags: [
        {
          id: '0197a000-0000-7000-8000-000000000073',
          label: 'minor',
          validFrom: '2024-05-01',
          validUntil: null,
        },
      ],
    },
  ],
  facts: [
    aFact({ kind: 'annualIncomeFen', value: 960_000 }),
    aFact({
      id: '0197a000-0000-7000-8000-000000000150',
      kind: 'annualIncomeFen',
      value: 1_820_050,
      provenance: 'compared',
      validFrom: '2026-05-01',
      feed: { id: ids.feed, kind: 'pensions', period: '2026-05', row: 1207 },
    }),
    aFact({
      id: '0197a000-0000-7000-8000-000000000151',
      kind: 'annualIncomeFen',
      value: 720_000,
      validFrom: '2023-01-01',
      validUntil: '2025-03-01',
    }),
    aFact({ kind: 'monthlyBenefitFen', value: 68_000 }),
    aFact({ kind: 'nextReviewOn', value: '2026-11-30' }),
    waitingFact,
    aFact({ ...ofHead, kind: 'illness', value: 'serious' }),
    aFact({ ...ofHead, kind: 'workStatus', value: 'retired' }),
    aFact({
      ...ofHead,
      kind: 'disability',
      value: { class: 4, grade: 2, expiresOn: '2030-01-01' },
      collector: '李文',
      checker: '段丽华',
    }),
    aFact({ ...ofHead, kind: 'careAgreement', value: null }),
    aFact({ subjectKind: 'person', subjectId: ids.child, kind: 'schooling', value: 'primary' }),
  ],
  statements: [
    {
      id: ids.statement,
      subjectId: ids.head,
      feed: 'disability',
      says: { class: '4', grade: '3', state: 'valid', issuedOn: '2019-04-02', expiresOn: '2029-04-02' },
      validFrom: '2019-04-02',
      validUntil: null,
      knownFrom: '2026-06-02T01:00:00.000Z',
      knownUntil: null,
      source: {
        fileName: '残疾人证.xlsx',
        period: '2026-05',
        row: 318,
        receivedAt: '2026-06-02T00:00:00.000Z',
        takenBack: false,
      },
    },
    ...[3, 4, 5].map((month) => ({
      id: `0197a000-0000-7000-8000-00000000006${month}`,
      subjectId: ids.head,
      feed: 'pensions',
      says: { kind: '170', amountFen: 12_000 + month * 500, state: 'normal' },
      validFrom: `2026-0${month}-01`,
      validUntil: `2026-0${month + 1}-01`,
      knownFrom: '2026-06-02T01:00:00.000Z',
      knownUntil: month === 3 ? '2026-06-09T01:00:00.000Z' : null,
      source: {
        fileName: '养老待遇.csv',
        period: `2026-0${month}`,
        row: 1207,
        receivedAt: '2026-06-02T00:00:00.000Z',
        takenBack: month === 3,
      },
    })),
  ],
  contradictions: [{ subjectId: ids.head, kind: 'disability', statementIds: [ids.statement] }],
  completeness: {
    percent: 61,
    expected: 13,
    missing: [
      { subjectId: ids.household, kind: 'depositsFen' },
      { subjectId: ids.head, kind: 'monthlyIncomeFen' },
      { subjectId: ids.child, kind: 'illness' },
    ],
  },
  version: 1,
}

const relative = (at: number): HouseholdFile['members'][number] => ({
  id: `0197a000-0000-7000-8000-0000000008${String(at).padStart(2, '0')}`,
  name: at === 2 ? '𬍛' : at === 3 ? null : `杨家第${at}`,
  sex: at === 3 ? null : at % 2 ? 'male' : 'female',
  birthDate: at === 3 ? null : `19${60 + at}-01-01`,
  age: at === 3 ? null : 66 - at,
  relation: 'other',
  number: at === 3 ? null : `**************00${10 + at}`,
  joinedOn: '2024-05-01',
  leftOn: null,
  categories: [],
  tags: [],
})

/** Fourteen people: one with a name of one rare character, one of whom neither name nor number nor age is known. */
export const largeHousehold: HouseholdFile = {
  ...householdFile,
  members: [...householdFile.members, ...Array.from({ length: 12 }, (_, at) => relative(at + 1))],
  facts: [
    ...householdFile.facts,
    aFact({ ...ofHead, id: relative(3).id, subjectId: relative(3).id, kind: 'illness', value: null }),
  ],
}

/** The rare name as a search shows it, and the person of whom nothing is known. */
export const rarePeople: readonly FoundPerson[] = [
  { ...foundPerson, id: relative(2).id, name: '*', relation: 'other' },
  { ...foundPerson, id: relative(3).id, name: null, number: null, sex: null, age: null, relation: 'other' },
]

const entry = (seq: number, room: string, zh: string, businessDate: string, by: string | null) => ({
  seq,
  id: `0197a000-0000-7000-8000-0000000005${seq}`,
  at: `${businessDate}T02:00:00.000Z`,
  businessDate,
  kind: `${room}.something`,
  room,
  text: { zh, en: 'something happened' },
  link: room === 'monitoring' ? '/alerts/1' : null,
  by,
})

export const chain: ChainReply = {
  entries: [
    entry(14, 'registry', '登记“住房套数”（入户走访），待复核', '2026-06-10', '李文'),
    entry(13, 'monitoring', '产生橙色预警：名下新增第二套住房', '2026-06-02', null),
    entry(12, 'registry', '“残疾”复核通过', '2025-03-02', '段丽华'),
    entry(11, 'registry', '登记入库：户编号 H2901000123，低保，2 人', '2024-05-01', null),
  ],
  next: null,
  rooms: ['monitoring', 'registry'],
}

export const lead: LeadFile = {
  id: ids.lead,
  name: '段晓雪',
  birthDate: '2009-09-01',
  age: 16,
  number: '**************0015',
  place: '大理市太邑彝族乡桃树村',
  feedKinds: ['return-poverty', 'students'],
  firstSeenAt: '2026-06-02T01:00:00.000Z',
  status: 'open',
  firstFeed: { id: ids.feed, kind: 'students', period: '2026-05' },
  version: 1,
}

export const caseLine: CaseLine = {
  id: ids.case,
  feedKind: 'disability',
  role: 'self',
  name: '杨*英',
  place: '大理市下关街道文献社区',
  candidates: 2,
  bestScore: 95,
  status: 'open',
  createdAt: '2026-06-02T01:00:00.000Z',
  decidedAt: null,
  decidedBy: null,
}

const candidate = (
  at: number,
  name: string,
  nameAgrees: 'same' | 'similar',
): CaseFile['candidates'][number] => ({
  personId: at === 0 ? ids.head : ids.child,
  visible: true,
  household: { id: ids.household, number: `H290100012${at}` },
  relation: 'head',
  score: 95 - 25 * at,
  reasons: [
    { field: 'name', agrees: at === 0 ? 'exact' : 'homophone', weight: at === 0 ? 15.2 : 9.8 },
    { field: 'birth-date', agrees: 'exact', weight: 14.5 },
    { field: 'region', agrees: 'county', weight: 0.3 },
    { field: 'number', agrees: at === 0 ? 'one-in-ending' : 'far', weight: at === 0 ? 8.6 : -5.1 },
  ],
  vetoes: at === 0 ? [] : ['sex-differs'],
  identity: {
    name,
    number: '9929**********0022',
    birthDate: '1956-03-12',
    sex: 'female',
    place: '大理市下关街道文献社区',
  },
  agreement: { name: nameAgrees, number: 'missing', birthDate: 'same', sex: 'same', place: 'same' },
})

export const caseFile: CaseFile = {
  id: ids.case,
  status: 'open',
  feed: {
    id: ids.feed,
    kind: 'disability',
    period: '2026-05',
    fileName: '残疾人证.xlsx',
    row: 318,
    role: 'self',
  },
  row: { name: '杨秀英', number: null, birthDate: '1956-03-12', sex: 'female', place: '大理市下关街道' },
  candidates: [candidate(0, '杨秀英', 'same'), candidate(1, '杨秀瑛', 'similar')],
  personId: null,
  decidedBy: null,
  decidedAt: null,
  mayUndo: false,
  nextId: ids.next,
  version: 3,
}

/** The same with a candidate whom the reader may not see. */
export const caseWithOutsider: CaseFile = {
  ...caseFile,
  candidates: [
    ...caseFile.candidates,
    {
      ...candidate(2, '', 'similar'),
      personId: ids.lead,
      visible: false,
      household: null,
      relation: null,
      identity: null,
      agreement: null,
    },
  ],
}
