import type { Request } from 'playwright-core'
import type { Answer } from './browser.ts'

type AnyAnswer = Answer | 'no-answer' | 'cut'

/** A county officer of the demonstration. */
export const sampleSession = {
  account: {
    id: '0197a000-0000-7000-8000-000000000001',
    login: 'duan.lihua',
    displayName: '段丽华',
    role: 'county-officer',
    organisation: { id: 'o1', name: '大理市民政局', kind: 'civil-affairs', department: null },
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
  demo: true,
  businessDate: '2026-06-15',
}

const home = {
  numbers: { overdue: 12, dueToday: 7, arrived: 10438, toReview: 65 },
  path: [{ code: '532901000000', name: '大理市' }],
  places: [
    { code: '532901001000', name: '下关街道', open: 128, overdue: 4, hasLower: true },
    { code: '532901100000', name: '大理镇', open: 96, overdue: 0, hasLower: true },
    { code: '532901204000', name: '太邑彝族乡', open: 17, overdue: 8, hasLower: false },
  ],
  counts: { home: 12 },
}

const task = (number: number) => ({
  id: `t${number}`,
  title: `杨*${'花军梅'[number % 3]}家有成员新登记了一辆小型汽车，请核实家庭财产状况（第 ${number} 件）`,
  place: ['下关街道', '大理镇', '太邑彝族乡桃树村'][number % 3],
  grade: (['red', 'orange', 'yellow'] as const)[number % 3],
  dueOn: ['2026-06-10', '2026-06-15', '2026-06-17', '2026-07-01'][number % 4],
  workdaysLeft: [-3, 0, 2, 12][number % 4],
  href: `/alerts/t${number}`,
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
    home: { body: home } as AnyAnswer,
    tasks: (cursor: string | null, _due: string | null): AnyAnswer => ({
      body: cursor
        ? { items: [task(6), task(7)] }
        : { items: [0, 1, 2, 3, 4, 5].map(task), next: 'c2', total: 8 },
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
        case 'GET /api/v1/insight/home':
          return world.isSignedIn ? world.home : notSignedIn
        case 'GET /api/v1/insight/tasks':
          return world.isSignedIn
            ? world.tasks(searchParams.get('cursor'), searchParams.get('due'))
            : notSignedIn
        default:
          return missing
      }
    },
  }
  return world
}

export type World = ReturnType<typeof aWorld>
