import type pg from 'pg'

const lockNumber = 20_261_122

/**
 * Takes the lock of whoever makes states, for as long as the connection lives, and gives the number of the state in force.
 * A program that was killed may have a commit under way that PostgreSQL has not done yet; its connection holds the lock
 * until that is decided, so that nobody sweeps the files of a state that is about to be in force.
 */
export const lockOfPass = async (client: pg.Client): Promise<number> => {
  await client.query('select pg_advisory_lock($1)', [lockNumber])
  return generationInForce(client)
}

/** Lets go of the lock again. */
export const releasePass = async (client: pg.Client): Promise<void> => {
  await client.query('select pg_advisory_unlock($1)', [lockNumber])
}

export const generationInForce = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query<{ generation: number }>('select generation from lake_state')
  return rows[0]?.generation ?? 0
}

/** Alerts by flag, status and state that changed them last, one line each. */
export const listAlerts = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query<{ line: string }>(
    `select concat_ws(' ', flag, status, generation, count(*), sum(hid::bigint * 31 + flag)) as line from alert
     group by flag, status, generation order by flag, status, generation`,
  )
  return rows.map(({ line }) => line)
}

export const countAbove = async (client: pg.Client, generation: number): Promise<number> => {
  const { rows } = await client.query<{ n: number }>(
    'select cast(count(*) as integer) as n from alert where generation > $1',
    [generation],
  )
  return rows[0]?.n ?? 0
}

/** Back to before the first state. */
export const forgetAll = async (client: pg.Client): Promise<void> => {
  await client.query('truncate alert')
  await client.query('update lake_state set generation = 0')
}
