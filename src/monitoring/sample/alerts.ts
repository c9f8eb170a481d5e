import type { ReplyOf } from '#access'
import type { AlertRow, countAlerts, readAlert } from '../alerts/contract.ts'
import type { readTodo } from '../home/contract.ts'
import type { listTasks } from '../tasks/contract.ts'

// What the stand-in for the server answers in the browser tests: invented people of the demonstration.

export const idOf = (number: number): string => `0197a000-0000-7000-8000-${String(number).padStart(12, '0')}`

const indicators = [
  ['member-died', '家庭成员死亡', '杨*的家庭成员已于2026-05-21死亡，请核实并于当月调整救助待遇。'],
  ['new-vehicle', '新增机动车', '李*名下于2026-05-08新增机动车，请核实家庭财产。'],
  [
    'insurance-started',
    '新参加职工养老保险',
    '申报为无业，但自2026-03起由单位缴纳养老保险，请核实就业和收入。',
  ],
  [
    'disabled-uncovered',
    '重度残疾人未纳入救助',
    '张**持有一级肢体残疾证，家庭未纳入低保、特困或低保边缘，请核对是否符合条件并告知政策。',
  ],
] as const

const owners = ['公安局', '公安局', '人力资源和社会保障局', '残联'] as const

export const staleVehicles = { feed: 'vehicles', period: '2026-01', days: 135, staleDays: 120, stale: true }
const sources = [
  [{ feed: 'deaths', period: '2026-05', days: 15, staleDays: 45, stale: false }],
  [staleVehicles],
  [{ feed: 'insurance-payments', period: '2026-05', days: 15, staleDays: 45, stale: false }],
  [{ feed: 'disability', period: '2026-04', days: 46, staleDays: 120, stale: false }],
]

const places = [
  ['532901001000', '下关街道'],
  ['532901100000', '大理镇'],
  ['532901204000', '太邑彝族乡桃树村委会'],
] as const

const grades = ['red', 'orange', 'yellow'] as const
const dues = [
  ['2026-06-10', -3],
  ['2026-06-15', 0],
  ['2026-06-17', 2],
  ['2026-07-01', 12],
  [null, null],
] as const

const pick = <Value>(values: readonly Value[], number: number): Value => {
  const value = values[number % values.length]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}

export const anAlert = (number: number, changes: Partial<AlertRow> = {}): AlertRow => {
  const [indicator, indicatorName, summary] = pick(indicators, number)
  const [code, name] = pick(places, number)
  const [dueOn, workdaysLeft] = pick(dues, number)
  const isLead = indicator === 'disabled-uncovered'
  return {
    id: idOf(number),
    number: 20260000 + number,
    grade: pick(grades, number),
    indicator,
    indicatorName,
    ownerName: pick(owners, number),
    sources: pick(sources, number),
    subjectKind: isLead ? 'lead' : 'household',
    householdId: isLead ? null : idOf(500 + number),
    leadId: isLead ? idOf(700 + number) : null,
    subject: isLead ? '张**' : `DL2023-0${1000 + number}`,
    maskedName: isLead ? '张**' : pick(['杨*花', '李*', '段**'], number),
    region: { code, name },
    summary,
    status: pick(['new', 'dispatched', 'verifying'] as const, number),
    raisedOn: '2026-06-02',
    dueOn,
    awaitingCalendar: dueOn === null,
    workdaysLeft,
    holder: number % 4 === 3 ? null : { id: 'o2', name: pick(['大理市民政局', '下关街道办事处'], number) },
    repeats: number % 3 === 2 ? 2 : 0,
    escalation: number % 5 === 0 ? 1 : 0,
    sourceWithdrawn: number % 7 === 6,
    version: 3,
    ...changes,
  }
}

export const counts: ReplyOf<typeof countAlerts> = {
  total: 118,
  overdue: 12,
  dueToday: 7,
  unplaced: 2,
  byGrade: { red: 14, orange: 41, yellow: 63 },
  byIndicator: indicators.map(([indicator, name], index) => ({ indicator, name, count: 40 - index * 9 })),
  byRegion: [
    { code: '532901001000', name: '下关街道', red: 6, orange: 20, yellow: 31, overdue: 9 },
    { code: '532901100000', name: '大理镇', red: 8, orange: 21, yellow: 20, overdue: 3 },
    { code: '532901204000', name: '太邑彝族乡', red: 0, orange: 0, yellow: 12, overdue: 0 },
    { code: '532901205000', name: '银桥镇', red: 0, orange: 0, yellow: 0, overdue: 0 },
  ],
}

