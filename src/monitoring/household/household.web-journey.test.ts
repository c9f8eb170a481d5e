import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  axeFaults,
  type Built,
  buildModule,
  chromiumPath,
  desk,
  openChromium,
  phone,
  picture,
  sidewaysOf,
} from '#testing/browser.ts'
import { problem } from '#testing/console-world.ts'
import { signedInPage } from '#testing/signed-in.ts'
import { anAlert, idOf } from '../sample/alerts.ts'
import { aMonitoringWorld } from '../sample/world.ts'

const patience = 90_000
const screens = [
  ['desk', desk],
  ['phone', phone],
] as const
const list = 'GET /api/v1/monitoring/alerts'

describe.runIf(chromiumPath())('the alerts of a household', () => {
  let browser: Browser
  let built: Built

  beforeAll(async () => {
    ;[browser, built] = await Promise.all([
      openChromium(),
      buildModule('src/app/console/sample/household-alerts.web.tsx'),
    ])
  }, patience)

  afterAll(async () => {
    await browser.close()
    built.remove()
  })

  const open = (world: ReturnType<typeof aMonitoringWorld>, screen: (typeof screens)[number][1] = desk) =>
    signedInPage(browser, built.folder, { path: '/', screen, answer: world.answer })

  const expectSound = async (page: Page, name: string) => {
    await picture(page, name)
    expect(await axeFaults(page), name).toEqual([])
    expect(await sidewaysOf(page), name).toBe(0)
  }

  test.for(screens)(
    'they are sound on a %s: full, empty, loading, failed',
    { timeout: patience },
    async ([size, screen]) => {
      const answers = [
        ['full', () => ({ body: { rows: [anAlert(0), anAlert(4)], next: null, stale: [] } }), '来源文件'],
        ['empty', () => ({ body: { rows: [], next: null, stale: [] } }), '没有预警'],
        ['loading', () => 'no-answer', '正在加载'],
        ['failed', () => problem(404, 'access.not-found', '没有找到', '没有找到。'), '追踪号'],
      ] as const
      for (const [name, answer, text] of answers) {
        const world = aMonitoringWorld()
        world.replies[list] = answer as (typeof world.replies)[string]
        const page = await open(world, screen)
        await page
          .getByText(name === 'full' ? '逾期 3 个工作日' : text)
          .first()
          .waitFor({ state: 'attached' })
        await expectSound(page, `household-${name}-${size}`)
        expect(world.lastTo('GET', '/api/v1/monitoring/alerts')?.query.get('household')).toBe(idOf(500))
        await page.context().close()
      }
    },
  )

  test('a closed alert stands behind the open ones', { timeout: patience }, async () => {
    const world = aMonitoringWorld()
    const rows = [anAlert(0, { status: 'disposed', summary: '已处置的一条' }), anAlert(1)]
    world.replies[list] = () => ({ body: { rows, next: null, stale: [] } })
    const page = await open(world)
    const links = page.getByRole('list', { name: '预警列表' }).getByRole('link')
    await links.first().waitFor()
    expect(await links.last().textContent()).toBe('已处置的一条')
    await page.context().close()
  })

  test.for(screens)(
    'one is raised after a visit on a %s, and leads to its page',
    { timeout: patience },
    async ([size, screen]) => {
      const world = aMonitoringWorld()
      world.replies['POST /api/v1/monitoring/alerts'] = () => ({
        body: { id: idOf(88), number: 20260088 },
      })
      const page = await open(world, screen)
      await page.getByRole('button', { name: '上报预警' }).click()
      const dialog = page.getByRole('dialog', { name: '上报预警' })
      // A township does not speak for a higher level: what the server refuses is not offered.
      await dialog.getByLabel('来电反映').waitFor()
      expect(await dialog.getByLabel('上级交办').count()).toBe(0)
      await dialog.getByRole('button', { name: '上报', exact: true }).click()
      await dialog.getByRole('region', { name: '有 4 处需要更正' }).waitFor()
      await expectSound(page, `raise-${size}`)
      await dialog.getByLabel('发生了什么').fill('入户发现房屋屋顶部分坍塌，老人暂住邻居家。')
      await dialog.getByLabel('走访发现').check()
      await dialog.getByLabel(/^红色/).check()
      await dialog.getByLabel('落实救助政策').check()
      await dialog.getByRole('button', { name: '上报', exact: true }).click()
      await page.getByText('已上报，编号 20260088').waitFor()
      expect(world.lastTo('POST', '/api/v1/monitoring/alerts')?.body).toEqual({
        subject: { householdId: idOf(500) },
        origin: 'visit',
        grade: 'red',
        route: 1,
        summary: '入户发现房屋屋顶部分坍塌，老人暂住邻居家。',
      })
      await page.getByRole('button', { name: '打开这条预警' }).click()
      await page.waitForURL(`**/alerts/${idOf(88)}`)
      await page.context().close()
    },
  )
})
