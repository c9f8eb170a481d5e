import { afterAll, beforeAll, expect, test } from 'vitest'
import { getFeed, takeBack } from '#exchange/server'
import { withdrawRestingOn } from '#monitoring/server'
import type { TestClient } from '#testing/server.ts'
import { startTestServer } from '#testing/server.ts'
import { aHousehold, aNumber, makeSmallWorld, type SmallWorld } from '#testing/small-world.ts'
import { endpointsOf, refusalSpecs } from '../services.server.ts'
import type { ImportedFile } from './import-file.server.ts'

let world: SmallWorld
let server: Awaited<ReturnType<typeof startTestServer>>
let officer: TestClient
let id = ''
let pensionFile: ImportedFile

beforeAll(async () => {
  const [told, other] = [aHousehold(1), aHousehold(2, { name: '李桂芳' })]
  world = await makeSmallWorld([
    {
      ...told,
      facts: [{ kind: 'vehicles', value: 0 }],
      members: told.members.map((member) => ({
        ...member,
        facts: [
          { kind: 'pensionDeclared', value: false },
          { kind: 'disability', value: { class: 4, grade: 2 } },
          { kind: 'monthlyIncomeFen', value: 0 },
        ],
      })),
    },
    other,
  ])
  server = await startTestServer({
    appUrl: world.installation.appUrl,
    refusals: refusalSpecs,
    endpoints: () => endpointsOf(world.services),
  })
  officer = await server.as('county-officer')
  id = (
    await world.look((tx) =>
      tx.selectFrom('households').select('id').where('number', '=', told.number).executeTakeFirstOrThrow(),
    )
  ).id
}, 60_000)
afterAll(async () => {
  await server.close()
  await world.close()
})

interface File {
  readonly facts: readonly unknown[]
  readonly statements: {
    readonly feed: string
    readonly says: object
    readonly validFrom: string
    readonly validUntil: string | null
    readonly knownFrom: string
    readonly knownUntil: string | null
    readonly source: { readonly period: string; readonly row: number; readonly takenBack: boolean }
  }[]
  readonly contradictions: { readonly kind: string; readonly subjectId: string }[]
}
const file = async (): Promise<File> => (await officer.get<File>(`/api/v1/registry/households/${id}`)).body
/** What is said of one kind, as `days: what`, with a mark where it is no longer believed. */
const said = async (feed: string): Promise<string[]> =>
  (await file()).statements
    .filter((one) => one.feed === feed)
    .map(
      ({ says, validFrom, validUntil, knownUntil }) =>
        `${validFrom}..${validUntil ?? ''} ${JSON.stringify(says)}${knownUntil ? ' ended' : ''}`,
    )

const pension = (month: string, amount: number) => ({
  身份证号: aNumber(1),
  姓名: '杨秀英',
  险种类型: '城乡居民养老',
  发放年月: month,
  本月实发养老金: amount,
  发放状态: '正常发放',
})
const paid = (days: string, amountFen: number): string =>
  `${days} ${JSON.stringify({ kind: '170', state: 'normal', amountFen })}`
const sorted = (texts: readonly string[]): string[] =>
  texts.map((text) => {
    const [days, ...rest] = text.split(' ')
    const ended = text.endsWith(' ended')
    const json = rest.join(' ').replace(/ ended$/, '')
    const { kind, state, amountFen } = JSON.parse(json) as Record<string, unknown>
    return `${days} ${JSON.stringify({ kind, state, amountFen })}${ended ? ' ended' : ''}`
  })
const pensions = async (): Promise<string[]> => sorted(await said('pensions'))

