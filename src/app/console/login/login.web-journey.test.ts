import { describe, expect, test } from 'vitest'
import { axeFaults, chromiumPath, desk, origin, picture, serve } from '#testing/browser.ts'
import { consoleInBrowser } from '#testing/console-in-browser.ts'
import { aWorld, notSignedIn } from '#testing/console-world.ts'

const patience = 90_000

describe.runIf(chromiumPath())('the login page of a demo', () => {
  const shown = consoleInBrowser(patience)

  const open = async (demo: boolean) => {
    const world = aWorld()
    const context = await shown.browser.newContext({ ...desk, locale: 'zh-CN' })
    await serve(context, shown.folder, (request) => {
      const isSession = new URL(request.url()).pathname === '/api/v1/access/session'
      return isSession && demo
        ? { ...notSignedIn, body: { ...(notSignedIn.body as object), demo: true } }
        : world.answer(request)
    })
    const page = await context.newPage()
    await page.goto(`${origin}/login`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    return page
  }

  test('says that it is one, and where its accounts stand', { timeout: patience }, async () => {
    const page = await open(true)
    await page.getByText('演示环境').waitFor()
    await page.getByText('demo-accounts.json').waitFor()
    await picture(page, 'login-demo')
    expect(await axeFaults(page)).toEqual([])
    await page.context().close()
  })

  test('a real installation says nothing of the kind', { timeout: patience }, async () => {
    const page = await open(false)
    expect(await page.getByText('演示环境').count()).toBe(0)
    expect(await page.getByText('demo-accounts.json').count()).toBe(0)
    expect(await page.getByRole('link', { name: '自我评估' }).getAttribute('href')).toBe('/self-check')
    await page.context().close()
  })
})
