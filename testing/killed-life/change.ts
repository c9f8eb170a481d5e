import { businessDate, newId } from '#base'
import type { ImportHousehold } from '#registry'
import { loadRegistry } from '#registry/server'
import type { Tx } from '#store/server'
import { demoIds } from '../../src/app/demo/demo-ids.server.ts'
import type { Services } from '../../src/app/services.server.ts'

const officer = '0197a000-0000-7000-8000-000000000007'

/** Some members leave, others bear another name; a household ends. */
const changePeople = async (tx: Tx, today: string, nth: number): Promise<void> => {
  const people = await tx
    .selectFrom('persons')
    .select(['id', 'household_id', 'name_key'])
    .where('left_on', 'is', null)
    .orderBy('id')
    .offset(nth * 20)
    .limit(9)
    .execute()
  for (const [at, { id, name_key }] of people.entries()) {
    const change = at % 3 === 0 ? { left_on: today } : { name_key: BigInt(name_key ?? 0) + 1n }
    await tx.updateTable('persons').set(change).where('id', '=', id).execute()
  }
  const ended = people.at(-1)?.household_id ?? ''
  await tx.updateTable('households').set({ ended_on: today }).where('id', '=', ended).execute()
}

/** Every other question is answered: by its first candidate, or by none of them. */
const decideSome = async (tx: Tx, at: string): Promise<void> => {
  const open = await tx
    .selectFrom('adjudications')
    .select(['id', 'row_key', 'region_code', 'candidates'])
    .where('status', '=', 'open')
    .orderBy('row_key')
    .execute()
  for (const [no, { id, row_key, region_code, candidates }] of open.entries()) {
    if (no % 2 === 1) continue
    const personId = (candidates as { personId: string }[])[0]?.personId ?? ''
    const isSame = no % 4 === 0
    const decided = { decided_by: officer, decided_at: at }
    await tx
      .updateTable('adjudications')
      .set({ status: isSame ? 'same' : 'none', person_id: isSame ? personId : null, ...decided })
      .where('id', '=', id)
      .execute()
    const verdict = isSame ? 'same' : 'not-same'
    await tx
      .insertInto('match_decisions')
      .values({ row_key, person_id: personId, region_code, verdict, ...decided })
      .execute()
  }
}

/** Some alerts of households are taken, so that what is found later meets alerts that somebody works on. */
const takeSome = async (tx: Tx, today: string, at: string): Promise<void> => {
  const alerts = await tx
    .selectFrom('alerts')
    .select(['id', 'region_code'])
    .where('status', '=', 'new')
    .where('household_id', 'is not', null)
    .orderBy('household_id')
    .orderBy('indicator')
    .limit(8)
    .execute()
  for (const { id, region_code } of alerts) {
    await tx.updateTable('alerts').set({ status: 'verifying' }).where('id', '=', id).execute()
    const step = { id: newId(), alert_id: id, region_code, step: 'taken', at }
    await tx
      .insertInto('alert_steps')
      .values({ ...step, business_date: today, actor_id: officer })
      .execute()
  }
}

/** Changes the registry, the questions and the alerts in one transaction; nothing where that was done before. */
export const changeRecord = async (
  tx: Tx,
  { secrecy, clock }: Services,
  nth: number,
  households: readonly ImportHousehold[],
): Promise<void> => {
  const [first] = households
  const done = await tx
    .selectFrom('households')
    .select('id')
    .where('number', '=', first?.number ?? '')
    .executeTakeFirst()
  if (done) return
  const today = businessDate(clock.today())
  const makeId = demoIds({ region: '5329', persons: nth, seed: nth })
  await loadRegistry(tx, { secrecy, clock, makeId }, { households })
  await changePeople(tx, today, nth)
  await decideSome(tx, clock.now())
  await takeSome(tx, today, clock.now())
}
