import { afterAll, beforeAll, expect, test } from 'vitest'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer } from '#testing/server.ts'
import { insertInstallation } from '../installation/installation.queries.server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  const { appUrl } = await cloneDatabase()
  server = await startTestServer({ appUrl, endpoints: () => [] })
})
afterAll(() => server.close())

const signedOut = async (cookie = '') => {
  const response = await fetch(`${server.url}/api/v1/access/session`, { headers: { cookie } })
  return { status: response.status, body: await response.json() }
}
const make = (demo: boolean) =>
  inScope(server.database, everywhere, (tx) =>
    insertInstallation(tx, { demo, businessDate: null, regionCode: '532900000000' }),
  )

test('who is not signed in is told whether this is a demo, and nothing more', async () => {
  expect((await signedOut()).body).not.toHaveProperty('demo')
  await make(true)
  for (const cookie of ['', 'doudi_session=of-yesterday'])
    expect(await signedOut(cookie)).toMatchObject({
      status: 401,
      body: { code: 'access.not-signed-in', demo: true, details: {} },
    })
})

test('a real installation does not call itself a demo', async () => {
  await inScope(server.database, everywhere, (tx) =>
    tx.updateTable('installation').set({ demo: false }).execute(),
  )
  expect(await signedOut()).toMatchObject({ status: 401, body: { code: 'access.not-signed-in' } })
  expect((await signedOut()).body).not.toHaveProperty('demo')
})
