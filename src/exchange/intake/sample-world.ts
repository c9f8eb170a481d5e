import type { Answer } from '#testing/browser.ts'
import { missing, sampleSession } from '#testing/console-world.ts'
import { feedDefinition, feedKinds } from '../feeds.ts'

/** What is looked at of a browser's request. */
interface Request {
  url(): string
  method(): string
  headers(): Record<string, string>
  postData(): string | null
}

/** The file whose page is shown. */
export const feedId = '0197a000-0000-7000-8000-0000000000f1'

const kinds = feedKinds.map((kind, index) => {
  const { zh, en, sender, staleDays } = feedDefinition(kind)
  const newestPeriod = index % 5 === 4 ? null : index % 4 === 3 ? '2025-11' : '2026-05'
  const ageDays = newestPeriod === null ? null : newestPeriod === '2026-05' ? 15 : 197
  const stale = ageDays === null || ageDays > staleDays
  return { kind, name: { zh, en }, sender, newestPeriod, staleDays, ageDays, stale }
})

const statuses = ['accepted', 'quarantined', 'reading', 'refused', 'taken-back', 'accepted'] as const

const row = (number: number) => {
  const kind = feedKinds[number % feedKinds.length] ?? 'deaths'
  const status = statuses[number % statuses.length] ?? 'accepted'
  const isRead = status !== 'reading' && status !== 'refused'
  return {
    id: feedId.slice(0, -1) + (number % 10),
    kind: status === 'reading' ? null : kind,
    kindName: null,
    fileName: `大理市${feedDefinition(kind).zh}_20260531_第${number}批（正式）.csv`,
    region: { code: '532901000000', name: '大理市' },
    period: isRead ? '2026-05' : null,
    status,
    rowsIn: isRead ? 1000 * number + 37 : 0,
    rowsAccepted: isRead ? 1000 * number : 0,
    rowsRejected: isRead ? 37 : 0,
    receivedAt: '2026-06-15T01:30:00Z',
    receivedBy: '段丽华',
    version: 3,
  }
}

const detail = {
  ...row(0),
  id: feedId,
  kind: 'deaths',
  status: 'accepted' as string,
  rowsIn: 1000,
  rowsAccepted: 963,
  rowsRejected: 37,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  sizeBytes: 184_320,
  layoutId: 'police-deaths' as string | null,
  layoutTitle: { zh: '公安：死亡人员名单', en: 'Police: deaths' } as { zh: string; en: string } | null,
  layoutVersion: 2 as number | null,
  progress: null as null | Readonly<Record<string, number | boolean>>,
  refusal: null as { code: string; detail: string } | null,
  quarantine: [] as { code: string; zh: string; en: string }[],
  decision: null as { by: string; at: string; reason: string } | null,
  reasons: [
    { reason: 'number-checksum', text: { zh: '公民身份号码校验位不符', en: 'wrong check' }, count: 25 },
    { reason: 'date-unreadable', text: { zh: '日期无法识别', en: 'not a date' }, count: 12 },
  ],
  rowsSetAside: 21,
  may: { release: false, takeBack: true, rejects: true, cancel: false },
}

/** A reading in the middle. */
export const howFar = {
  received: 84_000,
  accepted: 83_990,
  rejected: 10,
  percent: 42,
  rowsPerSecond: 21_000,
  secondsLeft: 6,
  isStopping: false,
}

const rejects = [...Array(37).keys()].map((index) => ({
  seq: index + 1,
  sheet: index % 2 ? '死亡注销' : null,
  line: 12 + index * 3,
  column: index % 3 ? '死亡日期' : '公民身份号码',
  reason: index % 3 ? 'date-unreadable' : 'number-checksum',
  text: index % 3 ? { zh: '日期无法识别', en: 'x' } : { zh: '公民身份号码校验位不符', en: 'y' },
  maskedValue: index % 3 ? '2026年13月' : '9999**********0112',
}))

/** A server with files in every state, and what was sent to it. */
export const aWorld = () => {
  const sent: { method: string; path: string; headers: Record<string, string>; body: string }[] = []
  const world = {
    permissions: ['feed.read', 'feed.upload', 'feed.decide', 'layout.read', 'layout.edit'],
    department: null as string | null,
    list: { body: { rows: [0, 1, 2, 3, 4, 5].map(row), next: 'more', kinds } } as Answer | 'no-answer',
    detail: structuredClone(detail),
    detailAnswer: undefined as Answer | 'no-answer' | undefined,
    upload: { body: { id: feedId, known: false } } as Answer | 'cut',
    cancel: { body: { status: 'reading' } } as Answer,
    decide: { body: { version: 4, withdrawn: 5, marked: 2 } } as Answer,
    sent,
    answer: (request: Request): Answer | 'no-answer' | 'cut' => {
      const { pathname, searchParams } = new URL(request.url())
      const method = request.method()
      if (method !== 'GET')
        sent.push({ method, path: pathname, headers: request.headers(), body: request.postData() ?? '' })
      const { account } = sampleSession
      const one = `/api/v1/exchange/feeds/${feedId}`
      switch (`${method} ${pathname}`) {
        case 'GET /api/v1/access/session':
          return {
            body: {
              ...sampleSession,
              account: {
                ...account,
                permissions: world.permissions,
                organisation: { ...account.organisation, department: world.department },
              },
            },
          }
        case 'GET /api/v1/exchange/feeds':
          return searchParams.get('after')
            ? { body: { rows: [6, 7].map(row), next: null, kinds } }
            : searchParams.get('status') === 'received'
              ? { body: { rows: [], next: null, kinds } }
              : world.list
        case 'POST /api/v1/exchange/feeds':
          return world.upload
        case `GET ${one}`:
          return world.detailAnswer ?? { body: world.detail }
        case `GET ${one}/rejects`:
          return { body: { rows: rejects.slice(0, 20), next: searchParams.get('after') === '0' ? 20 : null } }
        case `POST ${one}/cancel`:
          return world.cancel
        case `POST ${one}/release`:
        case `POST ${one}/take-back`:
          return world.decide
        case 'GET /api/v1/exchange/places':
          return {
            body: {
              own: { code: '532901000000', name: '大理市' },
              below: [{ code: '532901001000', name: '下关街道' }],
            },
          }
        default:
          return missing
      }
    },
  }
  return world
}

export type World = ReturnType<typeof aWorld>
