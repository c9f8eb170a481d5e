import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Role, roleNames } from '#access'
import { type Endpoint, openSecrecy } from '#access/server'
import { businessDate, fixedClock, newId } from '#base'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer } from '#testing/server.ts'
import type { Installation } from '../installation/open.server.ts'
import { endpointsOf, makeServices, refusalSpecs } from '../services.server.ts'

/**
 * Who may call what, written down by hand and not read from the program: a letter for each role. A new route has to be
 * entered here before the test passes.
 */
const letters: Readonly<Record<Role, string>> = {
  administrator: 'A',
  supervisor: 'S',
  'county-officer': 'C',
  'township-officer': 'T',
  'village-helper': 'V',
  'department-officer': 'D',
  auditor: 'U',
}
const everybody = 'ASCTVDU'
const allowed: Readonly<Record<string, string>> = {
  'GET /api/v1/access/views': everybody,
  'POST /api/v1/access/views': everybody,
  'DELETE /api/v1/access/views/:id': everybody,
  'GET /api/v1/app/waiting': everybody,
  'GET /api/v1/rulebook/calendar': everybody,
  'PUT /api/v1/rulebook/calendar/:year': 'A',
  // What is in force is published: every official may read it. Civil affairs propose and release values.
  'GET /api/v1/rulebook/library': everybody,
  'GET /api/v1/rulebook/library/entries/:kind/:id': everybody,
  'GET /api/v1/rulebook/library/parameters': everybody,
  'GET /api/v1/rulebook/library/parameters/:name': everybody,
  'GET /api/v1/rulebook/library/differences': everybody,
  'GET /api/v1/rulebook/library/search': everybody,
  'GET /api/v1/rulebook/cases': everybody,
  'GET /api/v1/rulebook/parameter-proposals': everybody,
  'GET /api/v1/rulebook/parameter-proposals/:id': everybody,
  'POST /api/v1/rulebook/parameter-checks': 'SC',
  'POST /api/v1/rulebook/parameter-previews': 'SC',
  'POST /api/v1/rulebook/parameter-proposals': 'SC',
  'POST /api/v1/rulebook/parameter-proposals/:id/release': 'SC',
  'POST /api/v1/rulebook/parameter-proposals/:id/decline': 'SC',
  'POST /api/v1/rulebook/parameter-proposals/:id/withdraw': 'SC',
  // What is looked for is published as well; a second person releases a version, within the own region.
  'GET /api/v1/rulebook/indicators': everybody,
  'GET /api/v1/rulebook/indicators/:id': everybody,
  'GET /api/v1/rulebook/indicators/:id/basis': 'SC',
  'POST /api/v1/rulebook/indicator-checks': 'SC',
  'POST /api/v1/rulebook/indicator-trials': 'SC',
  'GET /api/v1/rulebook/indicator-proposals': everybody,
  'GET /api/v1/rulebook/indicator-proposals/:id': everybody,
  'POST /api/v1/rulebook/indicator-proposals': 'SC',
  'POST /api/v1/rulebook/indicator-proposals/:id/release': 'SC',
  'POST /api/v1/rulebook/indicator-proposals/:id/decline': 'SC',
  'POST /api/v1/rulebook/indicator-proposals/:id/withdraw': 'SC',
  // Trials: those who decide about households; the auditor opens what was saved.
  'GET /api/v1/rulebook/try': 'SCT',
  'POST /api/v1/rulebook/try': 'SCT',
  'POST /api/v1/rulebook/try/reasons': 'SCT',
  'POST /api/v1/rulebook/try/changes': 'SCT',
  'POST /api/v1/rulebook/try/households': 'SCT',
  'GET /api/v1/rulebook/try/households/:id': 'SCT',
  'POST /api/v1/rulebook/trials': 'SCT',
  'GET /api/v1/rulebook/trials': 'SCTU',
  'GET /api/v1/rulebook/trials/:id': 'SCTU',
  'GET /api/v1/rulebook/trials/:id/reasons': 'SCTU',
  // Simulations: those who set standards ask; the auditor reads what they were told.
  'GET /api/v1/insight/simulation-choices': 'SC',
  'POST /api/v1/insight/simulation-runs': 'SC',
  'POST /api/v1/insight/simulation-cliffs': 'SC',
  'POST /api/v1/insight/simulations': 'SC',
  'GET /api/v1/insight/simulations': 'SCU',
  'GET /api/v1/insight/simulations/:id': 'SCU',
  'GET /api/v1/insight/simulations/:id/check': 'SCU',
  // Department files: those who send them, those who decide about them, those who look after the platform.
  'GET /api/v1/exchange/feeds': 'ASCDU',
  'GET /api/v1/exchange/feeds/:id': 'ASCDU',
  'GET /api/v1/exchange/feeds/:id/rejects': 'ASCDU',
  'GET /api/v1/exchange/feeds/:id/rejects.xlsx': 'SCD',
  'POST /api/v1/exchange/feeds': 'SCD',
  'POST /api/v1/exchange/feeds/:id/cancel': 'SCD',
  'POST /api/v1/exchange/feeds/:id/release': 'SC',
  'POST /api/v1/exchange/feeds/:id/take-back': 'SC',
  'GET /api/v1/exchange/places': 'SCD',
  'GET /api/v1/exchange/layouts': 'ASCDU',
  'GET /api/v1/exchange/layouts/:id': 'ASCDU',
  'GET /api/v1/exchange/layouts/:id/template': 'ASCDU',
  'POST /api/v1/exchange/layouts/draft': 'AC',
  'POST /api/v1/exchange/layouts/try': 'AC',
  'POST /api/v1/exchange/layouts': 'AC',
  'POST /api/v1/exchange/layouts/:id/retire': 'AC',
  // People: civil affairs and the auditor; neither the platform's administrator nor another department.
  'POST /api/v1/registry/people/search': 'SCTVU',
  'GET /api/v1/registry/households/:id': 'SCTVU',
  'GET /api/v1/registry/households/:id/chain': 'SCTVU',
  'GET /api/v1/registry/leads': 'SCTVU',
  'GET /api/v1/registry/leads/:id': 'SCTVU',
  'GET /api/v1/registry/leads/:id/chain': 'SCTVU',
  'POST /api/v1/registry/people/export': 'SCTVU',
  'GET /api/v1/registry/lead-exports': 'SCTVU',
  'POST /api/v1/registry/people/:id/number': 'CT',
  'POST /api/v1/registry/leads/:id/number': 'CT',
  'POST /api/v1/registry/leads/:id/dismiss': 'SC',
  'POST /api/v1/registry/households/:id/facts': 'CTV',
  'POST /api/v1/registry/households/:id/labels': 'CTV',
  'POST /api/v1/registry/labels/:id/end': 'CTV',
  'GET /api/v1/registry/facts/to-check': 'CT',
  'POST /api/v1/registry/facts/:id/check': 'CT',
  'GET /api/v1/registry/adjudications': 'SCTU',
  'GET /api/v1/registry/adjudications/:id': 'SCTU',
  'POST /api/v1/registry/adjudications/:id/decide': 'SC',
  'POST /api/v1/registry/adjudications/:id/reopen': 'SC',
  // Alerts: everybody who works on them, and who watches over it; the administrator sees nobody's affairs.
  'GET /api/v1/monitoring/alerts': 'SCTVDU',
  'GET /api/v1/monitoring/alert-exports': 'SCTVDU',
  'GET /api/v1/monitoring/todo': 'SCTVDU',
  'GET /api/v1/monitoring/alert-counts': 'SCTVDU',
  'GET /api/v1/monitoring/alerts/:id': 'SCTVDU',
  'GET /api/v1/monitoring/alerts/:id/next': 'SCTVDU',
  'GET /api/v1/monitoring/evidence/:id': 'SCTVDU',
  'GET /api/v1/monitoring/offices': 'SCT',
  'POST /api/v1/monitoring/dispatch-previews': 'SCT',
  'POST /api/v1/monitoring/dispatches': 'SCT',
  'POST /api/v1/monitoring/alerts/:id/take': 'CTVD',
  'POST /api/v1/monitoring/alerts/:id/evidence': 'CTVD',
  'POST /api/v1/monitoring/alerts/:id/dispose': 'CTVD',
  'POST /api/v1/monitoring/alerts': 'SCTV',
  'GET /api/v1/monitoring/tasks': 'SCTVD',
  'POST /api/v1/monitoring/tasks/:id/finish': 'SCTVD',
  'GET /api/v1/monitoring/scans': 'ASCU',
  'GET /api/v1/monitoring/scans/:id': 'ASCU',
  'POST /api/v1/monitoring/scans': 'SC',
}

