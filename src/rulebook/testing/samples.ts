const both = (zh: string) => ({ zh, en: zh })
const region = { code: '532901000000', name: '大理市' }
const places = [region, { code: '532901100000', name: '下关街道' }]
const source = {
  document: 'dibao-2021-57',
  title: both('最低生活保障审核确认办法'),
  number: '民发〔2021〕57号',
  clause: '第四条',
  says: both('共同生活的家庭成员人均收入低于当地低保标准'),
  status: 'in-force',
}
const when = { on: '2026-06-15', region }

export const library = {
  ...when,
  places,
  packs: [
    {
      id: 'demo',
      title: both('演示参数'),
      version: '0.1.0',
      hash: 'a1b2c3d4e5f60718'.repeat(4),
      isDemo: true,
      released: 1,
      layers: [
        { id: 'cn-national', title: both('国家社会救助规则'), version: '0.1.0' },
        { id: 'demo', title: both('演示参数'), version: '0.1.0' },
      ],
    },
  ],
  programmes: [
    { id: 'dibao', name: both('最低生活保障'), tier: 'basic', entity: both('家庭'), sources: [source] },
    { id: 'medical', name: both('医疗救助'), tier: 'special', entity: both('成员'), sources: [source] },
  ],
  indicators: [
    { id: 'new-vehicle', name: both('新增机动车'), grade: 'yellow', entity: both('家庭'), sources: [source] },
    { id: 'member-died', name: both('家庭成员死亡'), grade: 'red', entity: both('家庭'), sources: [source] },
  ],
  parameters: 42,
  openParameters: 7,
}

export const emptyLibrary = {
  ...library,
  packs: [],
  programmes: [],
  indicators: [],
  parameters: 0,
  openParameters: 0,
}

export const entry = {
  ...when,
  id: 'dibao',
  kind: 'programmes',
  pack: 'demo',
  name: both('最低生活保障'),
  entity: both('家庭'),
  mark: 'basic',
  inForce: true,
  sources: [source],
  note: null,
  sentence: both('家庭月收入〔家庭每月收入〕，标准〔适用的低保标准〕。'),
  rules: [
    {
      id: 'dibao',
      name: both('符合低保条件'),
      entity: both('家庭'),
      plain: {
        text: '同时满足：',
        parts: [
          { text: '家庭人均收入低于低保标准（现为700.00元）', parts: [] },
          { text: '满足下列之一：', parts: [{ text: '家庭财产符合低保规定', parts: [] }] },
        ],
      },
      written: 'incomeBelowDibao and\n  propertyWithinRule',
      sources: [source],
      checkedOn: '2026-06-01',
      note: null,
    },
  ],
  parameters: [
    { name: 'standardFen', label: both('城镇低保标准'), value: both('700.00元') },
    { name: 'openPercent', label: both('必要就业成本'), value: null },
  ],
}

const line = {
  name: 'standardFen',
  pack: 'demo',
  label: both('城镇低保标准（每人每月）'),
  value: both('700.00元'),
  from: '2024-01-01',
  region,
  source,
  layer: 'demo',
  isReleased: false,
  isDemo: true,
}
export const parameters = {
  ...when,
  places,
  parameters: [
    line,
    {
      ...line,
      name: 'openPercent',
      label: both('必要就业成本'),
      value: null,
      from: null,
      region: null,
      source: null,
      layer: null,
      isDemo: false,
    },
    {
      ...line,
      name: 'ratio',
      label: both('低保边缘收入界限'),
      value: both('150%'),
      isReleased: true,
      isDemo: false,
    },
  ],
}

export const parameter = {
  ...when,
  places,
  name: 'standardFen',
  pack: 'demo',
  label: both('城镇低保标准（每人每月）'),
  type: 'number',
  unit: 'fen',
  isList: false,
  low: 1,
  high: 10_000_000,
  options: [],
  floors: [{ name: 'floorFen', label: both('省定指导标准'), times: '13/10' }],
  values: [
    {
      value: both('720.00元'),
      from: '2026-01-01',
      until: null,
      region,
      layer: 'demo',
      isDemo: true,
      source,
      checkedOn: '2026-01-05',
      note: null,
      holds: true,
      release: {
        id: 'r1',
        number: 3,
        proposedBy: '段丽华',
        releasedBy: '杨国栋',
        releasedAt: '2026-01-05T02:00:00.000Z',
      },
    },
    {
      value: null,
      from: '2021-07-01',
      until: null,
      region: { code: '000000000000', name: '全国' },
      layer: 'cn-national',
      isDemo: false,
      source,
      checkedOn: '2026-01-05',
      note: both('由地方确定'),
      holds: false,
      release: null,
    },
  ],
  documents: [
    { document: 'dibao-2021-57', title: both('最低生活保障审核确认办法'), number: '民发〔2021〕57号' },
  ],
  usedBy: [{ kind: 'programmes', id: 'dibao', name: both('最低生活保障') }],
  openProposals: 1,
  today: '2026-06-15',
}

