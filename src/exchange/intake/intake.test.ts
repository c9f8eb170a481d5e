import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { type IntakeWorld, intakeRegion, makeIntakeWorld } from '#testing/intake-world.ts'
import type { TestClient } from '#testing/server.ts'
import { layoutOf, numberOf } from '../fixtures.server.ts'
import { insertLayout, retireVersions } from '../layouts/layouts.queries.server.ts'
import { openTable } from '../read/open.server.ts'
import { writeXlsx } from '../write/xlsx.server.ts'
import type { FeedRow } from './contract.ts'
import { listAcceptedFeeds } from './feeds.queries.server.ts'
import { receivePath } from './receive.server.ts'

const path = '/api/v1/exchange/feeds'
const dali = { regionCode: '532901000000' }

let world: IntakeWorld
let prefecture: TestClient
let made = 0

beforeAll(async () => {
  world = await makeIntakeWorld(2_000)
  prefecture = await world.server.as('supervisor', { regionCode: intakeRegion })
}, 120_000)
afterAll(() => world.close())

interface Feed extends FeedRow {
  readonly refusal: { code: string; detail: string } | null
  readonly layoutId: string | null
  readonly layoutVersion: number | null
  readonly quarantine: readonly { code: string; zh: string }[]
  readonly reasons: readonly { reason: string; count: number }[]
}

const get = async (id: string, as = prefecture): Promise<Feed> => (await as.get<Feed>(`${path}/${id}`)).body

/** A file of the police's deaths with content of its own; `change` spoils a line. */
const deathsFile = async (
  rows: number,
  change = (cells: string[], _row: number) => cells,
): Promise<string> => {
  made += 1
  const lines = Array.from({ length: rows }, (_, n) =>
    change([`甲${made}`, numberOf(made * 2_000 + n), '20260605', '否'], n).join(','),
  )
  const at = join(world.folder, `名单${made}.csv`)
  await writeFile(at, ['姓名,公民身份号码,死亡日期,冲销标志', ...lines].join('\n'))
  return at
}

const receive = async (file: string, fields = {}, as = prefecture): Promise<string> => {
  const { status, body } = await world.send(as, file, fields)
  expect([status, body.known]).toEqual([200, false])
  await world.read(body.id)
  return body.id
}

const decide = (id: string, step: 'release' | 'take-back', version: number, as = prefecture) =>
  as.post<{ version: number; code: string }>(
    `${path}/${id}/${step}`,
    { reason: '与来源单位核对无误' },
    { 'if-match': `"v${version}"` },
  )

const rowsOf = async (file: string): Promise<string[][]> => {
  const source = await openTable(file)
  const rows: string[][] = []
  for (const { batches } of source.sheets)
    for await (const batch of batches()) for (const { cells } of batch) rows.push([...cells])
  await source.close()
  return rows
}

test('of a thousand rows with 37 bad ones 963 are kept, and the sheet of the others, mended, is kept too', async () => {
  const { file } = await world.sample(1_000, 37)
  const id = await receive(file.path, { kind: 'deaths', period: file.period, regionCode: file.covers })
  const feed = await get(id)
  expect(feed).toMatchObject({ status: 'accepted', rowsIn: 1_000, rowsAccepted: 963, rowsRejected: 37 })
  expect(feed.reasons.reduce((sum, { count }) => sum + count, 0)).toBe(37)
  const listed = await prefecture.get<{ rows: { line: number; maskedValue: string }[] }>(
    `${path}/${id}/rejects?limit=200`,
  )
  const spoiled = file.lines.filter((line) => line.spoiled !== undefined)
  expect(listed.body.rows.map(({ line }) => line)).toEqual(spoiled.map(({ line }) => line))

  const { bytes, headers } = await prefecture.download(`${path}/${id}/rejects.xlsx`)
  expect(decodeURIComponent(headers.get('content-disposition') ?? '')).toContain('不合格行.xlsx')
  const sheet = join(world.folder, 'rejects.xlsx')
  await writeFile(sheet, bytes)
  const [header = [], ...rows] = await rowsOf(sheet)
  expect(rows).toHaveLength(37)
  const originals = await rowsOf(file.path)
  const written = (line: number) => (originals[line - 1] ?? []).slice(0, header.length - 4)
  const lineAt = header.indexOf('【核对】原行号')
  expect(rows.map((row) => row.slice(0, lineAt - 1))).toEqual(rows.map((row) => written(Number(row[lineAt]))))

  const good: Record<string, (n: number) => string> = {
    公民身份号码: (n) => numberOf(500_000 + n),
    死亡日期: () => '2026-06-03',
    冲销标志: () => '否',
  }
  const mended = rows.map((row, n) => row.map((cell, at) => good[header[at] ?? '']?.(n) ?? cell))
  await writeXlsx(sheet, [{ name: '不合格行', rows: [header, ...mended] }])
  const second = await receive(sheet, { kind: 'deaths' })
  expect(await get(second)).toMatchObject({
    status: 'accepted',
    rowsIn: 37,
    rowsAccepted: 37,
    rowsRejected: 0,
  })
  expect((await world.send(prefecture, sheet)).body).toMatchObject({ id: second, known: true })
})

