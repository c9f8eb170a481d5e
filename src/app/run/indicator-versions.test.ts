import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BusinessDate, type Instant, newId } from '#base'
import { tryIndicator } from '#monitoring/server'
import { findPackByHash } from '#rulebook/server'
import { everywhere } from '#store'
import { aHousehold, aNumber, makeSmallWorld, type SmallWorld } from '#testing/small-world.ts'

const patience = 60_000
const dali = '532901000000'
const heqing = '532932000000'
const county = { [dali]: '532902000000', [heqing]: '532933000000' }
let world: SmallWorld

beforeAll(async () => {
  world = await makeSmallWorld([
    ...[1, 2].map((serial) => aHousehold(serial)),
    ...[20, 21].map((serial) => aHousehold(serial, { regionCode: '532932100001' })),
  ])
}, patience)
afterAll(() => world.close())

const die = (regionCode: string, serial: number) =>
  world.send('police-deaths', [{ 姓名: '杨秀英', 公民身份号码: aNumber(serial), 死亡日期: '2026-05-02' }], {
    regionCode,
  })

const scanOn = (today: string) =>
  world.scan({ clock: { ...world.services.clock, today: () => today as BusinessDate } })

const alerts = async () => {
  const rows = await world.look((tx) =>
    tx
      .selectFrom('alerts')
      .innerJoin('households', 'households.id', 'alerts.household_id')
      .select(['households.number', 'indicator', 'alerts.summary', 'alerts.explanation'])
      .orderBy('alerts.number')
      .execute(),
  )
  return rows.map(({ explanation, ...row }) => {
    const { version, packHash } = explanation as { version: string; packHash: string }
    return { ...row, household: Number(row.number.slice(-5)), version, packHash }
  })
}

/** Two accounts, for what one proposes another releases. */
const makePersons = async () => {
  const ids = [newId(), newId()]
  await world.look(async (tx) => {
    const { id } = await tx.selectFrom('organisations').select('id').limit(1).executeTakeFirstOrThrow()
    for (const account of ids)
      await tx
        .insertInto('accounts')
        .values({
          ...{ id: account, login: `p-${account.slice(-8)}`, display_name: '某', organisation_id: id },
          ...{ role: 'supervisor', password_hash: '-' },
        })
        .execute()
  })
  return ids
}

/** A version of "a member has died" for 大理市 from 2026-06-20, as two persons would release it. */
const release = async (indicator: string, when: string, name: string) => {
  const [proposer = '', releaser = ''] = await makePersons()
  const at = world.services.clock.now() as Instant
  const id = newId()
  const died = (diedOn: string | null, category: string) => ({
    today: '2026-06-15',
    given: { category },
    members: [{ diedOn }],
  })
  const entry = {
    ...{ indicator, region: dali, entity: 'household', name: { zh: name, en: name }, grade: 'red' },
    ...{ owner: 'police', route: 4, period: 'year', feeds: ['deaths'], values: {}, when },
    effective: { from: '2026-06-20' },
    sentence: { zh: `{members}：${name}（{diedOn}）`, en: '{members} {diedOn}' },
    sources: [{ document: 'dali-2024', clause: '二（四）' }],
    checkedOn: '2026-06-15',
  }
  const cases = [
    { name: '特困，已死亡', ...died('2026-05-02', 'tekun'), expect: true },
    { name: '没有人死亡', ...died(null, 'tekun'), expect: false },
    { name: '没有数据', ...died('unknown', 'tekun'), expect: { unknown: ['deaths'] } },
  ]
  const number = await world.look(async (tx) => {
    const row = await tx
      .insertInto('indicator_proposals')
      .values({
        ...{ id, indicator, based_on: 'member-died', region: dali, document: 'dali-2024' },
        ...{ entry: JSON.stringify(entry), cases: JSON.stringify(cases), effective_from: '2026-06-20' },
        ...{ proposed_by: proposer, proposed_at: at },
      })
      .returning('number')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('indicator_decisions')
      .values({
        ...{ proposal_id: id, proposed_by: proposer, decided_by: releaser },
        ...{ outcome: 'released', decided_at: at },
      })
      .execute()
    return row.number
  })
  return `${indicator}-v${number}`
}

