import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test as property } from '@fast-check/vitest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ChangingRegistry, openChanging, steps } from '#testing/changing-registry.ts'
import { cloneDatabase } from '#testing/postgres.ts'

let registry: ChangingRegistry
let urls: Awaited<ReturnType<typeof cloneDatabase>>
beforeAll(async () => {
  urls = await cloneDatabase()
  registry = await openChanging(urls, 3)
  for (let at = 0; at < 12; at += 1) await registry.change('addHousehold', { at })
})
afterAll(() => registry.close())

property.prop([steps], { numRuns: 60, endOnFailure: true })(
  'after whatever happened, a copy of the changes is the registry, row by row',
  async (life) => {
    for (const step of life) {
      await registry.step(step)
      if (step === 'copy') expect(await registry.differences()).toEqual([])
    }
    await registry.copy()
    expect(await registry.differences()).toEqual([])
  },
  1_200_000,
)

const child = new URL('../testing/copying-child.server.ts', import.meta.url).pathname

test('killed at any moment, a copy is the one before or the one after, and the next one agrees', async () => {
  await registry.settle()
  for (let kill = 0; kill < 25; kill += 1) {
    const copying = spawn(process.execPath, [child, registry.lakeDir, urls.appUrl], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(copying.stdout, 'data')
    // So many changes as the kill comes late: it falls on another moment of the copying each time.
    for (let at = 0; at <= kill % 7; at += 1) await registry.change('rename', { at: kill + at })
    copying.kill('SIGKILL')
    await once(copying, 'exit')
    await registry.change('addLead', { at: kill })
    await registry.copy()
    expect(await registry.differences()).toEqual([])
  }
}, 600_000)
