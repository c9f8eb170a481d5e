/**
 * The main job in the browser, on a fresh demo and its real server: a file with 37 bad rows of 1,000, the sheet that goes
 * back, the scan, a red alert, why, dispatch, the township, evidence, disposal, the chain. axe looks at each page.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '#access/server'
import { newId } from '#base'
import { loadLayouts, parseFile } from '#exchange/server'
import { makeUploadSample, makeWorld } from '#sandbox/server'
import { everywhere } from '#store'
import { inScope, openDatabase } from '#store/server'
import { axeFaults, chromiumPath, desk, openChromium, sidewaysOf } from '#testing/browser.ts'
import { demoDate, usualDemo } from '../src/app/demo/make-demo.server.ts'
import { type Running, startUp } from '../src/app/run/up.server.ts'
import { readSettings } from '../src/app/settings.server.ts'

const persons = 3000
const password = 'a-password-for-the-journey'
const dataDir = mkdtempSync(join(tmpdir(), 'doudi-e2e-'))

let running: Running
let browser: Browser
let context: BrowserContext
let page: Page

const shown = async (name: string): Promise<void> => {
  await expect.poll(() => page.locator('[aria-busy="true"]').count(), { timeout: 15_000 }).toBe(0)
  expect({ page: name, faults: await axeFaults(page), sideways: await sidewaysOf(page) }).toEqual({
    page: name,
    faults: [],
    sideways: 0,
  })
}

const logIn = async (login: string, secret: string): Promise<void> => {
  await context?.close()
  context = await browser.newContext({
    ...desk,
    locale: 'zh-CN',
    acceptDownloads: true,
    reducedMotion: 'reduce',
  })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(`${running.url}/`)
  await page.locator('input[autocomplete="username"]').fill(login)
  await page.locator('input[type="password"]').fill(secret)
  await page.locator('button[type="submit"]').click()
  await page.getByRole('heading', { name: '待办首页' }).waitFor()
}

const ownerUrl = (): string =>
  (JSON.parse(readFileSync(join(dataDir, 'attach.json'), 'utf8')) as { ownerUrl: string }).ownerUrl

/** An account at the office that now holds the alert: the demo has one for its busiest township only. */
const addTownshipAccount = async (number: string): Promise<string> => {
  const database = openDatabase(ownerUrl(), 1)
  try {
    return await inScope(database, everywhere, async (tx) => {
      const { holder_id } = await tx
        .selectFrom('alerts')
        .select('holder_id')
        .where('number', '=', Number(number))
        .executeTakeFirstOrThrow()
      const login = `town-${newId().slice(-8)}`
      await tx
        .insertInto('accounts')
        .values({
          id: newId(),
          login,
          display_name: '乡镇核实人',
          role: 'township-officer',
          organisation_id: holder_id ?? '',
          password_hash: await hashPassword(password),
        })
        .execute()
      return login
    })
  } finally {
    await database.close()
  }
}

beforeAll(async () => {
  const settings = readSettings({ DOUDI_DATA: dataDir, PORT: '0', LOG_LEVEL: 'info' })
  running = await startUp(settings, { ...usualDemo, persons }, '0.0.0', {
    step: () => undefined,
    line: () => undefined,
  })
  browser = await openChromium()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await running?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

describe.runIf(chromiumPath())('the main job, from the file to the chain', () => {
  test('a file becomes help that somebody accounts for', { timeout: 240_000 }, async () => {
    const folder = mkdtempSync(join(dataDir, 'sample-'))
    const sample = await makeUploadSample(
      makeWorld({ ...usualDemo, persons, businessDate: demoDate }),
      { rows: 1000, bad: 37 },
      folder,
    )
    const account = (login: string) => running.accounts.find((each) => each.login === login)?.password ?? ''

    await logIn('zhou', account('zhou'))
    await shown('home')
    await page.getByRole('link', { name: '部门数据' }).first().click()
    await page.getByRole('link', { name: '上传文件' }).click()
    await page.locator('input[type="file"]').setInputFiles(sample.file.path)
    await shown('upload')
    await page.getByRole('button', { name: '上传并读取' }).click()
    await page.getByText(/收到 1,?000 行 = 合格 963 行 \+ 不合格 37 行/).waitFor({ timeout: 60_000 })
    await shown('feed')

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载不合格行' }).click(),
    ])
    const sheet = join(dataDir, 'rejects.xlsx')
    await download.saveAs(sheet)
    let read = 0
    const parsed = await parseFile({
      path: sheet,
      fileName: 'rejects.xlsx',
      layouts: await loadLayouts(),
      onReject: () => {
        read += 1
      },
    })
    expect([parsed.kind, read]).toEqual(['deaths', 37])

    await page.getByRole('link', { name: '监测比对' }).first().click()
    await page.getByRole('button', { name: '开始比对' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: /开始/ }).click()
    await expect.poll(() => page.getByText('已完成').count(), { timeout: 120_000 }).toBeGreaterThan(1)
    await shown('scans')

    await page
      .getByRole('link', { name: /预警台/ })
      .first()
      .click()
    await page.goto(`${running.url}/alerts?grade=red&indicator=member-died`)
    await page.getByRole('button', { name: /死亡/ }).first().waitFor()
    await shown('desk')
    await page.getByRole('button', { name: /死亡/ }).first().click()
    await page.getByRole('link', { name: '打开详情' }).click()
    await page.getByRole('heading', { name: '为什么' }).waitFor()
    await shown('alert')
    const address = page.url()
    const heading = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
    const number = /\d+/.exec(heading)?.[0] ?? ''
    expect(await page.getByText(/死亡日期/).count()).toBeGreaterThan(0)

    await page.getByRole('button', { name: '分派给其他单位' }).click()
    await page.getByText('所在乡镇（街道）').click()
    await page.getByText('可以分派 1 条').waitFor()
    await shown('dispatch')
    await page.getByRole('button', { name: '分派 1 条' }).click()
    await page.getByText('已分派 1 条').waitFor()

    await logIn(await addTownshipAccount(number), password)
    await page.goto(address)
    await page.getByRole('button', { name: '接收核实' }).click()
    await page.getByText('已接收，请核实后处置。').waitFor()
    await page.getByRole('button', { name: /核查是否仍符合/ }).click()
    await page.getByLabel('核实结果').selectOption({ label: '属实' })
    await page.getByLabel('核实情况').fill('入户核实，家属确认已于当月去世，已收取死亡证明复印件。')
    const photo = join(dataDir, 'photo.png')
    writeFileSync(
      photo,
      Buffer.from(
        '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccfc0f01f0005050201a5f3c4b40000000049454e44ae426082',
        'hex',
      ),
    )
    await page.locator('input[type="file"]').setInputFiles(photo)
    await page.getByText('photo.png').first().waitFor()
    await shown('disposal')
    await page.getByRole('button', { name: '下一步：核对' }).click()
    await page.getByRole('button', { name: '确认处置' }).click()
    await page.getByText(`预警 ${number} 已处置`).first().waitFor()

    await page.goto(address)
    await page.getByRole('link', { name: '打开一户一档' }).click()
    await page
      .getByText(new RegExp(`预警 ${number}.*已处置：情况属实`))
      .first()
      .waitFor()
    await shown('household')
  })
})
