import { type Engine, quoteText } from '#lake/server'

/** A row with a known number and another name, as matching asks about it. */
export interface Question {
  readonly kind: string
  readonly feed_id: string
  readonly row_no: number
  readonly person_role: string
  readonly person: string
  readonly reason: string
  readonly row_key: string
}

/** What exact matching asks, newest file first. */
export const listQuestions = (engine: Engine): Promise<Question[]> =>
  engine.rows<Question>(
    `select kind, feed_id, row_no, person_role, cast(person_id as varchar) as person, reason, row_key from match_question
     order by feed_order desc, row_no`,
  )

/** Says which kinds of files cover which counties, or all counties of a city or province; each pair once. */
export const addCoverage = async (
  engine: Engine,
  covered: readonly { readonly kind: string; readonly regionCode: string }[],
): Promise<void> => {
  const pairs = new Set(
    covered.map(({ kind, regionCode }) => `(${quoteText(kind)}, ${quoteText(regionCode)})`),
  )
  if (pairs.size > 0) await engine.run(`insert into feed_coverage values ${[...pairs].join(', ')}`)
}

/** Rows of a table. */
export const countRows = async (engine: Engine, table: string): Promise<number> => {
  const [row] = await engine.rows<{ n: number }>(`select count(*) as n from ${table}`)
  return Number(row?.n ?? 0)
}

/** Whose statements a pass makes again: `looked_at (person_id)`. */
export const chooseAllPeople = (engine: Engine): Promise<number> =>
  engine.run('create or replace view looked_at as select person_id from registry_person')

/** … only members of households whose rows changed. */
export const chooseTouchedPeople = (engine: Engine): Promise<number> =>
  engine.run(
    'create or replace view looked_at as select n.person_id from person_now n semi join touched t on t.hid = n.hid',
  )
