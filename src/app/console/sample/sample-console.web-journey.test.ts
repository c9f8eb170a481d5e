import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  axeFaults,
  type Built,
  buildModule,
  chromiumPath,
  desk,
  openChromium,
  origin,
  phone,
  picture,
  serve,
  sidewaysOf,
} from '#testing/browser.ts'
import { aWorld } from '#testing/console-world.ts'

const patience = 90_000

describe.runIf(chromiumPath())('the shell with a full set of pages', () => {
  let browser: Browser
  let built: Built

  beforeAll(async () => {
    const entry = 'src/app/console/sample/sample-console.web.tsx'
    ;[browser, built] = await Promise.all([openChromium(), buildModule(entry)])
  }, patience)

  afterAll(async () => {
    await browser.close()
    built.remove()
  })

  const open = async (path = '/', screen: BrowserContextOptions = desk, world = aWorld()): Promise<Page> => {
    world.isSignedIn = true
    const context = await browser.newContext({ ...screen, locale: 'zh-CN' })
    await serve(context, built.folder, world.answer)
    const page = await context.newPage()
    await page.clock.install()
    await page.goto(origin + path)
    return page
  }

  test.for([
    ['desk', desk],
    ['phone', phone],
  ] as const)('search and navigation fit a %s', { timeout: patience }, async ([name, screen]) => {
    const page = await open('/', screen)
    await page.getByText('第 5 件').waitFor()
    if (name === 'phone') await page.getByRole('button', { name: '打开菜单' }).click()
    await page.getByRole('searchbox', { name: '查找人员或家庭' }).waitFor()
    await picture(page, `full-${name}`)
    expect(await axeFaults(page)).toEqual([])
    expect(await sidewaysOf(page)).toBe(0)
    await page.context().close()
  })

  test('the figures of the navigation follow every write, and every minute of work', {
    timeout: patience,
  }, async () => {
    // Until the page is drawn and has asked, on a machine that does other things too.
    const soon = { timeout: 10_000 }
    const world = aWorld()
    world.waiting = { inbox: 7 }
    const page = await open('/password', desk, world)
    const figures = page.getByRole('navigation', { name: '主导航' }).getByText('项待办')
    await expect.poll(() => figures.allTextContents(), soon).toEqual(['7 项待办'])
    world.waiting = { inbox: 12, bell: 1 }
    await page.getByLabel('当前密码').fill('typed before')
    for (const label of ['新密码', '再输入一次新密码'])
      await page.getByLabel(label, { exact: true }).fill('a long new password')
    await page.getByRole('button', { name: '保存新密码' }).click()
    await expect.poll(() => figures.allTextContents(), soon).toEqual(['1 项待办', '12 项待办'])
    world.waiting = {}
    await page.clock.fastForward(60_000)
    await expect.poll(() => figures.count(), soon).toBe(0)
    const asked = () => world.requests.filter(({ path }) => path === '/api/v1/app/waiting').length
    const before = asked()
    await page.clock.fastForward(60_000)
    await page.clock.fastForward(60_000)
    expect(asked()).toBe(before)
    await page.context().close()
  })

  test('what is searched for never stands in the address', { timeout: patience }, async () => {
    const page = await open()
    await page.getByRole('heading', { name: '待办首页' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('杨某花')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'found' }).waitFor()
    await page.getByText('杨某花').waitFor()
    expect(page.url()).toBe(`${origin}/found`)
    await page.context().close()
  })

  test('a page one may not open is refused by name of the post, and has no entry', {
    timeout: patience,
  }, async () => {
    const page = await open('/secret')
    await page.getByText('您的岗位“县级审核员”不能使用这一功能').waitFor()
    expect(await page.getByRole('navigation', { name: '主导航' }).getByRole('link').count()).toBe(8)
    expect(await axeFaults(page)).toEqual([])
    await page.context().close()
  })

  test('a page that fails leaves the frame in use', { timeout: patience }, async () => {
    const page = await open('/failing')
    await page.getByRole('heading', { name: '这个页面出错了', level: 1 }).waitFor()
    await picture(page, 'crashed')
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('link', { name: '待办首页' }).first().click()
    await page.getByRole('heading', { name: '待办首页' }).waitFor()
    await page.context().close()
  })

  test('moving to another page takes the focus to its title', { timeout: patience }, async () => {
    const page = await open()
    await page.getByText('第 5 件').waitFor()
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link').nth(2).click()
    await page.getByRole('heading', { name: 'found' }).waitFor()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
    await page.context().close()
  })
})
