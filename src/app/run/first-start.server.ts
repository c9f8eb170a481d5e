import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashPassword, makePassword } from '#access/server'
import { clearLakeTemp, lakeDirOf } from '#exchange/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import type { DemoAccount } from '../demo/accounts.server.ts'
import { type DemoInput, makeDemo } from '../demo/make-demo.server.ts'
import { platformOffice } from '../demo/offices.server.ts'
import { auditMaking } from '../installation/audit-making.server.ts'
import {
  insertAccounts,
  insertInstallation,
  insertOrganisations,
} from '../installation/installation.queries.server.ts'
import { type Installation, openInstallation } from '../installation/open.server.ts'
import { makeServices } from '../services.server.ts'
import type { Teller } from '../tell.ts'
import { type OpenedDatabase, remakeRecord } from './database.server.ts'

/** The region of an installation that was told none: the first of the committed trees. */
const usualRegion = '532900000000'

const makeAdministrator = async (installation: Installation): Promise<DemoAccount[]> => {
  const password = makePassword()
  const office = platformOffice(usualRegion)
  const account = {
    login: 'admin',
    displayName: '平台管理员',
    role: 'administrator',
    organisationId: office.id,
    passwordHash: await hashPassword(password),
    mustChangePassword: true,
  }
  await inScope(installation.database, everywhere, async (tx) => {
    await insertOrganisations(tx, [office])
    await insertAccounts(tx, [account])
    await insertInstallation(tx, { demo: false, businessDate: null, regionCode: usualRegion })
    await auditMaking(tx, installation.clock, usualRegion, { demo: false, accounts: [account], files: 0 })
  })
  const made = [{ login: account.login, password, role: account.role, office: office.name }]
  writeFileSync(join(installation.dataDir, 'first-account.json'), `${JSON.stringify(made, null, 2)}\n`, {
    mode: 0o600,
  })
  return made
}

export interface Started {
  readonly installation: Installation
  /** Accounts made by this start; empty on every later one. */
  readonly accounts: readonly DemoAccount[]
}

/**
 * Opens the installation; on a first start makes the demo (in our own PostgreSQL, or where it was asked for) or one
 * administrator. What an earlier first start left half made is thrown away first. `checkDemo` may refuse a demo: it is asked
 * before one is made, and for one that is there.
 */
export const openOrMake = async (
  dataDir: string,
  record: OpenedDatabase,
  demo: DemoInput | undefined,
  tell: Teller,
  checkDemo: () => Promise<void> = async () => undefined,
): Promise<Started> => {
  tell.step('database', 0, 1, '')
  const opened = await openInstallation(dataDir, record.ownerUrl)
  if (opened.info ? opened.info.demo : demo) await checkDemo().catch((error) => closed(opened, error))
  clearLakeTemp(dataDir)
  tell.step('database', 1, 1, '')
  if (opened.info) return { installation: opened, accounts: [] }
  if (!demo) return reopened(dataDir, record, opened, await makeAdministrator(opened))
  await opened.close()
  if (record.own) await remakeRecord(record)
  rmSync(lakeDirOf(dataDir), { recursive: true, force: true })
  rmSync(join(dataDir, 'inbox'), { recursive: true, force: true })
  const fresh = await openInstallation(dataDir, record.ownerUrl)
  const accounts = await makeDemo(
    fresh,
    async () => makeServices(fresh, `${demo.region}00000000`),
    demo,
    tell,
  )
  return reopened(dataDir, record, fresh, accounts)
}

const closed = async (installation: Installation, error: unknown): Promise<never> => {
  await installation.close()
  throw error
}

// Opened again so that the installation's row and its business date count from now on.
const reopened = async (
  dataDir: string,
  record: OpenedDatabase,
  before: Installation,
  accounts: readonly DemoAccount[],
): Promise<Started> => {
  await before.close()
  return { installation: await openInstallation(dataDir, record.ownerUrl), accounts }
}
