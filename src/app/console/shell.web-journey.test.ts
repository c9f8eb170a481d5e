import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { axeFaults, chromiumPath, desk, origin, phone, picture, serve, sidewaysOf } from '#testing/browser.ts'
import { consoleInBrowser } from '#testing/console-in-browser.ts'
import {
  aWorld,
  noAlerts,
  noCounts,
  notSignedIn,
  problem,
  type World,
  wrongLogin,
} from '#testing/console-world.ts'

const patience = 90_000

describe.runIf(chromiumPath())('the console in a browser', () => {
  const shown = consoleInBrowser(patience)

  const open = async (world: World, path = '/', screen: BrowserContextOptions = desk): Promise<Page> => {
    const context = await shown.browser.newContext({ ...screen, locale: 'zh-CN' })
    await context.addCookies([{ name: 'doudi_csrf', value: 'token-1', url: origin }])
    await serve(context, shown.folder, world.answer)
    const page = await context.newPage()
    await page.goto(origin + path)
    return page
  }

  const signedIn = (change: (world: World) => void = () => undefined): World => {
    const world = aWorld()
    world.isSignedIn = true
    change(world)
    return world
  }

  const expectSound = async (page: Page, name: string) => {
    await picture(page, name)
    expect(await axeFaults(page)).toEqual([])
    expect(await sidewaysOf(page)).toBe(0)
  }

  test.for([
    ['desk', desk],
    ['phone', phone],
  ] as const)('the login page is sound on a %s', { timeout: patience }, async ([name, screen]) => {
    const page = await open(aWorld(), '/', screen)
    await page.getByRole('heading', { name: '登录' }).waitFor()
    expect(await page.getByLabel('账号').getAttribute('autocomplete')).toBe('username')
    expect(await page.getByLabel('密码', { exact: true }).getAttribute('autocomplete')).toBe(
      'current-password',
    )
    await expectSound(page, `login-${name}`)
    await page.getByRole('button', { name: '登录' }).click()
    await expectSound(page, `login-empty-${name}`)
    await page.context().close()
  })

  test.for([
    ['desk', desk],
    ['phone', phone],
  ] as const)(
    'the first page is sound on a %s: filled, empty, loading, failed',
    { timeout: patience },
    async ([name, screen]) => {
      const filled = await open(signedIn(), '/', screen)
      await filled.getByText('第 5 件').waitFor()
      await expectSound(filled, `home-${name}`)
      const empty = await open(
        signedIn((world) => {
          world.counts = { body: noCounts }
          world.alerts = () => ({ body: noAlerts })
        }),
        '/',
        screen,
      )
      await empty.getByText('本单位现在没有待办').waitFor()
      await expectSound(empty, `home-empty-${name}`)
      const loading = await open(
        signedIn((world) => {
          world.counts = 'no-answer'
          world.alerts = () => 'no-answer'
        }),
        '/',
        screen,
      )
      await loading.getByText('正在加载').first().waitFor({ state: 'attached' })
      await expectSound(loading, `home-loading-${name}`)
      const broken = problem(403, 'access.forbidden', '没有权限', '您的角色没有这项权限。')
      const failed = await open(
        signedIn((world) => {
          world.counts = broken
          world.alerts = () => broken
        }),
        '/',
        screen,
      )
      await failed.getByText('追踪号').first().waitFor()
      await expectSound(failed, `home-failed-${name}`)
      for (const page of [filled, empty, loading, failed]) await page.context().close()
    },
  )

  test.for([
    ['desk', desk],
    ['phone', phone],
  ] as const)('an address no page has is told on a %s', { timeout: patience }, async ([name, screen]) => {
    const page = await open(signedIn(), '/no-such-page', screen)
    await page.getByRole('heading', { name: '找不到这个页面' }).waitFor()
    await expectSound(page, `not-found-${name}`)
    await page.getByRole('link', { name: '回到待办首页' }).click()
    await page.getByRole('heading', { name: '待办首页' }).waitFor()
    await page.context().close()
  })

  const fillLogin = async (page: Page, password = 'correct horse') => {
    await page.getByLabel('账号').fill(' duan.lihua ')
    await page.getByLabel('密码', { exact: true }).fill(password)
    await page.getByRole('button', { name: '登录' }).click()
  }

  test('who is not signed in comes back to the address asked for', { timeout: patience }, async () => {
    const world = aWorld()
    const page = await open(world, '/password')
    world.login = wrongLogin
    await fillLogin(page, 'wrong')
    const summary = page.getByRole('region', { name: '有 1 处需要更正' })
    await summary.getByText('用户名或密码不正确').waitFor()
    expect(await page.evaluate(`document.activeElement.matches('section.dd-error')`)).toBe(true)
    await summary.getByRole('link').click()
    expect(await page.evaluate('document.activeElement.id')).toBe('login-password')
    await expectSound(page, 'login-wrong')
    world.login = undefined
    await fillLogin(page)
    await page.getByRole('heading', { name: '修改密码', level: 1 }).waitFor()
    const sent = world.requests.findLast(({ path }) => path === '/api/v1/access/login')
    expect(sent?.body).toEqual({ login: 'duan.lihua', password: 'correct horse' })
    expect(sent?.headers).toMatchObject({ 'x-doudi-csrf': 'token-1', 'idempotency-key': expect.any(String) })
    await page.context().close()
  })

  test('an address of another site is never a place to come back to', { timeout: patience }, async () => {
    const page = await open(aWorld(), '/login?to=//evil.example/x')
    await fillLogin(page)
    await page.getByRole('heading', { name: '待办首页' }).waitFor()
    expect(new URL(page.url()).origin).toBe(origin)
    await page.context().close()
  })

  test('without a server the login page says so and keeps what was typed', {
    timeout: patience,
  }, async () => {
    const world = aWorld()
    world.login = 'cut'
    const page = await open(world, '/login')
    await fillLogin(page)
    await page.getByRole('heading', { name: '连不上服务器' }).waitFor()
    expect(await page.getByLabel('账号').inputValue()).toBe(' duan.lihua ')
    await page.context().close()
  })

  test('a session that ends leaves the page and its typing in place', { timeout: patience }, async () => {
    const world = signedIn()
    const page = await open(world, '/password')
    await page.getByLabel('当前密码').fill('typed before')
    await page.getByLabel('新密码', { exact: true }).fill('a long new password')
    await page.getByLabel('再输入一次新密码').fill('a long new password')
    world.isSignedIn = false
    await page.evaluate(`window.dispatchEvent(new Event('doudi:signed-out'))`)
    const dialog = page.getByRole('dialog', { name: '登录已过期' })
    await dialog.waitFor()
    await expectSound(page, 'expired')
    world.login = wrongLogin
    await dialog.getByLabel('密码', { exact: true }).fill('wrong')
    await dialog.getByRole('button', { name: '继续' }).click()
    await dialog.getByText('用户名或密码不正确').waitFor()
    world.login = undefined
    await dialog.getByLabel('密码', { exact: true }).fill('right')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    expect(await page.getByLabel('当前密码').inputValue()).toBe('typed before')
    await page.context().close()
  })

  test('a refusal of a read for want of a session opens that dialog too', { timeout: patience }, async () => {
    const world = signedIn()
    const page = await open(world)
    await page.getByText('第 5 件').waitFor()
    world.alerts = () => notSignedIn
    await page.getByRole('link', { name: /逾期/ }).first().click()
    await page.getByRole('dialog', { name: '登录已过期' }).waitFor()
    await page.getByRole('button', { name: '换其他账号登录' }).click()
    await page.getByRole('heading', { name: '登录', exact: true }).waitFor()
    await page.context().close()
  })

  test('a one-time password must be changed before anything else', { timeout: patience }, async () => {
    const world = signedIn((w) => {
      w.session.account.mustChangePassword = true
    })
    const page = await open(world)
    await page.getByText('请先设置自己的密码').waitFor()
    await page.getByLabel('当前密码').fill('one-time-1')
    await page.getByLabel('新密码', { exact: true }).fill('short')
    await page.getByRole('button', { name: '保存新密码' }).click()
    await page.getByRole('link', { name: '新密码至少 10 个字符' }).waitFor()
    await expectSound(page, 'password')
    for (const label of ['新密码', '再输入一次新密码'])
      await page.getByLabel(label, { exact: true }).fill('下关风上关花苍山雪洱海月')
    world.password = wrongLogin
    await page.getByRole('button', { name: '保存新密码' }).click()
    await page.getByRole('link', { name: /用户名或密码不正确/ }).waitFor()
    world.password = { body: { changed: true } }
    await page.getByRole('button', { name: '保存新密码' }).click()
    await page.getByRole('heading', { name: '待办首页' }).waitFor()
    await page.getByText('密码已修改').waitFor()
    await page.context().close()
  })

  test('signing out that did not arrive is not shown as done', { timeout: patience }, async () => {
    const world = signedIn((w) => {
      w.logout = 'cut'
    })
    const page = await open(world)
    await page.getByRole('button', { name: /段丽华/ }).click()
    await expectSound(page, 'account')
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByText('没有退出成功').waitFor()
    world.logout = { body: { ended: true } }
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('heading', { name: '登录' }).waitFor()
    await page.context().close()
  })

  test('a number leads to exactly what it counts', { timeout: patience }, async () => {
    const asked: (string | null)[] = []
    const world = signedIn((w) => {
      const { alerts } = w
      w.alerts = (due) => {
        asked.push(due)
        return alerts(due)
      }
    })
    const page = await open(world)
    await page.getByText('第 5 件').waitFor()
    await page.getByRole('link', { name: /今日到期/ }).click()
    await page.getByRole('heading', { name: '预警台', level: 1 }).waitFor()
    expect(new URL(page.url()).search).toBe('?due=today&holder=mine')
    await expect.poll(() => asked.at(-1)).toBe('today')
    await page.context().close()
  })

  test('the phone menu opens, holds the navigation, and Escape closes it', {
    timeout: patience,
  }, async () => {
    const page = await open(signedIn(), '/', phone)
    await page.getByRole('button', { name: '打开菜单' }).click()
    await page.getByRole('link', { name: /待办首页/ }).waitFor()
    await page.getByRole('link', { name: /预警台.*118 项待办/ }).waitFor()
    await expectSound(page, 'menu-phone')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('navigation', { name: '主导航' }).isVisible()).toBe(false)
    await page.context().close()
  })

  test('every control is reached by Tab with a visible ring, the skip link first', {
    timeout: patience,
  }, async () => {
    const page = await open(signedIn())
    await page.getByText('第 5 件').waitFor()
    const reached: string[] = []
    for (;;) {
      await page.keyboard.press('Tab')
      const now: { text: string; ring: number; onTop: boolean } | null = await page.evaluate(`(() => {
        const element = document.activeElement
        if (!element || element === document.body) return null
        const box = element.getBoundingClientRect()
        const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
        const style = getComputedStyle(element)
        return {
          text: element.textContent || element.getAttribute('aria-label'),
          ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
          onTop: element === at || element.contains(at),
        }
      })()`)
      if (!now || reached.length > 60) break
      expect(now.ring, now.text).toBeGreaterThanOrEqual(2)
      expect(now.onTop, now.text).toBe(true)
      reached.push(now.text)
    }
    expect(reached[0]).toBe('跳到主要内容')
    expect(reached.filter((text) => /第 \d 件/.test(text))).toHaveLength(6)
    // The last row of the table of places: alerts whose place is not known.
    expect(reached.at(-1)).toBe('2')
    await page.context().close()
  })

  test('nothing scrolls sideways at 280 px, at 200 % and with wide text', { timeout: patience }, async () => {
    const page = await open(signedIn(), '/', { viewport: { width: 280, height: 653 } })
    await page.getByText('第 5 件').waitFor()
    expect(await sidewaysOf(page)).toBe(0)
    await page.setViewportSize({ width: 683, height: 384 })
    expect(await sidewaysOf(page)).toBe(0)
    await page.addStyleTag({
      content: '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}',
    })
    await page.setViewportSize({ width: 360, height: 640 })
    await picture(page, 'home-spaced')
    expect(await sidewaysOf(page)).toBe(0)
    await page.context().close()
  })

  test('in English the shell has no Chinese left', { timeout: patience }, async () => {
    const page = await open(
      signedIn((world) => {
        world.counts = { body: noCounts }
        world.alerts = () => ({ body: noAlerts })
      }),
    )
    await page.getByRole('button', { name: /段丽华/ }).click()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'To do', level: 1 }).waitFor()
    expect(await page.evaluate('document.documentElement.lang')).toBe('en')
    await expectSound(page, 'home-english')
    const words = await page.getByRole('main').textContent()
    expect(words).not.toMatch(/\p{Script=Han}/u)
    await page.reload()
    await page.getByRole('heading', { name: 'To do', level: 1 }).waitFor()
    await page.context().close()
  })

  test('the question mark shows the keys, and the list obeys them', { timeout: patience }, async () => {
    const page = await open(signedIn())
    await page.getByText('第 5 件').waitFor()
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: '键盘快捷键' })
    await help.getByText('下一行').waitFor()
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/alerts/t0?holder=mine')
    await page.context().close()
  })

  test('paper has the place and the printer on it, and no navigation', { timeout: patience }, async () => {
    const page = await open(signedIn())
    await page.getByText('第 5 件').waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByText('打印人：段丽华（大理市民政局）').isVisible()).toBe(true)
    expect(await page.getByText('演示环境').isVisible()).toBe(true)
    expect(await page.getByRole('navigation').count()).toBe(0)
    await picture(page, 'home-print')
    await page.context().close()
  })

  test('a page whose code is gone after an upgrade offers to reload', { timeout: patience }, async () => {
    const world = signedIn()
    const page = await open(world, '/no-such-page')
    await page.getByRole('heading', { name: '找不到这个页面' }).waitFor()
    await page.context().route('**/home.web-*.js', (route) => route.fulfill({ status: 404 }))
    await page.getByRole('link', { name: '回到待办首页' }).click()
    await page.getByRole('heading', { name: '程序已经更新', level: 1 }).waitFor()
    await expectSound(page, 'outdated')
    await page.context().close()
  })

  test('the code asks nothing of a browser that Chromium 109 lacks', () => {
    const folder = join(shown.folder, 'assets')
    const newer =
      /\.toSorted\(|\.toReversed\(|\.toSpliced\(|Object\.groupBy|Map\.groupBy|withResolvers|AbortSignal\.any|Array\.fromAsync|showPopover/
    const tooNew = readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .flatMap((name) => newer.exec(readFileSync(join(folder, name), 'utf8'))?.[0] ?? [])
    expect(tooNew).toEqual([])
  })
})
