import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { axeFaults, chromiumPath, desk, origin, picture, serve } from '#testing/browser.ts'
import { consoleInBrowser } from '#testing/console-in-browser.ts'
import { aWorld, type World } from '#testing/console-world.ts'

const patience = 90_000
const warning = '您已有一段时间没有操作'
const sessionPath = '/api/v1/access/session'

describe.runIf(chromiumPath())('a session that is about to end', () => {
  const shown = consoleInBrowser(patience)

  const signedIn = async (language = 'zh-CN'): Promise<{ world: World; context: BrowserContext }> => {
    const world = aWorld()
    world.isSignedIn = true
    const context = await shown.browser.newContext({ ...desk, locale: language })
    await context.addCookies([{ name: 'doudi_csrf', value: 'token-1', url: origin }])
    await context.addInitScript(`localStorage.setItem('doudi.language', '${language}')`)
    await serve(context, shown.folder, world.answer)
    await context.clock.install()
    return { world, context }
  }

  const openIn = async (context: BrowserContext, heading = '修改密码'): Promise<Page> => {
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    await page.goto(`${origin}/password`)
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    return page
  }

  // What was done last renews the session within a minute; from there on nobody touches anything.
  const leaveAlone = async (page: Page) => {
    const seen = () => page.evaluate(`localStorage.getItem('doudi.session-seen')`)
    const before = await seen()
    await page.keyboard.press('Shift')
    await page.clock.fastForward('01:01')
    await expect.poll(seen).not.toBe(before)
    await page.clock.fastForward('01:58:05')
  }

  test('two minutes before, a dialog asks; Enter goes on and the typing is where it was', {
    timeout: patience,
  }, async () => {
    const { world, context } = await signedIn()
    const page = await openIn(context)
    await page.getByLabel('当前密码').fill('typed before')
    await page.getByLabel('当前密码').focus()
    await leaveAlone(page)
    const dialog = page.getByRole('alertdialog', { name: warning })
    await dialog.getByText(/还剩 1 分 \d+ 秒/).waitFor()
    expect(await page.evaluate('document.activeElement.textContent')).toBe('继续使用')
    await picture(page, 'idle')
    expect(await axeFaults(page)).toEqual([])
    const renewed = () => world.requests.filter(({ path }) => path === sessionPath).length
    const before = renewed()
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    expect(renewed()).toBe(before + 1)
    expect(await page.evaluate('document.activeElement.id')).toBe('password-current')
    expect(await page.getByLabel('当前密码').inputValue()).toBe('typed before')
    await context.close()
  })

  test('when nobody answers, the page is covered, keeps its typing, and a log-in leads back to it', {
    timeout: patience,
  }, async () => {
    const { world, context } = await signedIn()
    const page = await openIn(context)
    await page.getByLabel('当前密码').fill('typed before')
    await leaveAlone(page)
    await page.getByRole('alertdialog', { name: warning }).waitFor()
    await context.clock.fastForward('01:00')
    await page.getByRole('status').getByText('还剩 60 秒').waitFor({ state: 'attached' })
    world.isSignedIn = false
    await context.clock.fastForward('02:00')
    const expired = page.getByRole('dialog', { name: '登录已过期' })
    await expired.waitFor()
    expect(await page.getByRole('alertdialog').count()).toBe(0)
    const ground = `getComputedStyle(document.querySelector('dialog'), '::backdrop').backgroundColor`
    expect(await page.evaluate(ground)).toBe('rgb(244, 246, 248)')
    expect(await axeFaults(page)).toEqual([])
    await expired.getByLabel('密码', { exact: true }).fill('right')
    await page.keyboard.press('Enter')
    await expired.waitFor({ state: 'detached' })
    expect(await page.getByLabel('当前密码').inputValue()).toBe('typed before')
    await leaveAlone(page)
    world.isSignedIn = false
    await context.clock.fastForward('02:30')
    await page.getByRole('button', { name: '换其他账号登录' }).click()
    await page.getByLabel('账号').fill('duan.lihua')
    await page.getByLabel('密码', { exact: true }).fill('right')
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { name: '修改密码', level: 1 }).waitFor()
    await context.close()
  })

  test('what is done in one tab keeps the other one open, and leaving ends the session', {
    timeout: patience,
  }, async () => {
    const { world, context } = await signedIn()
    const [page, other] = [await openIn(context), await openIn(context)]
    await leaveAlone(page)
    const dialogs = [page, other].map((one) => one.getByRole('alertdialog', { name: warning }))
    for (const dialog of dialogs) await dialog.waitFor()
    await dialogs[0]?.getByRole('button', { name: '继续使用' }).click()
    for (const dialog of dialogs) await dialog.waitFor({ state: 'detached' })
    await leaveAlone(page)
    await dialogs[1]?.getByRole('button', { name: '退出' }).click()
    await other.getByRole('heading', { name: '登录', level: 1 }).waitFor()
    expect(world.isSignedIn).toBe(false)
    await context.close()
  })

  test('without a server the warning stays and says that nothing was renewed', {
    timeout: patience,
  }, async () => {
    const { context } = await signedIn()
    const page = await openIn(context)
    await leaveAlone(page)
    const dialog = page.getByRole('alertdialog', { name: warning })
    await dialog.waitFor()
    await context.route('**/api/**', (route) => route.abort())
    await dialog.getByRole('button', { name: '继续使用' }).click()
    await dialog.getByRole('alert').getByText('没有连上服务器').waitFor()
    await context.close()
  })

  test('a session that has grown old asks for the password in good time, in English too', {
    timeout: patience,
  }, async () => {
    const { world, context } = await signedIn('en')
    world.session.limits.endsInSeconds = 3600
    const page = await openIn(context, 'Change password')
    await context.clock.fastForward('58:30')
    const dialog = page.getByRole('alertdialog', { name: 'Your session is about to end' })
    await dialog.waitFor()
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Later' }).click()
    await dialog.waitFor({ state: 'detached' })
    await context.clock.fastForward('02:00')
    await page.getByRole('dialog', { name: 'You have been signed out' }).waitFor()
    await context.close()
  })
})
