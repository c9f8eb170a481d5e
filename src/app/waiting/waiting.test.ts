import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ReplyOf, type Role, roleNames } from '#access'
import { openSecrecy } from '#access/server'
import { businessDate, fixedClock, newId } from '#base'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestServer } from '#testing/server.ts'
import type { Installation } from '../installation/open.server.ts'
import { endpointsOf, makeServices, refusalSpecs } from '../services.server.ts'
import type { readWaiting } from './contract.ts'

let folder = ''
let server: TestServer & { close(): Promise<void> }

const village = '532901101001'
const places: Partial<Record<Role, string>> = {
  administrator: '532900000000',
  supervisor: '532900000000',
  'township-officer': '532901101000',
  'village-helper': village,
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doudi-waiting-'))
  const { appUrl } = await cloneDatabase()
  const clock = fixedClock(businessDate('2026-06-15'))
  server = await startTestServer({
    appUrl,
    refusals: refusalSpecs,
    endpoints: (database) =>
      endpointsOf(
        makeServices(
          { database, clock, secrecy: openSecrecy(folder), dataDir: folder } as Installation,
          '532900000000',
        ),
      ),
  })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const give = (holderId: string) =>
  inScope(server.database, everywhere, async (tx) => {
    for (const status of ['new', 'dispatched', 'verifying', 'disposed']) {
      const id = newId()
      const alert = {
        id,
        region_code: village,
        subject_kind: 'household',
        household_id: newId(),
        indicator: 'new-vehicle',
        period: '2026',
        grade: 'orange',
        route: 4,
        origin: 'scan',
        status,
        holder_id: holderId,
        raised_on: '2026-06-01',
        raised_at: '2026-06-01T01:00:00Z',
        due_on: '2026-06-20',
        fingerprint: id,
        summary: '户主名下新增机动车，请核实。',
        explanation: '{}',
      }
      await tx.insertInto('alerts').values(alert).execute()
      const task = {
        id: newId(),
        region_code: village,
        kind: 'coordinate',
        holder_id: holderId,
        status: status === 'disposed' ? 'done' : 'open',
        opened_at: '2026-06-01T01:00:00Z',
      }
      await tx.insertInto('tasks').values(task).execute()
    }
  })

test.each(roleNames)(
  'what the navigation counts for a %s is what one sees on arriving there',
  async (role) => {
    const regionCode = places[role]
    const client = await server.as(role, {
      ...(regionCode && { regionCode }),
      ...(role === 'department-officer' && { department: 'police' }),
    })
    if (role !== 'administrator') await give(client.organisationId)
    const { counts } = (await client.get<ReplyOf<typeof readWaiting>>('/api/v1/app/waiting')).body
    const rows = async (address: string): Promise<number | undefined> => {
      const { status, body } = await client.get<{ rows: unknown[] }>(address)
      return status === 403 ? undefined : body.rows.length
    }
    // The addresses that the entries lead to while something waits.
    expect(counts.alerts).toBe(await rows('/api/v1/monitoring/alerts?holder=mine&limit=100'))
    expect(counts.tasks).toBe(await rows('/api/v1/monitoring/tasks?limit=100'))
  },
)