const counties = [
  ['532901000000', '大理市', 14],
  ['532922000000', '漾濞彝族自治县', 0],
  ['532923000000', '祥云县', 9],
  ['532924000000', '宾川县', 7],
  ['532925000000', '弥渡县', 6],
  ['532926000000', '南涧彝族自治县', 5],
  ['532927000000', '巍山彝族回族自治县', 4],
  ['532928000000', '永平县', 0],
  ['532929000000', '云龙县', 3],
  ['532930000000', '洱源县', 10],
  ['532931000000', '剑川县', 1],
  ['532932000000', '鹤庆县', 2],
] as const

/** The counts one level up: twelve counties with an outline each. */
export const prefectureCounts: ReplyOf<typeof countAlerts> = {
  ...counts,
  total: 1130,
  unplaced: 6,
  byRegion: counties.map(([code, name, weight]) => ({
    code,
    name,
    red: weight > 8 ? weight : 0,
    orange: weight > 3 ? weight * 3 : 0,
    yellow: weight * 8,
    overdue: Math.floor(weight / 2),
  })),
}

/** What the first page of a county officer counts. */
export const todo: ReplyOf<typeof readTodo> = {
  counters: [
    { name: 'overdue', filters: 'due=overdue&holder=mine', count: 12 },
    { name: 'dueToday', filters: 'due=today&holder=mine', count: 7 },
    { name: 'toSend', filters: 'todo=send', count: 31 },
    { name: 'toVerify', filters: 'todo=verify', count: 9 },
    { name: 'sentDown', filters: 'raised=mine&origin=superior', count: 3 },
  ],
  tasks: 4,
}

export const aDetail = (
  number: number,
  changes: Partial<ReplyOf<typeof readAlert>> = {},
): ReplyOf<typeof readAlert> => ({
  ...anAlert(number),
  period: '2026',
  origin: 'scan',
  route: 4,
  owner: 'police',
  article: '大理州低收入人口动态监测实施方案二（四）；特困人员认定办法第二十四条第一项',
  conditions: [
    {
      sentence: '家庭成员中有人已死亡，死亡登记未被撤销',
      result: 'true',
      expression: 'some m in members satisfies m.diedOn <= today()',
      values: [
        { label: '死亡日期', value: '2026-05-21', source: '公安 死亡登记', date: '2026-05-31' },
        { label: '共同生活的家庭成员', value: '3 人', source: '乡镇入户登记', date: '2026-01-12' },
      ],
      parameters: [
        { name: '办理时限', value: '3 个工作日', version: '2026.1', article: '大理州方案二（四）' },
      ],
    },
    {
      sentence: '死亡后仍有待遇在发放',
      result: 'unknown',
      expression: 'entitlement.paidUntil > m.diedOn',
      values: [{ label: '最近一次发放', value: '待查明', source: null, date: null }],
      parameters: [],
    },
    {
      sentence: '户主已经变更',
      result: 'false',
      expression: 'head.changedOn != null',
      values: [],
      parameters: [],
    },
  ],
  doubt: null,
  evidenceRows: [
    {
      feedId: idOf(901),
      feed: 'deaths',
      fileName: '大理市公安局死亡登记2026年5月.xlsx',
      row: 1287,
      period: '2026-05',
      receivedAt: '2026-06-01T02:14:05.000Z',
    },
  ],
  steps: [
    {
      id: idOf(801),
      step: 'raised',
      at: '2026-06-02T01:00:00.000Z',
      actor: null,
      from: null,
      to: '大理市民政局',
      route: null,
      result: null,
      note: null,
    },
    {
      id: idOf(802),
      step: 'dispatched',
      at: '2026-06-03T03:20:00.000Z',
      actor: '段丽华',
      from: '大理市民政局',
      to: '下关街道办事处',
      route: null,
      result: null,
      note: '请先电话联系户主。',
    },
  ],
  evidence: [],
  tasks: [],
  result: null,
  may: { dispatch: true, take: true, dispose: true },
  ...changes,
})

type Task = ReplyOf<typeof listTasks>['rows'][number]

export const aTask = (number: number, changes: Partial<Task> = {}): Task => ({
  id: idOf(300 + number),
  kind: pick(['review-entitlement', 'check-entitlement', 'implement-policy', 'coordinate'], number),
  alertId: idOf(number),
  householdId: idOf(500 + number),
  leadId: null,
  subject: `DL2023-0${1000 + number}`,
  region: { code: pick(places, number)[0], name: pick(places, number)[1] },
  holder: { id: 'o1', name: '大理市民政局' },
  dueOn: pick(dues, number)[0],
  workdaysLeft: pick(dues, number)[1],
  status: 'open',
  openedAt: '2026-06-05T06:30:00.000Z',
  outcome: null,
  version: 1,
  ...changes,
})
