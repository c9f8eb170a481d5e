import { afterAll, inject } from 'vitest'
import type { TestDatabase } from './database-broker.ts'

export type { TestDatabase } from './database-broker.ts'

/**
 * A database of this test file on a real PostgreSQL, migrated, empty of rows, dropped after the file's last test.
 * Call it at the top of a file or in `beforeAll`; close your pools in `afterAll`.
 */
export const cloneDatabase = (): Promise<TestDatabase> => ask('clone')

/** The same without any table: for tests of the migrations and of a first start. */
export const emptyDatabase = (): Promise<TestDatabase> => ask('empty')

const ask = async (kind: 'clone' | 'empty'): Promise<TestDatabase> => {
  const database = (await call(kind)) as TestDatabase
  afterAll(() => call(`drop/${database.name}`))
  return database
}

const call = async (path: string): Promise<unknown> => {
  const reply = await fetch(`${inject('databaseBroker')}/${path}`)
  const text = await reply.text()
  if (!reply.ok) throw new Error(text)
  return text === '' ? undefined : JSON.parse(text)
}
