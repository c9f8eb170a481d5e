import type { Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, chromiumPath } from '#testing/browser.ts'
import { expectSound, type PagesInBrowser, patience, screens, showPages } from '#testing/console-pages.ts'
import { missing, problem, sampleSession } from '#testing/console-world.ts'
import type { ScanRow } from './contract.ts'

const path = '/api/v1/monitoring/scans'
const idOf = (number: number) => `0197a000-0000-7000-8000-0000000000a${number}`

const figures = {
  persons: 201_234,
  households: 78_001,
  leads: 65,
  feedRows: 912_345,
  matched: 890_112,
  scored: 312,
  rejected: 21_800,
  adjudicated: 121,
  outcomes: 1_249_056,
  unknown: 4310,
  alerts: { red: 12, orange: 48, yellow: 90 },
  raised: 150,
  merged: 7,
  unchanged: 1204,
  checksum: '8f3a1c52d0e9b7764410aa23',
  seconds: { match: 6.4, facts: 2.12, evaluate: 9.8, raise: 1.05 },
}

const scan = (number: number, changes: Partial<ScanRow> = {}): ScanRow => ({
  id: idOf(number),
  status: 'done',
  businessDate: '2026-06-15',
  requestedAt: `2026-06-15T0${number}:00:00.000Z`,
  requestedBy: '段丽华',
  startedAt: `2026-06-15T0${number}:00:02.000Z`,
  finishedAt: `2026-06-15T0${number}:01:21.000Z`,
  progress: { stage: 'raise', done: 3, total: 4 },
  figures,
  failure: null,
  ...changes,
})

const running: Partial<ScanRow> = {
  status: 'running',
  finishedAt: null,
  figures: null,
  progress: { stage: 'evaluate', done: 2, total: 4 },
}

const failed: Partial<ScanRow> = {
  status: 'failed',
  requestedBy: null,
  figures: null,
  failure: '两个计算引擎对指标“新增机动车”的结论不一致（3 个对象），本次比对已停止，没有产生预警。',
}

const aWorld = () => {
  const sent: { path: string; headers: Record<string, string>; body: unknown }[] = []
  const world = {
    permissions: ['scan.read', 'scan.run', 'alert.read', 'adjudication.read'],
    rows: [scan(5), scan(4, failed), scan(3)],
    list: undefined as Answer | 'no-answer' | undefined,
    start: { body: { id: idOf(6) } } as Answer,
    sent,
    answer: (request: Request): Answer | 'no-answer' | 'cut' => {
      const { pathname } = new URL(request.url())
      const method = request.method()
      if (pathname === '/api/v1/access/session') {
        const account = { ...sampleSession.account, permissions: world.permissions }
        return { body: { ...sampleSession, account } }
      }
      if (method === 'POST' && pathname === path) {
        sent.push({ path: pathname, headers: request.headers(), body: request.postDataJSON() })
        return world.start
      }
      if (pathname === path) return world.list ?? { body: { rows: world.rows } }
      const found = world.rows.find(({ id }) => pathname === `${path}/${id}`)
      return found ? { body: found } : missing
    },
  }
  return world
}

type World = ReturnType<typeof aWorld>

describe.runIf(chromiumPath())('the pages of the scans', () => {
  let pages: PagesInBrowser

  beforeAll(async () => {
    pages = await showPages('monitoring/scan/pages.web.tsx', 'scanPages')
  }, patience)

  afterAll(() => pages.close())

  const worldWith = (change: (world: World) => void): World => {
    const world = aWorld()
    change(world)
    return world
  }

  test.for(screens)(
    'list and run are sound on a %s in every state',
    { timeout: patience },
    async ([name, screen]) => {
      const done = await pages.open(aWorld(), '/scans', { screen })
      await done.locator('.dd-badge', { hasText: '已完成' }).first().waitFor()
      await expectSound(done, `scans-${name}`)
      const busy = worldWith((world) => world.rows.unshift(scan(6, running)))
      const under = await pages.open(busy, '/scans', { screen })
      await under.getByText('第 3 步，共 4 步：逐户判断').waitFor()
      await expectSound(under, `scans-running-${name}`)
      const empty = await pages.open(
        worldWith((world) => world.rows.splice(0)),
        '/scans',
        { screen },
      )
      await empty.getByText('还没有运行过').waitFor()
      await expectSound(empty, `scans-empty-${name}`)
      const one = await pages.open(aWorld(), `/scans/${idOf(5)}`, { screen })
      await one.getByText('912,345').waitFor()
      await expectSound(one, `scan-done-${name}`)
      const broken = await pages.open(aWorld(), `/scans/${idOf(4)}`, { screen })
      await broken.getByText('两个计算引擎').waitFor()
      await expectSound(broken, `scan-failed-${name}`)
      for (const page of [done, under, empty, one, broken]) await page.context().close()
    },
  )

  test('a scan is started after its effect is told, and followed to its end', {
    timeout: patience,
  }, async () => {
    const world = aWorld()
    const page = await pages.open(world, '/scans')
    await page.getByRole('button', { name: '开始比对' }).click()
    const dialog = page.getByRole('dialog', { name: '开始一次监测比对' })
    await dialog.getByText('2026-06-15').waitFor()
    await expectSound(page, 'scans-start')
    world.rows.unshift(scan(6, { ...running, status: 'queued', startedAt: null, progress: null }))
    await dialog.getByRole('button', { name: '开始比对' }).click()
    await page.getByText('排队等待运行').waitFor()
    expect(world.sent[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
    expect(await page.getByRole('button', { name: '开始比对' }).isDisabled()).toBe(true)
    world.rows[0] = scan(6, running)
    await page.getByText('第 3 步，共 4 步：逐户判断').waitFor()
    world.rows[0] = scan(6)
    await page.getByText('正在进行').waitFor({ state: 'detached' })
    await page.context().close()
  })

  test('a scan that runs already, or no permission, is told', { timeout: patience }, async () => {
    const world = worldWith((change) => {
      change.start = problem(
        409,
        'monitoring.scan-running',
        '正在运行',
        '已有一次监测比对正在运行，请等它结束。',
      )
    })
    const page = await pages.open(world, '/scans')
    await page.getByRole('button', { name: '开始比对' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '开始比对' }).click()
    await page.getByText('请等它结束').waitFor()
    await expectSound(page, 'scans-refused')
    const reader = await pages.open(
      worldWith((change) => (change.permissions = ['scan.read'])),
      '/scans',
    )
    await reader.locator('.dd-badge').first().waitFor()
    expect(await reader.getByRole('button', { name: '开始比对' }).count()).toBe(0)
    const waiting = await pages.open(
      worldWith((change) => (change.list = 'no-answer')),
      '/scans',
    )
    await waiting.getByText('正在加载').first().waitFor({ state: 'attached' })
    const gone = await pages.open(aWorld(), `/scans/${idOf(9)}`)
    await gone.getByText('没有找到，或者不在您的管辖范围内').waitFor()
    for (const one of [page, reader, waiting, gone]) await one.context().close()
  })

  test('in English the pages are whole and sound', { timeout: patience }, async () => {
    const list = await pages.open(aWorld(), '/scans', { language: 'en' })
    await list.getByText('Done').first().waitFor()
    await expectSound(list, 'scans-english')
    const page = await pages.open(aWorld(), `/scans/${idOf(5)}`, { language: 'en' })
    await page.getByText('Matched to members').waitFor()
    await expectSound(page, 'scan-english')
    await list.context().close()
    await page.context().close()
  })
})