test('the same content is one feed, also when two officers send it at the same moment', async () => {
  const file = await deathsFile(20)
  const officers = [prefecture, await world.server.as('supervisor', { regionCode: intakeRegion })]
  const sent = await Promise.all(officers.map((officer) => world.send(officer, file)))
  expect(sent.map(({ status }) => status)).toEqual([200, 200])
  const [first, second] = sent.map(({ body }) => body)
  expect(first?.id).toBe(second?.id)
  expect([first?.known, second?.known].sort()).toEqual([false, true])
  const id = first?.id ?? ''
  expect(await world.read(id)).toBe('accepted')
  const before = await get(id)
  const again = await world.send(prefecture, file)
  expect(again.body).toMatchObject({ id, known: true })
  await expect(world.read(id)).rejects.toMatchObject({ code: 'exchange.wrong-state' })
  expect(await get(id)).toEqual(before)
})

test('what was taken back or refused may be sent again, and is a feed of its own', async () => {
  const file = await deathsFile(20)
  const id = await receive(file)
  expect((await decide(id, 'take-back', (await get(id)).version)).status).toBe(200)
  expect(await get(id)).toMatchObject({ status: 'taken-back', rowsAccepted: 20 })
  const second = await receive(file)
  expect(second).not.toBe(id)
  expect(await get(second)).toMatchObject({ status: 'accepted', rowsAccepted: 20 })

  const wrong = { kind: 'vehicles' }
  const other = await deathsFile(20)
  const refused = await receive(other, wrong)
  expect((await get(refused)).status).toBe('refused')
  expect(await receive(other, wrong)).not.toBe(refused)
})

const acceptedIds = () =>
  inScope(world.installation.database, everywhere, async (tx) =>
    (await listAcceptedFeeds(tx)).map(({ id }) => id),
  )

test('a conspicuous file waits, unused, until a person releases it on the version seen', async () => {
  const file = await deathsFile(60, (cells, row) => (row % 3 ? cells : cells.with(2, '不详')))
  const id = await receive(file)
  const feed = await get(id)
  expect(feed).toMatchObject({ status: 'quarantined', rowsAccepted: 40, rowsRejected: 20 })
  expect(feed.quarantine.map(({ code }) => code)).toEqual(['too-many-rejects'])
  expect(await acceptedIds()).not.toContain(id)
  expect((await decide(id, 'release', feed.version + 1)).status).toBe(412)
  const { status, body } = await decide(id, 'release', feed.version)
  expect([status, body.version]).toEqual([200, feed.version + 1])
  expect(await acceptedIds()).toContain(id)
  expect((await decide(id, 'release', body.version)).body.code).toBe('exchange.wrong-state')
})