let folder = ''
let endpoints: readonly Endpoint[] = []
let server: Awaited<ReturnType<typeof startTestServer>>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doudi-permissions-'))
  const { appUrl } = await cloneDatabase()
  const clock = fixedClock(businessDate('2026-06-15'))
  server = await startTestServer({
    appUrl,
    refusals: refusalSpecs,
    endpoints: (database) => {
      const installation = { database, clock, secrecy: openSecrecy(folder), dataDir: folder } as Installation
      endpoints = endpointsOf(makeServices(installation, '532900000000'))
      return endpoints
    },
  })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const nameOf = ({ route }: Endpoint): string => `${route.method} ${route.path}`
const addressOf = ({ route }: Endpoint): string =>
  route.path.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'year' ? '2026' : newId()))

test('every route is in the table, and the table names no other', () => {
  expect(endpoints.map(nameOf).toSorted()).toEqual(Object.keys(allowed).toSorted())
})

test('without a session no route answers', async () => {
  for (const endpoint of endpoints) {
    const { method } = endpoint.route
    const response = await fetch(`${server.url}${addressOf(endpoint)}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: '{}' }),
    })
    expect(response.status, nameOf(endpoint)).toBe(401)
  }
})

test.each(roleNames)('a %s may call what the table says and nothing else', async (role) => {
  const client = await server.as(role, role === 'administrator' ? { regionCode: '532900000000' } : {})
  const differing: string[] = []
  for (const endpoint of endpoints) {
    const { method } = endpoint.route
    const { status, body } = await client.send<{ code?: string }>(
      method,
      addressOf(endpoint),
      method === 'GET' ? undefined : {},
    )
    const refused = status === 403 && body?.code === 'access.forbidden'
    const expected = allowed[nameOf(endpoint)]?.includes(letters[role]) ?? false
    if (refused === expected) differing.push(`${nameOf(endpoint)} answered ${status} ${body?.code ?? ''}`)
    expect(status, `${nameOf(endpoint)} ${body?.code}`).toBeLessThan(500)
  }
  expect(differing).toEqual([])
})
