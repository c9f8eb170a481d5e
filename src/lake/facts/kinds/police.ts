import { quoteText } from '../../engine/sql.ts'
import { matchedTable } from '../../matching/tables.ts'
import { type FactContext, type FeedFacts, newestFirst, sqlDate, sqlList } from '../source.ts'

/** Deaths. A later row of the same death that says `reversed` takes an earlier one back, so that nobody alive is dead. */
export const deaths: FeedFacts = {
  kind: 'deaths',
  subject: 'member',
  facts: { diedOn: 'DATE' },
  whenNone: 'null',
  sql: () => `
    select person_id as subject_id, min(died_on) as "diedOn"
    from (
      select person_id, died_on, reversed from ${matchedTable('deaths')}
      where person_id is not null and person_role = 'self'
      qualify row_number() over (partition by person_id, died_on order by ${newestFirst()}) = 1
    )
    where not coalesce(reversed, false) group by person_id`,
}

/** Vehicles. The newest row of a plate says whose it is and in what state; earlier owners and states do not count. */
export const vehicles: FeedFacts = {
  kind: 'vehicles',
  subject: 'member',
  facts: { vehicleAcquiredOn: 'DATE' },
  whenNone: 'null',
  sql: ({ today, parameters }: FactContext) => {
    const letters = quoteText(parameters.vehicleStatusesNotCounted.join(''))
    const acquired = 'greatest(first_registered_on, coalesce(owner_changed_on, first_registered_on))'
    return `
      select person_id as subject_id, max(acquired_on) as "vehicleAcquiredOn"
      from (
        select person_id, vehicle_type, status, ${acquired} as acquired_on from ${matchedTable('vehicles')}
        where person_role = 'self'
        qualify row_number() over (partition by plate_key order by ${newestFirst('acquired_on')}) = 1
      )
      where person_id is not null and acquired_on <= ${sqlDate(today)}
        and left(vehicle_type, 1) not in ${sqlList(parameters.vehicleTypesNotCounted)}
        and translate(coalesce(status, ''), ${letters}, '') = coalesce(status, '')
      group by person_id`
  },
}

/** Moves of the person, and of others into the household whose head the person is. */
export const moves: FeedFacts = {
  kind: 'moves',
  subject: 'member',
  facts: { lastMovedOn: 'DATE', newcomerMovedInOn: 'DATE' },
  whenNone: 'null',
  sql: ({ today }: FactContext) => `
    select person_id as subject_id,
      max(moved_on) filter (where person_role = 'self') as "lastMovedOn",
      max(moved_on) filter (where person_role = 'head' and direction = 'in') as "newcomerMovedInOn"
    from (
      select person_id, person_role, direction, moved_on, reversed from ${matchedTable('moves')}
      where person_id is not null
      qualify row_number() over (
        partition by person_id, person_role, direction, moved_on, token, name_key order by ${newestFirst()}) = 1
    )
    where not coalesce(reversed, false) and moved_on <= ${sqlDate(today)} group by person_id`,
}
