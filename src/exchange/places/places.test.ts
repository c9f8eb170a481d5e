import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestServer } from '#testing/server.ts'
import { listUploadPlaces } from './contract.ts'
import { placeEndpoints } from './handler.server.ts'

let server: TestServer & { close(): Promise<void> }

beforeAll(async () => {
  const { appUrl, ownerUrl } = await cloneDatabase()
  const owner = openDatabase(ownerUrl, 1)
  const region = (code: string, name: string, level: string, above: string | null) => ({
    code,
    name,
    level,
    parent_code: above,
  })
  await owner.kysely
    .insertInto('regions')
    .values([
      region('532900000000', '大理白族自治州', 'city', null),
      region('532901000000', '大理市', 'county', '532900000000'),
      region('532922000000', '漾濞彝族自治县', 'county', '532900000000'),
      region('532901001000', '下关街道', 'township', '532901000000'),
    ])
    .execute()
  await owner.close()
  server = await startTestServer({ appUrl, endpoints: placeEndpoints })
})
afterAll(() => server.close())

test('a file may be about the own place or one right below it', async () => {
  const officer = await server.as('supervisor', { regionCode: '532900000000' })
  expect((await officer.get(listUploadPlaces.path)).body).toEqual({
    own: { code: '532900000000', name: '大理白族自治州' },
    below: [
      { code: '532901000000', name: '大理市' },
      { code: '532922000000', name: '漾濞彝族自治县' },
    ],
  })
})

test('who may not upload is not told the places', async () => {
  const auditor = await server.as('auditor')
  expect((await auditor.get(listUploadPlaces.path)).status).toBe(403)
})