test('a list by which the people of the registry are dead is quarantined; that some of them are is usual', async () => {
  const living = world.world.registry.persons.flatMap(({ name, number }) => (number ? [[name, number]] : []))
  const listOf = async (count: number) => {
    const at = join(world.folder, `死亡${count}.csv`)
    const rows = living.slice(0, count).map(([name, number]) => `${name},${number},20260605,否`)
    await writeFile(at, ['姓名,公民身份号码,死亡日期,冲销标志', ...rows].join('\n'))
    return get(await receive(at, { kind: 'deaths' }))
  }
  expect(await listOf(15)).toMatchObject({ status: 'accepted' })
  const { status, quarantine } = await listOf(400)
  expect([status, quarantine.map(({ code }) => code)]).toEqual(['quarantined', ['too-many-deaths']])
  expect(quarantine[0]?.zh).toMatch(/^登记对象中有 \d+ 人被列为死亡，超过合理人数（\d+ 人）$/)
})

test('a file of another kind is refused whole with the reason, and nothing of it is kept', async () => {
  const id = await receive(await deathsFile(20), { kind: 'vehicles' })
  const feed = await get(id)
  expect(feed).toMatchObject({ status: 'refused', kind: 'vehicles', rowsIn: 0, quarantine: [] })
  expect(feed.refusal?.code).toBe('exchange.unknown-layout')
  expect(feed.refusal?.detail).toContain('表头不符合')
  const kept = await inScope(world.installation.database, everywhere, async (tx) => [
    ...(await tx.selectFrom('feed_rejects').select('seq').where('feed_id', '=', id).execute()),
    ...(await tx.selectFrom('unmatched_rows').select('row_no').where('feed_id', '=', id).execute()),
  ])
  expect(kept).toEqual([])
})

test('who may not send files is refused, and nobody sends files about a region that is not his', async () => {
  const file = await deathsFile(5)
  for (const role of ['village-helper', 'township-officer', 'auditor', 'administrator'] as const) {
    const { status } = await world.send(await world.server.as(role, dali), file)
    expect(status, role).toBe(403)
  }
  const officer = await world.server.as('county-officer', dali)
  for (const regionCode of [intakeRegion, '532922000000', '530100000000'])
    expect((await world.send(officer, file, { regionCode })).status, regionCode).toBe(403)
  const sent = await world.send(officer, file, { regionCode: '532901001000' })
  expect([sent.status, sent.body.known]).toEqual([200, false])
})

test('the same content from another county is a feed of its own; in one county it is one, whatever kind is named', async () => {
  const file = await deathsFile(5)
  const dalis = await world.server.as('county-officer', dali)
  const first = await receive(file, {}, dalis)
  const neighbour = await world.server.as('county-officer', { regionCode: '532922000000' })
  const second = await receive(file, {}, neighbour)
  expect(second).not.toBe(first)
  for (const [as, id] of [[dalis, first] as const, [neighbour, second] as const])
    expect(await get(id, as)).toMatchObject({ status: 'accepted', rowsAccepted: 5 })
  expect((await neighbour.get(`${path}/${first}`)).status).toBe(404)
  const otherwise: Record<string, string>[] = [
    {},
    { kind: 'deaths' },
    { kind: 'vehicles' },
    { period: '2026-04' },
  ]
  for (const fields of otherwise)
    expect((await world.send(neighbour, file, fields)).body).toMatchObject({ id: second, known: true })
  expect(await get(second, neighbour)).toMatchObject({
    status: 'accepted',
    kind: 'deaths',
    period: '2026-06',
  })
})

test('what one department sent another does not send again for the same region, and is told nothing of the file', async () => {
  const file = await deathsFile(5)
  const police = await world.server.as('department-officer', { ...dali, department: 'police' })
  const education = await world.server.as('department-officer', { ...dali, department: 'education' })
  const { body } = await world.send(police, file)
  const { status, body: told } = await world.send(education, file)
  expect([status, told.code]).toEqual([409, 'exchange.known-elsewhere'])
  expect(JSON.stringify(told)).not.toContain(body.id)
})

