import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { verifyAudit } from '#access/server'
import { Refusal } from '#base'
import { everywhere } from '#store'
import { inScope, openDatabase } from '#store/server'
import { emptyDatabase } from '#testing/postgres.ts'
import { usualDemo } from '../demo/make-demo.server.ts'
import { silent } from '../tell.ts'
import { openOrMake } from './first-start.server.ts'

const begin = async () => {
  const { ownerUrl } = await emptyDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'doudi-first-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  return { dataDir, ownerUrl, record: { ownerUrl, own: false, stop: async () => undefined } }
}
const refuse = async (): Promise<void> => {
  throw new Refusal('app.demo-not-local', { host: '0.0.0.0' })
}

test('the audit chain of a real installation begins with its making; no demo is asked about', async () => {
  const { dataDir, record } = await begin()
  const { installation, accounts } = await openOrMake(dataDir, record, undefined, silent, refuse)
  onTestFinished(() => installation.close())
  expect(accounts.map(({ login }) => login)).toEqual(['admin'])
  expect(await inScope(installation.database, everywhere, verifyAudit)).toEqual({ entries: 1 })
})

test('a demo that may not be made here is refused before anything of it is made', async () => {
  const { dataDir, ownerUrl, record } = await begin()
  await expect(openOrMake(dataDir, record, usualDemo, silent, refuse)).rejects.toMatchObject({
    code: 'app.demo-not-local',
  })
  expect(existsSync(join(dataDir, 'demo-accounts.json'))).toBe(false)
  const owner = openDatabase(ownerUrl, 1)
  onTestFinished(() => owner.close())
  expect(await inScope(owner, everywhere, (tx) => tx.selectFrom('accounts').selectAll().execute())).toEqual(
    [],
  )
})