export const differences = {
  from: '2025-06-15',
  until: '2026-06-15',
  region,
  places,
  pack: 'demo',
  packs: [{ id: 'demo', title: both('演示参数') }],
  versions: [{ hash: 'ab'.repeat(32), version: '0.1.0', keptAt: '2026-06-01T02:00:00.000Z' }],
  differences: [
    {
      kind: 'parameter',
      change: 'changed',
      id: 'standardFen',
      name: both('城镇低保标准'),
      before: both('700.00元'),
      after: both('720.00元'),
      source,
    },
    {
      kind: 'rule',
      change: 'changed',
      id: 'dibao',
      name: both('符合低保条件'),
      before: both('a < b'),
      after: both('a < b and\n  c'),
      source,
    },
  ],
}

export const search = {
  hits: [
    {
      kind: 'programme',
      id: 'dibao',
      pack: 'demo',
      name: both('最低生活保障'),
      at: { kind: 'programmes', id: 'dibao' },
      about: both('民发〔2021〕57号 第四条'),
    },
    {
      kind: 'document',
      id: 'd',
      pack: 'demo',
      name: both('低保边缘认定办法'),
      at: null,
      about: both('民政部'),
    },
  ],
  hasMore: false,
}

const aCase = {
  id: 'C16',
  name: '三口之家，人均五百元',
  on: '2024-06-15',
  passed: true,
  answers: [
    {
      path: 'dibao',
      label: both('符合低保条件'),
      isMoney: false,
      expected: 'true',
      actual: 'true',
      passed: true,
    },
    {
      path: 'dibaoFen',
      label: both('月补差'),
      isMoney: true,
      expected: '60000',
      actual: '60000',
      passed: true,
    },
    {
      path: 'members[2].counted',
      label: both('计入成员'),
      isMoney: false,
      expected: 'unknown (relation)',
      actual: 'unknown (relation)',
      passed: true,
    },
  ],
  disputed: '部分地方按户籍计算',
  about: ['dibao'],
}
export const cases = {
  pack: 'cn-national',
  packs: [
    { id: 'cn-national', title: both('国家社会救助规则') },
    { id: 'demo', title: both('演示参数') },
  ],
  subjects: [{ id: 'dibao', name: both('最低生活保障') }],
  passed: 1,
  failed: 1,
  cases: [
    aCase,
    {
      ...aCase,
      id: 'C17',
      name: '人均正好等于标准',
      passed: false,
      disputed: null,
      answers: [
        {
          path: 'dibao',
          label: both('符合低保条件'),
          isMoney: false,
          expected: 'false',
          actual: 'true',
          passed: false,
        },
      ],
    },
  ],
}

const checkIds = ['value', 'floor', 'period', 'source', 'region', 'cases', 'rules']
export const soundCheck = {
  isSound: true,
  checks: checkIds.map((id) => ({ id, isSound: true, texts: [] as { zh: string; en: string }[] })),
  notices: [both('起始日 2026-01-01 早于今天 2026-06-15：已经作出的决定不会自动改变。')],
  before: both('700.00元'),
  after: both('760.00元'),
}
export const unsoundCheck = {
  ...soundCheck,
  isSound: false,
  checks: checkIds.map((id) =>
    id === 'floor'
      ? {
          id,
          isSound: false,
          texts: [both('“城镇低保标准”300.00元，低于下限：“省定指导标准”为640.00元，乘以 1。')],
        }
      : { id, isSound: true, texts: [] },
  ),
}

export const preview = {
  households: 20_000,
  gains: 312,
  loses: 0,
  changed: 4211,
  open: 96,
  monthlyBeforeFen: 412_345_600,
  monthlyAfterFen: 430_000_000,
  on: '2026-06-15',
}

const proposal = {
  id: '0197a000-0000-7000-8000-00000000000a',
  number: 4,
  pack: 'demo',
  parameter: 'standardFen',
  label: both('城镇低保标准（每人每月）'),
  value: both('760.00元'),
  from: '2026-07-01',
  until: null,
  region,
  state: 'open',
  proposedBy: { id: 'p1', name: '段丽华' },
  proposedAt: '2026-06-14T02:00:00.000Z',
  decidedBy: null as { id: string; name: string } | null,
  decidedAt: null as string | null,
  reason: null as string | null,
}
export const proposals = {
  items: [
    proposal,
    {
      ...proposal,
      id: '0197a000-0000-7000-8000-00000000000b',
      number: 3,
      state: 'declined',
      decidedBy: { id: 'p2', name: '杨国栋' },
      decidedAt: '2026-06-14T03:00:00.000Z',
      reason: '条款写错',
    },
  ],
  next: null,
}
export const proposalFile = {
  proposal,
  change: {
    pack: 'demo',
    parameter: 'standardFen',
    value: 76_000,
    from: '2026-07-01',
    until: null,
    region: region.code,
    source: { document: 'dibao-2021-57' },
    clause: '第四条',
    note: null,
  },
  source: { title: '最低生活保障审核确认办法', number: '民发〔2021〕57号', clause: '第四条' },
  note: null,
  checkedOn: '2026-06-14',
  checked: soundCheck,
  may: { release: true, decline: true, withdraw: false },
  isOwn: false,
}