test('a trial finds nothing to stand on before the first scan', async () => {
  const { pack } = world.services.rulebook.current('indicators')
  const asked = { indicator: 'member-died', before: pack, after: pack, region: '532900000000' }
  const from = '2026-06-20' as BusinessDate
  const trial = await world.look((tx) =>
    tryIndicator(world.services.scan, tx, { ...asked, from, scope: everywhere }),
  )
  expect(trial).toBeUndefined()
})

test('a released version raises in its region from its day; before and elsewhere all is as it was', {
  timeout: patience,
}, async () => {
  await die(dali, 1)
  await die(heqing, 20)
  expect(await scanOn('2026-06-15')).toMatchObject({ raised: 2 })
  const before = world.services.rulebook.current('indicators')

  const tekunOnly = 'category = "tekun" and (some m in members satisfies m.diedOn != null)'
  const quiet = await release('member-died', tekunOnly, '特困人员死亡')
  const wide = await release('own-00000001', 'some m in members satisfies m.diedOn != null', '家中有人去世')
  const after = await world.look((tx) => world.services.rulebook.packIn(tx, 'indicators'))

  // Tried on what the last scan saw: nothing is raised, and nobody sees another county.
  const tried = (indicator: string, scope: { from: string; until: string; extra: string[] }) =>
    world.look((tx) =>
      tryIndicator(world.services.scan, tx, {
        ...{ indicator, before: before.pack, after: after.pack, scope },
        ...{ from: '2026-06-20' as BusinessDate, region: '532900000000' },
      }),
    )
  const all = await tried('member-died', { ...everywhere, extra: [] })
  expect(all).toMatchObject({ on: '2026-06-15', subjects: 4, before: 2, after: 1, newly: 0, noLonger: 1 })
  expect(all?.counties.map(({ code, before: was, after: is }) => [code, was, is])).toEqual([
    [dali, 1, 0],
    [heqing, 1, 1],
  ])
  expect(all?.examples).toMatchObject([{ kind: 'noLonger' }])
  expect(all?.examples[0]?.sentence.zh).toContain('2026-05-02')
  expect(JSON.stringify(all)).not.toContain('杨秀英')
  const own = { from: heqing, until: county[heqing] ?? '', extra: [] }
  expect(await tried('member-died', own)).toMatchObject({ subjects: 2, before: 1, after: 1, noLonger: 0 })
  const fresh = await tried('own-00000001', { ...everywhere, extra: [] })
  expect(fresh).toMatchObject({ before: 0, after: 1, newly: 1, counties: [{ code: dali, newly: 1 }] })
  expect(await alerts()).toHaveLength(2)

  // Before its day nothing changes.
  expect(await scanOn('2026-06-19')).toMatchObject({ raised: 0, unchanged: 2 })
  await die(dali, 2)
  await die(heqing, 21)
  expect(await scanOn('2026-06-20')).toMatchObject({ raised: 3 })
  const raised = (await alerts()).slice(2)
  expect(raised.map(({ household, version }) => [household, version]).toSorted()).toEqual([
    [1, wide],
    [2, wide],
    [21, 'member-died'],
  ])
  expect(raised.find(({ version }) => version === wide)?.summary).toContain('家中有人去世')
  expect(quiet).not.toBe(wide)

  // Each alert keeps the rules that raised it.
  const [oldest] = await alerts()
  expect(oldest?.packHash).toBe(before.hash)
  expect(raised[0]?.packHash).toBe(after.hash)
  const kept = await world.look((tx) => findPackByHash(tx, after.hash))
  expect(kept?.pack.rules.some(({ key }) => key === wide)).toBe(true)
  const { names } = world.services
  expect(names('own-00000001', 'zh-CN').name).toBe('家中有人去世')
})
