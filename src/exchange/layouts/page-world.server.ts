import type { Answer, Answerer } from '#testing/browser.ts'
import { missing, sampleSession } from '#testing/console-world.ts'
import { feedDefinition } from '../feeds.ts'
import type { LayoutRow, MappingDraft, TryReport } from './contract.ts'
import { columnsOf } from './layout.ts'
import { loadLayouts } from './load.server.ts'

/** The shipped layouts, as the tests meet them. */
export const layouts = await loadLayouts()
const base = '/api/v1/exchange/layouts'

const row = (id: string, changes: Partial<LayoutRow> = {}): LayoutRow => {
  const layout = layouts.find((one) => one.id === id) ?? layouts[0]
  if (!layout) throw new Error('there are no layouts')
  const { zh, en } = feedDefinition(layout.kind)
  return {
    id,
    version: 0,
    kind: layout.kind,
    kindName: { zh, en },
    sender: layout.sender,
    title: layout.title,
    origin: 'shipped',
    columns: columnsOf(layout).length,
    createdAt: null,
    createdBy: null,
    status: 'in-force',
    ...changes,
  }
}

const local = {
  version: 2,
  origin: 'local',
  createdAt: '2026-06-10T02:00:00Z',
  createdBy: '段丽华',
} as const

const rows = [
  ...layouts.map(({ id }) => row(id, id === 'police-deaths' ? { status: 'replaced' } : {})),
  row('police-deaths', local),
  row('old', { ...local, title: { zh: '旧版', en: 'old' }, status: 'faulty' }),
  row('gone', { ...local, title: { zh: '某县旧名单', en: 'gone' }, status: 'retired' }),
]

const detailOf = (id: string) => {
  const layout = layouts.find((one) => one.id === id)
  if (!layout) return missing
  const version = { createdAt: null, createdBy: null, retiredAt: null }
  return {
    body: {
      ...row(id, id === 'police-deaths' ? local : {}),
      definition: layout,
      versions: [
        ...(id === 'police-deaths'
          ? [
              { ...version, ...local },
              { ...version, ...local, version: 1 },
            ]
          : []),
        { ...version, version: 0, origin: 'shipped' },
      ],
      may: { edit: true, retire: id === 'police-deaths' },
    },
  }
}

/** What the server proposes for a sample of five named columns. */
export const draft: MappingDraft = {
  sheet: '',
  format: 'csv',
  encoding: 'gb18030',
  headers: ['姓名', '证件号', '亡故日期', '注销标志', '户籍地址', ''],
  samples: [
    ['杨**', '9999**********0112', '2026-05-03', '作废', '下**', 'x'],
    ['李*', '9999**********0235', '2026-05-11', '有效', '大**', ''],
  ],
  columns: [
    { header: '姓名', field: 'name', because: 'known-header', column: null },
    { header: '证件号', field: 'number', because: 'resembles', column: null },
    { header: '亡故日期', field: null, because: null, column: null },
    { header: '注销标志', field: null, because: null, column: null },
    { header: '户籍地址', field: null, because: null, column: null },
    { header: '', field: null, because: null, column: null },
  ],
  missing: ['diedOn', 'reversed'],
  fits: null,
  proposedId: 'police-deaths-local',
}

/** A trial with two bad rows and two unknown words. */
export const report: TryReport = {
  rowsIn: 2000,
  rowsAccepted: 1963,
  rowsRejected: 37,
  more: true,
  rejects: [
    {
      sheet: '',
      line: 12,
      column: '证件号',
      reason: 'number-checksum',
      text: { zh: '公民身份号码校验位不符', en: 'wrong' },
      maskedValue: '9999**********0112',
    },
    {
      sheet: '',
      line: 14,
      column: '注销标志',
      reason: 'flag-unknown',
      text: { zh: '是否标志不在约定的写法之内', en: 'neither' },
      maskedValue: '作废',
    },
  ],
  accepted: [
    {
      line: 2,
      values: [
        { field: 'number', text: '9999**********0235' },
        { field: 'name', text: '李*' },
        { field: 'diedOn', text: '2026-05-11' },
        { field: 'reversed', text: 'false' },
      ],
    },
  ],
  unknownCodes: [{ column: '注销标志', values: ['作废', '有效'] }],
}

/** A stand-in for the server of the layouts: what it answers can be changed while a test runs. */
export const aWorld = () => {
  const sent: { path: string; headers: Record<string, string>; body: string }[] = []
  const world = {
    permissions: ['feed.read', 'feed.upload', 'layout.read', 'layout.edit'],
    list: { body: { rows } } as Answer | 'no-answer',
    draft: { body: draft } as Answer,
    trials: [] as Answer[],
    save: { body: { id: 'police-deaths', version: 1 } } as Answer,
    sent,
  }
  const answer: Answerer = (request) => {
    const { pathname, searchParams } = new URL(request.url())
    const method = request.method()
    if (method !== 'GET')
      sent.push({ path: pathname, headers: request.headers(), body: request.postData() ?? '' })
    if (pathname === '/api/v1/access/session') {
      const account = { ...sampleSession.account, permissions: world.permissions }
      return { body: { ...sampleSession, account } }
    }
    if (method === 'GET' && pathname === base) {
      const kind = searchParams.get('kind')
      return kind === 'students' ? { body: { rows: [] } } : world.list
    }
    if (method === 'GET' && pathname.startsWith(`${base}/`)) return detailOf(pathname.slice(base.length + 1))
    if (pathname === `${base}/draft`) return world.draft
    if (pathname === `${base}/try`) return world.trials.shift() ?? { body: { ...report, unknownCodes: [] } }
    if (pathname.endsWith('/retire')) return { body: { version: 2, shippedAgain: true } }
    return method === 'POST' && pathname === base ? world.save : missing
  }
  return Object.assign(world, { answer })
}

/** The sample file that is chosen in a test. */
export const sample = { name: '样本.csv', mimeType: 'text/csv', buffer: Buffer.from('姓名,证件号\n') }
