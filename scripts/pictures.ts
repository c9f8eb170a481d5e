/**
 * `npm run docs:pictures`: makes a fresh demo in a folder of its own, walks the console in Chromium and keeps pictures of
 * the main pages in `docs/pictures/`, for the desk (1366×768) and the phone (360×640). `--out FOLDER` keeps them
 * elsewhere, `--persons N` makes a smaller demo, `--only NAME,NAME` takes a few, `--whole` keeps the whole pages as well.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { usualDemo } from '../src/app/demo/make-demo.server.ts'
import { startUp } from '../src/app/run/up.server.ts'
import { readSettings } from '../src/app/settings.server.ts'
import { axeFaults, desk, openChromium, phone, sidewaysOf } from '../testing/browser.ts'
import { type Shot, shots } from './picture-shots.ts'

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'docs/pictures' },
    persons: { type: 'string', default: '12000' },
    only: { type: 'string' },
    whole: { type: 'boolean', default: false },
  },
})

const logIn = async (page: Page, url: string, login: string, password: string): Promise<void> => {
  await page.goto(`${url}/`)
  await page.locator('input[autocomplete="username"]').fill(login)
  await page.locator('input[type="password"]').fill(password)
  await page.locator('button[type="submit"]').click()
  await page.locator('nav').first().waitFor({ state: 'attached', timeout: 20_000 })
}

const wanted = shots.filter(({ name }) => !values.only || values.only.split(',').includes(name))

const act = async (page: Page, { name, type, follow = [], act: further, see }: Shot): Promise<void> => {
  if (type) {
    await page.locator('main input').first().fill(type)
    await page.keyboard.press('Enter')
    await settle(page)
  }
  for (const selector of follow) {
    const element = page.locator(selector).first()
    // On the phone a row is a card that opens the page itself.
    await element.click({ timeout: 5000 }).catch(() => console.log(`${name}: no ${selector}`))
    await settle(page)
  }
  if (further) {
    await further(page).catch((error: Error) => console.log(`${name}: ${error.message}`))
    await settle(page)
  }
  if (see) {
    const found = await page
      .locator(see)
      .first()
      .elementHandle({ timeout: 5000 })
      .catch(() => null)
    if (!found) console.log(`${name}: no ${see}`)
    await found?.evaluate('(element) => element.scrollIntoView({ block: "center", behavior: "instant" })')
  }
}

const settle = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle')
  // What a click asked for comes after the network was quiet: wait for what shows that it is still coming.
  await page.waitForTimeout(400)
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached', timeout: 15_000 })
  await page.evaluate('document.fonts.ready')
}

const walk = async (
  browser: Browser,
  url: string,
  passwords: ReadonlyMap<string, string>,
  folder: string,
): Promise<number> => {
  let faults = 0
  for (const [screen, options] of [
    ['', desk],
    ['-phone', phone],
  ] as const) {
    for (const login of new Set(wanted.map((shot) => shot.login))) {
      const context = await browser.newContext({ ...options, locale: 'zh-CN', reducedMotion: 'reduce' })
      const page = await context.newPage()
      await logIn(page, url, login, passwords.get(login) ?? '')
      for (const shot of wanted.filter((each) => each.login === login)) {
        await page.goto(`${url}${shot.path}`)
        await settle(page)
        await act(page, shot)
        await page.screenshot({ path: join(folder, `${shot.name}${screen}.png`) })
        const whole = join(folder, `${shot.name}${screen}-whole.png`)
        if (values.whole) await page.screenshot({ path: whole, fullPage: true })
        // What the picture was scrolled to lies half under the head of the page, which is no fault of it.
        await page.evaluate('scrollTo(0, 0)')
        const found = [
          ...(await axeFaults(page)),
          ...((await sidewaysOf(page)) > 0 ? ['scrolls sideways'] : []),
        ]
        for (const fault of found) console.log(`${shot.name}${screen}: ${fault}`)
        faults += found.length
      }
      await context.close()
    }
  }
  return faults
}

const dataDir = mkdtempSync(join(tmpdir(), 'doudi-pictures-'))
mkdirSync(values.out, { recursive: true })
execFileSync('node_modules/.bin/vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit' })
const settings = readSettings({ ...process.env, DOUDI_DATA: dataDir, PORT: '0', DATABASE_URL: '' })
const tell = { step: () => undefined, line: (text: string) => console.log(text) }
const running = await startUp(settings, { ...usualDemo, persons: Number(values.persons) }, '0.1.0', tell)
const browser = await openChromium()
try {
  const passwords = new Map(running.accounts.map(({ login, password }) => [login, password]))
  const faults = await walk(browser, running.url, passwords, values.out)
  console.log(`${wanted.length * 2} pictures in ${values.out}, ${faults} faults of access`)
  process.exitCode = faults ? 1 : 0
} finally {
  await browser.close()
  await running.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