test('a file shows by which layout it was read, and which version of it', async () => {
  const id = await receive(await deathsFile(5))
  const shipped = layoutOf('police-deaths').title
  expect(await get(id)).toMatchObject({ layoutId: 'police-deaths', layoutTitle: shipped, layoutVersion: 0 })
  const { database, clock } = world.installation
  const made = { ...layoutOf('police-deaths'), headers: ['姓名', '公民身份号码', '死亡日期', '冲销标志'] }
  await inScope(database, everywhere, async (tx) => {
    const { account_id } = await tx
      .selectFrom('feeds')
      .select('received_by as account_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    for (const version of [1, 2]) await insertLayout(tx, clock, made, version, account_id ?? '')
  })
  const unread = await world.send(prefecture, await deathsFile(5))
  expect(await get(unread.body.id)).toMatchObject({ layoutId: null, layoutTitle: null, layoutVersion: null })
  await world.read(unread.body.id)
  expect(await get(unread.body.id)).toMatchObject({ layoutId: 'police-deaths', layoutVersion: 2 })
  await inScope(database, everywhere, (tx) => retireVersions(tx, clock, 'police-deaths'))
})

test('a file from the command line is read by the layout that was named', async () => {
  const details = {
    fileName: '名单.csv',
    kind: null,
    regionCode: intakeRegion,
    period: null,
    receivedBy: null,
  }
  const file = await deathsFile(5)
  const wrong = await receivePath(world.intake, file, { ...details, layoutId: 'police-vehicles' })
  expect(await world.read(wrong.feedId)).toBe('refused')
  const right = await receivePath(world.intake, file, { ...details, layoutId: 'police-deaths' })
  expect(await world.read(right.feedId)).toBe('accepted')
})

test('a department sends and sees the files of its own kinds only', async () => {
  const police = await world.server.as('department-officer', { ...dali, department: 'police' })
  const education = await world.server.as('department-officer', { ...dali, department: 'education' })
  const file = await deathsFile(5)
  expect((await world.send(education, file, { kind: 'deaths' })).status).toBe(403)
  expect((await world.send(education, file, { layoutId: 'police-deaths' })).status).toBe(403)

  // Sent without saying what it is, it is looked at as one of their own kinds, and theirs to see until it is known.
  const strange = await world.send(education, file)
  const seenBy = async (client: TestClient) =>
    (await client.get<{ rows: { id: string }[] }>(path)).body.rows.map(({ id }) => id)
  expect(await seenBy(education)).toContain(strange.body.id)
  expect(await seenBy(police)).not.toContain(strange.body.id)
  expect((await police.get(`${path}/${strange.body.id}`)).status).toBe(404)
  // A colleague of the same office sees it too, and is not told that it came from somebody else.
  const colleague = await world.server.as('department-officer', { ...dali, department: 'education' })
  expect(await seenBy(colleague)).toContain(strange.body.id)
  expect((await world.send(colleague, file)).body).toMatchObject({ id: strange.body.id, known: true })
  expect(await world.read(strange.body.id)).toBe('refused')
  expect((await education.get<Feed>(`${path}/${strange.body.id}`)).body.refusal?.code).toBe(
    'exchange.unknown-layout',
  )

  const own = await receive(file, {}, police)
  expect(await get(own, police)).toMatchObject({ status: 'accepted', kind: 'deaths', rowsAccepted: 5 })
  expect((await education.get(`${path}/${own}`)).status).toBe(404)
  expect((await education.download(`${path}/${own}/rejects.xlsx`)).status).toBe(404)
  expect((await decide(own, 'take-back', 1, police)).status).toBe(403)
})

test('a layout that is not there, or not of the kind named, is refused at once', async () => {
  const file = await deathsFile(5)
  const wrong: Record<string, string>[] = [
    { layoutId: 'no-such' },
    { layoutId: 'police-deaths', kind: 'vehicles' },
  ]
  for (const fields of wrong) {
    const { status, body } = await world.send(prefecture, file, fields)
    expect([status, body.code]).toEqual([422, 'exchange.no-layout'])
  }
  const id = await receive(file, { layoutId: 'police-deaths' })
  expect(await get(id)).toMatchObject({ status: 'accepted', kind: 'deaths' })
})

test('who sees a wider file does not get its rows', async () => {
  const id = await receive(await deathsFile(60, (cells, row) => (row < 5 ? cells.with(2, '不详') : cells)))
  const officer = await world.server.as('county-officer', dali)
  const { status } = await officer.download(`${path}/${id}/rejects.xlsx`)
  expect([403, 404]).toContain(status)
})
