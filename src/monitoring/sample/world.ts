import { aDetail, anAlert, aTask, counts, idOf, prefectureCounts, staleVehicles, todo } from './alerts.ts'

interface Sent {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

type Reply = { readonly status?: number; readonly body?: unknown } | 'no-answer' | 'cut'

const calendar = {
  years: [
    {
      year: 2026,
      holidays: ['2026-05-01', '2026-05-02', '2026-05-03', '2026-06-19', '2026-06-20', '2026-06-21'],
      workdays: ['2026-05-09'],
      source: 'calendars/',
      version: 1,
    },
  ],
  awaited: [] as number[],
}

const offices = {
  offices: [
    { id: idOf(601), name: '下关街道办事处', kind: 'township', regionCode: '532901001000', department: null },
    {
      id: idOf(602),
      name: '大理市公安局',
      kind: 'department',
      regionCode: '532901000000',
      department: 'police',
    },
  ],
}

const preview = {
  groups: [
    { office: { id: idOf(601), name: '下关街道办事处' }, count: 2 },
    { office: { id: idOf(603), name: '大理镇人民政府' }, count: 1 },
  ],
  left: [{ id: idOf(4), number: 20260004, reason: 'no-office' }],
}

/** A stand-in for monitoring's routes; what each answers may be changed while a test runs. */
export const aMonitoringWorld = () => {
  const sent: Sent[] = []
  const world = {
    sent,
    /** Answers by `METHOD path`; a path may hold `:id`. */
    replies: {} as Record<string, (request: Sent) => Reply>,
    /** The last request to a path that begins so. */
    lastTo: (method: string, path: string): Sent | undefined =>
      sent.filter((one) => one.method === method && one.path.startsWith(path)).at(-1),
    answer: (request: Sent): Reply | undefined => {
      sent.push(request)
      const path = request.path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ':id')
      return world.replies[`${request.method} ${path.replace(/\/20\d\d$/, '/:year')}`]?.(request)
    },
  }
  const rows = Array.from({ length: 9 }, (_, number) => anAlert(number))
  Object.assign(world.replies, {
    'GET /api/v1/monitoring/alerts': ({ query }: Sent) => ({
      body: query.get('after')
        ? { rows: [anAlert(20), anAlert(21)], next: null, stale: [] }
        : {
            rows,
            next: 'c1',
            stale: [
              staleVehicles,
              { feed: 'students', period: null, days: null, staleDays: 200, stale: true },
            ],
          },
    }),
    'GET /api/v1/monitoring/alert-counts': ({ query }: Sent) => ({
      body: query.get('region') === '532900000000' ? prefectureCounts : counts,
    }),
    'GET /api/v1/monitoring/todo': () => ({ body: todo }),
    'GET /api/v1/monitoring/alerts/:id': ({ path }: Sent) => ({ body: aDetail(Number(path.slice(-3))) }),
    'GET /api/v1/monitoring/alerts/:id/next': () => ({ body: { id: idOf(2) } }),
    'GET /api/v1/monitoring/offices': () => ({ body: offices }),
    'POST /api/v1/monitoring/dispatch-previews': () => ({ body: preview }),
    'POST /api/v1/monitoring/dispatches': () => ({ body: { dispatched: 3, left: preview.left } }),
    'POST /api/v1/monitoring/alerts/:id/take': () => ({ body: { version: 4 } }),
    'POST /api/v1/monitoring/alerts/:id/evidence': () => ({ body: { id: idOf(950) } }),
    'POST /api/v1/monitoring/alerts/:id/dispose': () => ({ body: { version: 4, taskId: null } }),
    'GET /api/v1/monitoring/tasks': ({ query }: Sent) => {
      const all =
        query.get('status') === 'done'
          ? [aTask(9, { status: 'done', outcome: '已上门核实，本月起调整。' })]
          : Array.from({ length: 4 }, (_, number) => aTask(number))
      const rows = query.get('id') ? all.filter(({ id }) => id === query.get('id')) : all
      return { body: { rows, next: null, total: rows.length } }
    },
    'POST /api/v1/monitoring/tasks/:id/finish': () => ({ body: { version: 2 } }),
    'GET /api/v1/rulebook/calendar': () => ({ body: calendar }),
    'GET /api/v1/access/views': () => ({
      body: { views: [{ id: idOf(990), name: '下关橙色', query: 'region=532901001000&grade=orange' }] },
    }),
    'POST /api/v1/access/views': () => ({ body: { id: idOf(991) } }),
    'DELETE /api/v1/access/views/:id': () => ({ body: { deleted: true } }),
  } satisfies Record<string, (request: Sent) => Reply>)
  return world
}
