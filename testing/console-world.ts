import type { Request } from 'playwright-core'
import { anAlert, counts, prefectureCounts, todo } from '../src/monitoring/sample/alerts.ts'
import type { Answer } from './browser.ts'

type AnyAnswer = Answer | 'no-answer' | 'cut'

/** A county officer of the demonstration. */
export const sampleSession = {
  account: {
    id: '0197a000-0000-7000-8000-000000000001',
    login: 'duan.lihua',
    displayName: '段丽华',
    role: 'county-officer',
    organisation: {
      id: 'o1',
      name: '大理市民政局',
      kind: 'civil-affairs',
      level: 'county',
      department: null,
    },
    region: {
      code: '532901000000',
      name: '大理市',
      path: [
        { code: '530000000000', name: '云南省' },
        { code: '532900000000', name: '大理白族自治州' },
        { code: '532901000000', name: '大理市' },
      ],
    },
    permissions: ['home.read', 'alert.read'],
    mustChangePassword: false,
  },
  limits: { idleSeconds: 7200, endsInSeconds: 43_200 },
  demo: true,
  businessDate: '2026-06-15',
}

/** Counts of a desk where nothing is open. */
export const noCounts = {
  ...counts,
  total: 0,
  overdue: 0,
  dueToday: 0,
  unplaced: 0,
  byGrade: { red: 0, orange: 0, yellow: 0 },
  byIndicator: [],
  byRegion: [],
}
/** A desk without alerts. */
export const noAlerts = { rows: [], next: null, stale: [] }

const alertOf = (number: number) =>
  anAlert(number, {
    id: `t${number}`,
    summary: `家庭有成员新登记了一辆小型汽车，请核实家庭财产状况（第 ${number} 件）`,
  })

/** A refusal as the server words it. */
export const problem = (status: number, code: string, title: string, detail: string): Answer => ({
  status,
  body: { type: `/problems/${code}`, title, status, detail, code, traceId: '7f3a1c52-8e0d' },
})

export const notSignedIn = problem(401, 'access.not-signed-in', '需要登录', '请先登录。')
export const wrongLogin = problem(
  401,
  'access.wrong-login',
  '需要登录',
  '用户名或密码不正确。请检查大小写后再试。',
)
export const missing = problem(404, 'access.not-found', '没有找到', '没有找到，或者不在您的管辖范围内。')

/** A stand-in for the server of the console: what it answers can be changed while a test runs. */
export const aWorld = () => {
  const requests: { method: string; path: string; headers: Record<string, string>; body: unknown }[] = []
  const world = {
    isSignedIn: false,
    session: structuredClone(sampleSession),
    counts: { body: counts } as AnyAnswer,
    /** What waits behind the entries of the navigation, by page id. */
    waiting: { alerts: counts.total } as Readonly<Record<string, number>>,
    alerts: (_due: string | null): AnyAnswer => ({
      body: { rows: [0, 1, 2, 3, 4, 5].map(alertOf), next: null, stale: [] },
    }),
    login: undefined as AnyAnswer | undefined,
    logout: { body: { ended: true } } as AnyAnswer,
    password: { body: { changed: true } } as AnyAnswer,
    requests,
    answer: (request: Request): AnyAnswer => {
      const { pathname, searchParams } = new URL(request.url())
      const method = request.method()
      requests.push({ method, path: pathname, headers: request.headers(), body: request.postDataJSON() })
      switch (`${method} ${pathname}`) {
        case 'GET /api/v1/access/session':
          return world.isSignedIn ? { body: world.session } : notSignedIn
        case 'POST /api/v1/access/login':
          if (world.login) return world.login
          world.isSignedIn = true
          return { body: world.session }
        case 'POST /api/v1/access/logout':
          if (world.logout !== 'cut') world.isSignedIn = false
          return world.logout
        case 'POST /api/v1/access/password':
          return world.password
        case 'GET /api/v1/app/waiting':
          return world.isSignedIn ? { body: { counts: world.waiting } } : notSignedIn
        case 'GET /api/v1/monitoring/alert-counts':
          return world.isSignedIn ? world.counts : notSignedIn
        case 'GET /api/v1/monitoring/todo':
          return world.isSignedIn ? { body: todo } : notSignedIn
        case 'GET /api/v1/monitoring/alerts':
          return world.isSignedIn ? world.alerts(searchParams.get('due')) : notSignedIn
        default:
          return missing
      }
    },
  }
  return world
}

export type World = ReturnType<typeof aWorld>

/** A prefecture with its counts by county: a place whose sketch is kept. */
export const prefecture = {
  code: '532900000000',
  place: { code: '532900000000', name: '大理白族自治州' },
  counts: prefectureCounts,
}
