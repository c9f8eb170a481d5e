import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { Refusal } from '#base'
import { type Database, inScope, openDatabase } from './connect.server.ts'

const groupRole = 'doudi_application'

/** The log-in role that requests and jobs connect as: no superuser, no bypass of row-level security. */
export interface AppRole {
  readonly name: string
  readonly password: string
}

/** The role's name for an installation: one per data folder, so that two may share a server. */
export const appRoleFor = (installation: string, password: string): AppRole => ({
  name: `doudi_app_${createHash('sha256').update(installation).digest('hex').slice(0, 12)}`,
  password,
})

const roleExists = async (database: Database, name: string): Promise<boolean> => {
  const { rows } = await sql`select 1 from pg_roles where rolname = ${name}`.execute(database.kysely)
  return rows.length > 0
}

const mostTries = 50

// Roles belong to the server, and a lock of ours to one database of it: who changes a role at the same moment from
// another database can only be waited for. One of those who collide always gets through.
const isCollision = (error: unknown): boolean => {
  const { code, message = '' } = error as { code?: string; message?: string }
  return code === 'XX000' && /tuple concurrently/.test(message)
}

const createOrExplain = async (database: Database, statement: string): Promise<void> => {
  for (let tries = 1; ; tries++) {
    try {
      await sql.raw(statement).execute(database.kysely)
      return
    } catch (error) {
      const code = (error as { code?: string }).code
      // Two installations may prepare the same server at once: the other one was first.
      if (code === '42710' || code === '23505') return
      if (code === '42501') throw new Refusal('store.no-role', { statement })
      if (!isCollision(error) || tries === mostTries) throw error
      await pause(Math.random() * 20)
    }
  }
}

/** The role that migrations grant to; it cannot log in. Made once per server. */
export const ensureGroupRole = async (database: Database): Promise<void> => {
  if (!(await roleExists(database, groupRole)))
    await createOrExplain(database, `create role ${groupRole} nologin`)
}

const quoteLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Makes or renews the application's log-in role and gives the URL it connects with. */
export const provisionRole = async (ownerUrl: string, role: AppRole): Promise<string> => {
  const owner = openDatabase(ownerUrl, 1)
  try {
    // A new role is neither superuser nor exempt; saying so again would ask for a superuser. proveScope looks.
    const options = `login password ${quoteLiteral(role.password)}`
    const verb = (await roleExists(owner, role.name)) ? 'alter' : 'create'
    await createOrExplain(owner, `${verb} role ${role.name} ${options}`)
    await createOrExplain(owner, `grant ${groupRole} to ${role.name}`)
  } finally {
    await owner.close()
  }
  const url = new URL(ownerUrl)
  url.username = role.name
  url.password = role.password
  return url.href
}

interface ProtectedTable {
  name: string
  forced: boolean
}

const listPersonalTables = async (database: Database): Promise<ProtectedTable[]> => {
  const { rows } = await sql<ProtectedTable>`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and exists (
      select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'region_code' and not a.attisdropped)
      and c.relname not in ('installation', 'organisations', 'audit_entries')
    order by 1`.execute(database.kysely)
  return rows
}

const countVisible = async (database: Database, table: string): Promise<number> => {
  const { rows } = await sql<{
    seen: boolean
  }>`select exists (select 1 from ${sql.table(table)}) as seen`.execute(database.kysely)
  return rows[0]?.seen ? 1 : 0
}

/**
 * Proves that the application's connection sees nothing without a scope and nothing in a scope of no region, that it
 * is neither superuser nor exempt, and that every table with a region is protected. Refuses with
 * `store.sees-too-much`, naming what it saw; gives the number of tables it tried.
 */
export const proveScope = async (database: Database): Promise<number> => {
  const refuse = (detail: string): never => {
    throw new Refusal('store.sees-too-much', { detail })
  }
  const { rows } = await sql<{ exempt: boolean }>`
    select rolsuper or rolbypassrls as exempt from pg_roles where rolname = current_user`.execute(
    database.kysely,
  )
  if (rows[0]?.exempt !== false) refuse('role')
  const tables = await listPersonalTables(database)
  for (const { name, forced } of tables) {
    if (!forced) refuse(`${name}: no forced row-level security`)
    if (await countVisible(database, name)) refuse(`${name}: visible without a scope`)
  }
  await inScope(database, { from: '000000000000', until: '000000000001', extra: [] }, async (tx) => {
    for (const { name } of tables) {
      const { rows: seen } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(tx)
      if (seen.length) refuse(`${name}: visible in a scope of no region`)
    }
  })
  return tables.length
}
