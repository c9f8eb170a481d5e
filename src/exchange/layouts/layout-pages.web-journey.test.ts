import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from '#testing/browser.ts'
import { expectSound, type PagesInBrowser, patience, screens, showPages } from '#testing/console-pages.ts'
import { problem } from '#testing/console-world.ts'
import { aWorld, sample } from './page-world.server.ts'

describe.runIf(chromiumPath())('the pages of the layouts', () => {
  let pages: PagesInBrowser

  beforeAll(async () => {
    pages = await showPages('exchange/door.web.ts', 'exchangePages')
  }, patience)

  afterAll(() => pages.close())

  test.for(screens)('list and layout are sound on a %s', { timeout: patience }, async ([name, screen]) => {
    const list = await pages.open(aWorld(), '/layouts', { screen })
    await list.locator('.dd-badge', { hasText: '需要修订' }).waitFor()
    await expectSound(list, `layouts-${name}`)
    for (const id of [
      'police-deaths',
      'disabled-certificates',
      'labour-insurance-summary',
      'emergency-houses',
    ]) {
      const page = await pages.open(aWorld(), `/layouts/${id}`, { screen })
      await page.getByRole('heading', { name: '列的对应关系' }).waitFor()
      await expectSound(page, `layout-${id}-${name}`)
      await page.context().close()
    }
    await list.context().close()
  })

  test('a local layout is retired on the version seen, after its effect is told', {
    timeout: patience,
  }, async () => {
    const world = aWorld()
    const page = await pages.open(world, '/layouts/police-deaths')
    await page.getByRole('button', { name: '停用' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('随平台发布的同名版式将重新使用').waitFor()
    await expectSound(page, 'layout-retire')
    await dialog.getByRole('button', { name: '停用' }).click()
    await page.getByText('已停用').first().waitFor()
    expect(world.sent.at(-1)?.headers['if-match']).toBe('"v2"')
    await page.context().close()
  })

  test('empty, failed and refused are told, and readers are offered no change', {
    timeout: patience,
  }, async () => {
    const empty = await pages.open(aWorld(), '/layouts?kind=students')
    await empty.getByText('没有符合条件的版式').waitFor()
    await expectSound(empty, 'layouts-empty')
    const world = aWorld()
    world.draft = problem(422, 'exchange.no-header', '无法读取', '前 20 行内没有找到表头')
    const refused = await pages.open(world, '/layouts/new?kind=deaths')
    await refused.getByLabel('样本文件', { exact: true }).setInputFiles(sample)
    await refused.getByRole('button', { name: '读取表头' }).click()
    await refused.getByText('前 20 行内没有找到表头').waitFor()
    await expectSound(refused, 'wizard-refused')
    const gone = await pages.open(aWorld(), '/layouts/no-such')
    await gone.getByText('没有找到，或者不在您的管辖范围内').waitFor()
    const reader = aWorld()
    reader.permissions = ['layout.read']
    const list = await pages.open(reader, '/layouts')
    await list.getByText('使用中').first().waitFor()
    expect(await list.getByRole('link', { name: '新建版式' }).count()).toBe(0)
    for (const page of [empty, refused, gone, list]) await page.context().close()
  })
})
