import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { axeFaults, chromiumPath, desk, phone, picture, sidewaysOf } from '#testing/browser.ts'
import { consoleInBrowser } from '#testing/console-in-browser.ts'
import { prefecture } from '#testing/console-world.ts'
import { type SignedInOptions, signedInPage } from '#testing/signed-in.ts'

const patience = 90_000

describe.runIf(chromiumPath())('the first page', () => {
  const shown = consoleInBrowser(patience)

  const open = (options: Partial<SignedInOptions> = {}): Promise<Page> =>
    signedInPage(shown.browser, shown.folder, {
      path: '/',
      answer: ({ path, query }) =>
        path === '/api/v1/monitoring/alert-counts' && query.get('region') === prefecture.code
          ? { body: prefecture.counts }
          : undefined,
      change: (world) => {
        const { region } = world.session.account
        world.session.account.region = { ...prefecture.place, path: region.path.slice(0, 2) }
      },
      ...options,
    })

  test.for([
    ['desk', desk],
    ['phone', phone],
  ] as const)(
    'the sketch of a prefecture is sound on a %s and says in words what it draws',
    { timeout: patience },
    async ([size, screen]) => {
      const page = await open({ screen })
      const sketch = page.getByRole('group', { name: '各地未办结预警，示意图' })
      await sketch.getByRole('link', { name: '大理市：168条，有红色' }).waitFor()
      expect(await sketch.getByRole('link').count()).toBe(12)
      await page.getByText('示意图', { exact: true }).waitFor()
      await page.getByRole('link', { name: '另有 6 条没有画在图上，所在的下级地区待查明' }).waitFor()
      const rest = page.getByRole('link', { name: '下级地区待查明的未办结 6 条，在预警台查看' })
      expect(await rest.getAttribute('href')).toBe('/alerts?region=532900000000&unplaced=1')
      await picture(page, `home-sketch-${size}`)
      expect(await axeFaults(page)).toEqual([])
      expect(await sidewaysOf(page)).toBe(0)
      await page.context().close()
    },
  )

  test('going down a level keeps the filter, and so does the way to the desk', {
    timeout: patience,
  }, async () => {
    const page = await open()
    await page.getByRole('list', { name: '只看' }).getByRole('link', { name: '橙色' }).click()
    await expect.poll(() => new URL(page.url()).search).toBe('?show=orange')
    await page.getByRole('group', { name: '各地未办结预警，示意图' }).getByRole('link').first().press('Enter')
    await expect.poll(() => new URL(page.url()).search).toBe('?place=532901000000&show=orange')
    await page.getByRole('link', { name: '大理镇未办结 49 条，在预警台查看' }).waitFor()
    const trail = page.getByRole('main').getByRole('list', { name: '所在区域' })
    expect(await trail.getByRole('listitem').allTextContents()).toEqual(['大理白族自治州', '大理市'])
    await page.getByRole('link', { name: '大理镇未办结 49 条，在预警台查看' }).click()
    await page.getByRole('heading', { name: '预警台', level: 1 }).waitFor()
    expect(new URL(page.url()).search).toBe('?region=532901100000&grade=orange')
    await page.goBack()
    await page.getByRole('main').getByRole('link', { name: '大理白族自治州' }).click()
    await expect.poll(() => new URL(page.url()).search).toBe('?show=orange')
    await page.context().close()
  })

  test('a post without alerts is told where its work is', { timeout: patience }, async () => {
    const page = await open({ role: 'administrator' })
    await page.getByText('您的岗位没有办理事项').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await page.context().close()
  })
})
