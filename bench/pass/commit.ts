import { createReadStream, rmSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from } from 'pg-copy-streams'
import type { Engine } from '#lake/server'

// What an installation keeps of an alert beside these is told when it is opened, or belongs to its handling.
export const recordTables = `
  create table if not exists alert (
    hid integer, flag smallint, status text not null, raised_on date not null, ended_on date, generation integer not null,
    primary key (hid, flag));
  create table if not exists lake_state (sole boolean primary key default true check (sole), generation integer not null);
  insert into lake_state values (true, 0) on conflict do nothing`

/** Fills a table by COPY from an engine query; gives the rows. */
export const fillFrom = async (
  engine: Engine,
  sql: string,
  client: pg.Client,
  table: string,
): Promise<number> => {
  const path = await engine.writeCsv(sql, table)
  try {
    const stream = client.query(from(`copy ${table} from stdin with (format csv, header false)`))
    await pipeline(createReadStream(path), stream)
    return stream.rowCount
  } finally {
    rmSync(path, { force: true })
  }
}

/**
 * Keeps what a pass found together with the number of its state, in one transaction: alerts that are open already stay,
 * ended ones are opened again, what holds no longer is ended. Gives how many alerts changed.
 */
export const commitChanges = async (
  engine: Engine,
  { client }: { readonly client: pg.Client },
  generation: number,
  today: string,
): Promise<number> => {
  await client.query('begin')
  await client.query(
    'create temp table flag_change (hid integer, flag smallint, holds boolean) on commit drop',
  )
  await fillFrom(engine, 'select hid, flag, holds from flag_change order by hid, flag', client, 'flag_change')
  const raised = await client.query(
    `insert into alert as a (hid, flag, status, raised_on, generation)
     select hid, flag, 'open', $1, $2 from flag_change where holds
     on conflict (hid, flag) do update set status = 'open', raised_on = $1, ended_on = null, generation = $2
       where a.status <> 'open'`,
    [today, generation],
  )
  await client.query('analyze flag_change')
  const ended = await client.query(
    `update alert a set status = 'ended', ended_on = $1, generation = $2 from flag_change c
     where not c.holds and a.hid = c.hid and a.flag = c.flag and a.status = 'open'`,
    [today, generation],
  )
  await client.query('update lake_state set generation = $1', [generation])
  await client.query('commit')
  return (raised.rowCount ?? 0) + (ended.rowCount ?? 0)
}