test('what departments say is brought up with source, days and the instant it became known, beside what was told', async () => {
  pensionFile = await world.send('labour-pensions', [pension('202605', 120), pension('202604', 120)])
  await world.send('disabled-certificates', [
    {
      证件号码: `${aNumber(1)}43`,
      姓名: '杨秀英',
      状态: '有效',
      初次申领日期: '2019-04-02',
      有效期至: '2029-04-02',
    },
  ])
  await world.send('police-vehicles', [
    {
      身份证明号码: aNumber(1),
      机动车所有人: '杨秀英',
      号牌号码: '云L12345',
      车辆类型: 'K33',
      机动车状态: 'A',
      初次登记日期: '2020-01-05',
    },
  ])
  expect(await world.scan()).toMatchObject({ compared: { added: 3, ended: 0 } })

  expect(await pensions()).toEqual([paid('2026-04-01..2026-06-01', 12_000)])
  const { statements, contradictions, facts } = await file()
  expect(statements.find(({ feed }) => feed === 'disability')).toMatchObject({
    says: { class: '4', grade: '3', state: 'valid' },
    validFrom: '2019-04-02',
    validUntil: null,
    knownUntil: null,
    source: { period: '2026-06', takenBack: false },
  })
  expect(contradictions.map(({ kind }) => kind).toSorted()).toEqual([
    'disability',
    'monthlyIncomeFen',
    'pensionDeclared',
    'vehicles',
  ])
  // What people told stays as it was told.
  expect(facts).toHaveLength(4)
})

test('the same files again change nothing', async () => {
  const before = await file()
  expect(await world.scan()).toMatchObject({ compared: { added: 0, ended: 0 } })
  expect(await file()).toEqual(before)
})

test('an equal month lengthens what was said, another amount stands beside it', async () => {
  await world.send('labour-pensions', [pension('202606', 135)])
  expect(await world.scan()).toMatchObject({ compared: { added: 1, ended: 0 } })
  expect(await pensions()).toEqual([
    paid('2026-06-01..2026-07-01', 13_500),
    paid('2026-04-01..2026-06-01', 12_000),
  ])
  await world.send('labour-pensions', [pension('202603', 120)])
  expect(await world.scan()).toMatchObject({ compared: { added: 1, ended: 1 } })
  expect(await pensions()).toEqual([
    paid('2026-06-01..2026-07-01', 13_500),
    paid('2026-03-01..2026-06-01', 12_000),
    `${paid('2026-04-01..2026-06-01', 12_000)} ended`,
  ])
})

test('a file taken back is no longer believed at once; nothing is deleted, and the next scan says what is left', async () => {
  const rows = () =>
    world.look((tx) =>
      tx
        .selectFrom('facts')
        .select('id')
        .where('provenance', '=', 'compared')
        .execute()
        .then(({ length }) => length),
    )
  const before = await rows()
  await world.look(async (tx) =>
    takeBack(
      {
        onTakenBack: (inner, feedId, actor) => withdrawRestingOn(inner, world.services.clock, feedId, actor),
      },
      tx,
      world.services.clock,
      await getFeed(tx, pensionFile.feedId),
      { actorId: null, reason: '数据有误' },
    ),
  )
  expect(await rows()).toBe(before)
  const ended = (await file()).statements.filter(({ knownUntil }) => knownUntil !== null)
  expect(ended.map(({ source }) => source.takenBack)).toEqual([true, true])
  expect(await pensions()).toContain(paid('2026-06-01..2026-07-01', 13_500))
  expect((await pensions()).filter((text) => !text.endsWith('ended'))).toHaveLength(1)

  expect(await world.scan()).toMatchObject({ compared: { added: 1, ended: 0 } })
  expect((await pensions()).filter((text) => !text.endsWith('ended'))).toEqual([
    paid('2026-06-01..2026-07-01', 13_500),
    paid('2026-03-01..2026-04-01', 12_000),
  ])
  expect(await rows()).toBe(before + 1)
})

test('a death is said against the registered member', async () => {
  const death = { 姓名: '杨秀英', 公民身份号码: aNumber(1), 死亡日期: '2026-05-02' }
  await world.send('police-deaths', [death])
  await world.scan()
  expect((await file()).contradictions.map(({ kind }) => kind)).toContain('membership')
})
