import type { Engine, Parameters } from '#lake/server'

/** Puts an indicator of a part of the region into the engine's list, its values in the order of the columns. */
export const addRule = (engine: Engine, values: Parameters): Promise<number> =>
  engine.run('insert into finding_rule values ($1, $2, $3, $4, $5, $6, $7)', values)

/** Puts a finding into the engine, its values in the order of the columns; who decides as a JSON list. */
export const addFinding = (engine: Engine, values: Parameters): Promise<number> =>
  engine.run(
    'insert into finding values ($1, $2, $3, $4, $5, $6, $7, $8, cast(cast($9 as json) as varchar[]), $10)',
    values,
  )
