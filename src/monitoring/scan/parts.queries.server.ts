import { type RegionCode, rangeOf } from '#base'
import { type Engine, quoteName, quoteText } from '#lake/server'
import { narrowerFirst } from './parts.ts'

const tables = ['household', 'member', 'lead'] as const
const idOf = { household: 'household_id', member: 'household_id', lead: 'lead_id' } as const
const whole = (table: string): string => `whole_${table}`

/** Region of every subject of the run. */
export const subjectRegions = `
  select cast(household_id as varchar) as id, region_code as region from registry_household
  union all select cast(lead_id as varchar), region_code from registry_lead`

/** Sets the tables of facts aside and says to which part each subject belongs: the narrowest that holds its region. */
export const beginParts = async (
  engine: Engine,
  parts: readonly RegionCode[],
  regions: string,
): Promise<void> => {
  const choices = narrowerFirst(parts).map((part) => {
    const { from, until } = rangeOf(part)
    return `when region >= ${quoteText(from)} and region < ${quoteText(until)} then ${quoteText(part)}`
  })
  await engine.run(
    `create or replace table subject_part as select id, case ${choices.join(' ')} end as part from (${regions})`,
  )
  for (const table of tables) await engine.run(`alter table ${table} rename to ${whole(table)}`)
}

/** Leaves the subjects of one part in the tables of facts. */
export const showPart = async (engine: Engine, part: RegionCode): Promise<void> => {
  for (const table of tables)
    await engine.run(
      `create or replace table ${table} as select * from ${whole(table)} where cast(${quoteName(idOf[table])} as varchar)
       in (select id from subject_part where part = ${quoteText(part)})`,
    )
}

/** The tables of facts are whole again. */
export const endParts = async (engine: Engine): Promise<void> => {
  for (const table of tables) {
    await engine.run(`drop table if exists ${table}`)
    await engine.run(`alter table ${whole(table)} rename to ${table}`)
  }
  await engine.run('drop table subject_part')
}
