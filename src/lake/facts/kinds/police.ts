import { quoteText } from '../../engine/sql.ts'
import { type FeedFacts, newestFirst, sqlDate, sqlList } from '../source.ts'

/** Deaths. A later row of the same death that says `reversed` takes an earlier one back, so that nobody alive is dead. */
export const deaths: FeedFacts = {
  kind: 'deaths',
  subject: 'member',
  facts: { diedOn: 'DATE' },
  whenNone: 'null',
  sql: (_, rows) => `
    select pid, min(died_on) as "diedOn"
    from (
      select pid, died_on, reversed from ${rows}
      where person_role = 'self'
      qualify row_number() over (partition by pid, died_on order by ${newestFirst()}) = 1
    )
    where not coalesce(reversed, false) group by pid`,
}

/** Vehicles. The newest row of a plate says whose it is and in what state; earlier owners and states do not count. */
export const vehicles: FeedFacts = {
  kind: 'vehicles',
  subject: 'member',
  facts: { vehicleAcquiredOn: 'DATE' },
  whenNone: 'null',
  changes: true,
  tiedBy: 'plate_key',
  sql: ({ today, parameters }, rows) => {
    const letters = quoteText(parameters.vehicleStatusesNotCounted.join(''))
    const acquired = 'greatest(first_registered_on, coalesce(owner_changed_on, first_registered_on))'
    return `
      select pid, max(acquired_on) filter (where acquired_on <= ${sqlDate(today)}) as "vehicleAcquiredOn",
        min(acquired_on) filter (where acquired_on > ${sqlDate(today)}) as changes_on
      from (
        select pid, vehicle_type, status, ${acquired} as acquired_on from ${rows}
        where person_role = 'self'
        qualify row_number() over (partition by plate_key, case when plate_key is null then pid end
          order by ${newestFirst('acquired_on')}) = 1
      )
      where left(vehicle_type, 1) not in ${sqlList(parameters.vehicleTypesNotCounted)}
        and translate(coalesce(status, ''), ${letters}, '') = coalesce(status, '')
      group by pid`
  },
}

/** Moves of the person, and of others into the household whose head the person is. */
export const moves: FeedFacts = {
  kind: 'moves',
  subject: 'member',
  facts: { lastMovedOn: 'DATE', newcomerMovedInOn: 'DATE' },
  whenNone: 'null',
  changes: true,
  sql: ({ today }, rows) => `
    select pid,
      max(moved_on) filter (where moved_on <= today and person_role = 'self') as "lastMovedOn",
      max(moved_on) filter (where moved_on <= today and person_role = 'head' and direction = 'in') as "newcomerMovedInOn",
      min(moved_on) filter (where moved_on > today) as changes_on
    from (
      select pid, person_role, direction, moved_on, reversed, ${sqlDate(today)} as today from ${rows}
      qualify row_number() over (
        partition by pid, person_role, direction, moved_on, own_token, own_name_key order by ${newestFirst()}) = 1
    )
    where not coalesce(reversed, false) group by pid`,
}
