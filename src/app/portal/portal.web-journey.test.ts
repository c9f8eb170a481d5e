import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRulebook } from '#rulebook/server'
import { axeFaults, chromiumPath, desk, openChromium, phone, picture, sidewaysOf } from '#testing/browser.ts'
import { type PortalWorld, startPortal } from '#testing/portal-world.ts'

const patience = 120_000
const sizes = [
  ['desk', desk],
  ['phone', phone],
] as const

describe.runIf(chromiumPath())(
  'the self-check in a browser, with the shipped questions and demonstration values',
  () => {
    let browser: Browser
    let world: PortalWorld
    let closed: PortalWorld

    beforeAll(async () => {
      const rulebook = openRulebook({ regionCode: '532900000000', demo: true })
      const { placePackId } = rulebook
      const packIn = async () => rulebook.current(placePackId ?? '')
      ;[browser, world, closed] = await Promise.all([
        openChromium(),
        startPortal({ placePackId, packIn }),
        startPortal({ placePackId: undefined, packIn }),
      ])
    }, patience)

    afterAll(async () => {
      await browser.close()
      await world.close()
      await closed.close()
    })

    const open = async (
      path = '/self-check',
      screen: BrowserContextOptions = phone,
      more = {},
    ): Promise<Page> => {
      const context = await browser.newContext({ ...screen, ...more, locale: 'zh-CN' })
      const page = await context.newPage()
      await page.goto(world.url + path)
      return page
    }
    const expectSound = async (page: Page, name: string) => {
      await picture(page, name)
      expect(await axeFaults(page), name).toEqual([])
      expect(await sidewaysOf(page), name).toBe(0)
    }
    const smallTargets = (page: Page): Promise<string[]> =>
      page.evaluate(`[...document.querySelectorAll('a, button, select, summary, .choice, input[inputmode]')]
      .filter((one) => one.getClientRects().length > 0 && !one.classList.contains('skip'))
      .filter((one) => one.getBoundingClientRect().height < 60).map((one) => one.outerHTML.slice(0, 80))`)
    const next = (page: Page) => page.getByRole('link', { name: '下一步' }).click()

    test.for(sizes)('every page of it is sound on a %s', { timeout: patience }, async ([size, screen]) => {
      const page = await open('/self-check', screen)
      await page.getByRole('heading', { name: '社会救助自我评估' }).waitFor()
      await expectSound(page, `self-check-start-${size}`)
      await page.getByRole('link', { name: '开始' }).click()
      for (let step = 1; step <= 14; step++) {
        await page.getByText(`第 ${step} 步，共 14 步`).waitFor()
        expect(await page.locator('h1:visible').count()).toBe(1)
        if ([1, 2, 3, 9].includes(step)) await expectSound(page, `self-check-step-${step}-${size}`)
        expect(await smallTargets(page), `step ${step}`).toEqual([])
        if (step < 14) await next(page)
      }
      await page.getByRole('button', { name: '看结果' }).click()
      await page.getByRole('heading', { name: '评估结果' }).waitFor()
      expect(await smallTargets(page)).toEqual([])
      await page.getByText(/看看其他 \d+ 项/).click()
      await expectSound(page, `self-check-open-${size}`)
      await page.context().close()
    })

    test.for(sizes)('pages of failure are sound on a %s', { timeout: patience }, async ([size, screen]) => {
      const context = await browser.newContext({ ...screen, locale: 'zh-CN' })
      const page = await context.newPage()
      await page.goto(`${closed.url}/self-check`)
      await page.getByRole('heading', { name: '自我评估暂时不能使用' }).waitFor()
      await expectSound(page, `self-check-failed-${size}`)
      await context.close()
    })

    test('an old woman alone in a village without income learns what she may get, and goes back to change an answer', {
      timeout: patience,
    }, async () => {
      const page = await open()
      await page.getByRole('link', { name: '开始' }).click()
      await page.getByLabel('您家住在哪里？').selectOption({ label: '大理市' })
      await next(page)
      await page.getByLabel('农村').check()
      await next(page)
      await page.getByLabel('您今年多少周岁？').fill('72')
      await next(page)
      await page.getByLabel('除了您，一起过日子的还有几个大人？').fill('0')
      await next(page)
      await page.getByLabel('家里有几个没满 18 岁的孩子？').fill('0')
      await next(page)
      await page.getByLabel('全家人一个月一共有多少收入？').fill('100')
      await page.keyboard.press('Enter')
      // Enter in a field does not send half of the answers.
      expect(new URL(page.url()).hash).toBe('#q6')
      // The browser's own way back keeps what was told.
      await page.goBack()
      await page.getByText('第 5 步').waitFor()
      await page.goForward()
      expect(await page.getByLabel('全家人一个月一共有多少收入？').inputValue()).toBe('100')
      await page.getByRole('link', { name: '上一步' }).click()
      await page.getByText('第 5 步').waitFor()
      await next(page)
      await next(page)
      for (const answer of [
        '都没有',
        '不能（年老、有病、残疾）',
        '没有',
        '没有残疾证',
        '没有',
        '没有',
        '没有',
      ]) {
        await page.getByRole('radio', { name: answer, exact: true }).locator('visible=true').check()
        await next(page)
      }
      await page.getByRole('radio', { name: '没有', exact: true }).locator('visible=true').check()
      await page.getByRole('button', { name: '看结果' }).click()
      await page.getByRole('heading', { name: '评估结果' }).waitFor()
      await picture(page, 'self-check-result-phone')
      expect(await axeFaults(page)).toEqual([])
      const likely = page.locator('article.likely')
      await likely
        .getByRole('heading', { name: '特困人员救助供养' })
        .or(likely.getByRole('heading', { name: '最低生活保障' }))
        .first()
        .waitFor()
      expect(await page.getByText('演示参数').count()).toBe(1)
      expect(page.url()).toBe(`${world.url}/self-check`)
      await page.getByRole('button', { name: '返回修改回答' }).click()
      await page.getByRole('link', { name: '开始' }).click()
      await next(page)
      expect(await page.getByLabel('农村').isChecked()).toBe(true)
      await page.context().close()
    })

    test('nothing stays in the browser: no cookie, no storage, no answer in an address', {
      timeout: patience,
    }, async () => {
      const page = await open()
      const addresses: string[] = []
      page.on('request', (request) => addresses.push(request.url()))
      await page.goto(`${world.url}/self-check#q6`)
      await page.getByLabel('全家人一个月一共有多少收入？').fill('98765')
      await page.goto(`${world.url}/self-check#q14`)
      await page.getByRole('button', { name: '看结果' }).click()
      await page.getByRole('heading', { name: '评估结果' }).waitFor()
      const kept = await page.evaluate(`(async () => ({
      local: localStorage.length, session: sessionStorage.length, cookie: document.cookie,
      databases: (await indexedDB.databases()).length, caches: (await caches.keys?.())?.length ?? 0,
      workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length }))()`)
      expect(kept).toEqual({ local: 0, session: 0, cookie: '', databases: 0, caches: 0, workers: 0 })
      expect(await page.context().cookies()).toEqual([])
      expect(addresses.join()).not.toContain('98765')
      for (const address of addresses) expect(new URL(address).origin).toBe(world.url)
      await page.context().close()
    })

    test('it works without a script, and in English; with one it can be printed', {
      timeout: patience,
    }, async () => {
      const plain = await open('/self-check#q14', phone, { javaScriptEnabled: false })
      await plain.getByRole('button', { name: '看结果' }).click()
      await plain.getByRole('heading', { name: '评估结果' }).waitFor()
      expect(await plain.getByRole('button', { name: '打印' }).count()).toBe(0)
      await plain.context().close()
      const page = await open('/self-check', desk)
      await page.getByRole('link', { name: 'English' }).click()
      await page.getByRole('link', { name: 'Start' }).click()
      await page.getByText('Step 1 of 14').waitFor()
      await page.goto(`${world.url}/self-check?lang=en#q14`)
      await page.getByRole('button', { name: 'See the result' }).click()
      await page.getByRole('heading', { name: 'Result' }).waitFor()
      await page.evaluate('window.print = () => document.body.dataset.printed = "yes"')
      await page.getByRole('button', { name: 'Print' }).click()
      expect(await page.evaluate('document.body.dataset.printed')).toBe('yes')
      await expectSound(page, 'self-check-english-desk')
      await page.context().close()
    })
  },
)
