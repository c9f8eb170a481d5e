import { expect, test } from 'vitest'
import { keepDemoLocal } from './loopback.server.ts'

test('a demo listens on every address of the loopback, by number and by name', async () => {
  for (const host of ['127.0.0.1', '127.8.9.10', '::1', 'localhost', '::ffff:127.0.0.1'])
    await expect(keepDemoLocal(host), host).resolves.toBeUndefined()
})

test('a demo listens on no other address, and on none that stands for all', async () => {
  for (const host of ['0.0.0.0', '::', '10.0.0.7', '192.0.2.1', '2001:db8::1'])
    await expect(keepDemoLocal(host), host).rejects.toMatchObject({
      code: 'app.demo-not-local',
      details: { host },
    })
})
