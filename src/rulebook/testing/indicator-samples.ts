const both = (zh: string) => ({ zh, en: zh })
const region = { code: '532901000000', name: '大理市' }
const places = [region, { code: '532901001000', name: '下关街道' }]
const plain = {
  text: '以下都成立',
  parts: [
    { text: '现势住宅套数不少于住宅套数界限（2）', parts: [] },
    { text: '救助类别不是特困人员', parts: [] },
  ],
}

const line = {
  id: 'second-home',
  version: 'second-home',
  name: both('两套以上住房'),
  grade: 'orange',
  entity: both('家庭'),
  owner: both('自然资源'),
  route: 4,
  inForce: true,
  from: '2026-01-01',
  local: null,
  versions: 2,
  openProposals: 1,
}

export const indicators = {
  on: '2026-06-15',
  region,
  places,
  indicators: [
    line,
    { ...line, id: 'member-died', name: both('家庭成员死亡'), grade: 'red', openProposals: 0 },
    {
      ...line,
      ...{
        id: 'own-0a1b2c3d',
        name: both('收入骤减（本地）'),
        grade: 'yellow',
        local: region,
        inForce: false,
      },
    },
  ],
}

const differs = [
  { field: 'when', before: both('homeUnits >= parameters.secondHomeUnits'), after: both('homeUnits >= 3') },
  { field: 'route', before: both('4'), after: both('2') },
]

const id = '0197a000-0000-7000-8000-000000000001'

export const indicator = {
  id: 'second-home',
  name: both('三套以上住房'),
  versions: [
    {
      key: 'second-home-v4',
      number: 4,
      proposalId: id,
      from: '2026-07-01',
      until: null,
      region,
      state: 'scheduled',
      written: 'homeUnits >= 3',
      plain,
      sources: [{ title: both('最低生活保障审核确认办法'), number: '民发〔2021〕57号', clause: '第十四条' }],
      differs,
      differsFrom: 'second-home',
    },
    {
      key: 'second-home',
      number: null,
      proposalId: null,
      from: '2026-01-01',
      until: null,
      region: null,
      state: 'inForce',
      written: 'homeUnits >= parameters.secondHomeUnits',
      plain,
      sources: [{ title: both('实施方案'), number: null, clause: '二（四）' }],
      differs: [],
      differsFrom: null,
    },
  ],
}

const fact = (name: string, label: string, of: 'self' | 'member', type: string, codes: object[] = []) => ({
  ...{ name, label: both(label), of, type, codes, mayBeUnknown: true, mayBeAbsent: of === 'member' },
  unit: type === 'number' ? 'count' : null,
})

const caseOf = (name: string, value: number | 'unknown', expect: string) => ({
  ...{ name, today: '2026-06-15', members: 0, expect },
  facts: [{ of: 0, fact: 'homeUnits', value }],
})

const change = {
  basedOn: 'second-home',
  isNew: false,
  region: region.code,
  from: null,
  until: null,
  name: { zh: '两套以上住房', en: 'Two or more homes' },
  grade: 'orange',
  owner: 'resources',
  route: 4,
  period: 'year',
  values: [],
  when: 'homeUnits >= parameters.secondHomeUnits',
  sentence: { zh: '家庭名下现有住宅{homeUnits}套。', en: 'The household owns {homeUnits} homes.' },
  source: null,
  clause: '',
  cases: [
    caseOf('一套', 1, 'holdsNot'),
    caseOf('两套', 2, 'holds'),
    caseOf('三套', 3, 'holds'),
    caseOf('没有数据', 'unknown', 'open'),
  ],
  note: null,
}

export const basis = {
  id: 'second-home',
  change,
  entity: both('家庭'),
  member: both('家庭成员'),
  facts: [
    fact('homeUnits', '现势住宅套数', 'self', 'number'),
    fact('category', '救助类别', 'self', 'code', [
      { code: 'dibao', label: both('低保') },
      { code: 'tekun', label: both('特困人员') },
    ]),
    fact('diedOn', '死亡日期', 'member', 'date'),
  ],
  parameters: [{ name: 'secondHomeUnits', label: both('住宅套数界限'), value: both('2') }],
  owners: [
    { code: 'resources', name: both('自然资源') },
    { code: 'police', name: both('公安') },
  ],
  places,
  documents: [
    { document: 'dibao-2021-57', title: both('最低生活保障审核确认办法'), number: '民发〔2021〕57号' },
  ],
  today: '2026-06-15',
}

const at = (field: string, text: string, more: object = {}) => ({
  ...{ field, at: null, line: null, case: null },
  ...more,
  text: both(text),
})

export const unsoundVersion = {
  isSound: false,
  findings: [
    at('when', '没有名为“homes”的事实、参数或函数', { line: 1 }),
    at('from', '请填写生效日'),
    at('cases', '应为“成立”，现在是“不成立”', { case: 2 }),
  ],
  plain: null,
  feeds: [],
  cases: { total: 4, passed: 3 },
}

/** What the check says of a version as the editor begins with it. */
export const unfilledVersion = {
  ...unsoundVersion,
  findings: [at('from', '请填写生效日'), at('source', '请填写依据的文件'), at('clause', '请填写条款')],
  plain,
}

export const soundVersion = {
  isSound: true,
  findings: [],
  plain,
  feeds: ['不动产登记'],
  cases: { total: 4, passed: 4 },
}

const counted = { before: 120, after: 31, newly: 0, noLonger: 89 }
export const indicatorTrial = {
  trial: {
    on: '2026-06-14',
    subjects: 1824,
    ...counted,
    open: 12,
    counties: [{ ...region, ...counted }],
    examples: [{ kind: 'noLonger', place: '大理市下关街道', sentence: both('家庭名下现有住宅2套。') }],
  },
}

const proposal = {
  id,
  number: 4,
  indicator: 'second-home',
  name: both('三套以上住房'),
  isNew: false,
  from: '2026-07-01',
  until: null,
  region,
  state: 'open',
  proposedBy: { id: '0197a000-0000-7000-8000-0000000000aa', name: '张某' },
  proposedAt: '2026-06-15T01:00:00.000Z',
  decidedBy: null,
  decidedAt: null,
  reason: null,
}

export const indicatorProposals = { items: [proposal], next: null }

export const indicatorFile = {
  proposal,
  change: {
    ...change,
    when: 'homeUnits >= 3',
    from: '2026-07-01',
    source: { document: 'dibao-2021-57' },
    clause: '第十四条',
  },
  source: { title: '最低生活保障审核确认办法', number: '民发〔2021〕57号', clause: '第十四条' },
  differs,
  checked: soundVersion,
  may: { release: true, decline: true, withdraw: false },
  isOwn: false,
}
