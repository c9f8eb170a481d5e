import { readFileSync } from 'node:fs'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Role } from '#access'
import {
  type Answer,
  axeFaults,
  chromiumPath,
  desk,
  origin,
  phone,
  picture,
  sidewaysOf,
} from '#testing/browser.ts'
import { consoleInBrowser } from '#testing/console-in-browser.ts'
import { problem } from '#testing/console-world.ts'
import { type Asked, signedInPage } from '#testing/signed-in.ts'
import { sampleChoices, sampleCliff, sampleReport, sampleResult, sampleRow } from './sample.ts'

const patience = 120_000
const base = '/api/v1/insight'
const failure = problem(500, 'access.internal', '系统出错', '系统出错。')
const one = `${base}/simulations/${sampleRow.id}`
type Answers = Readonly<Record<string, Answer | 'no-answer'>>
const full: Answers = {
  [`GET ${base}/simulation-choices`]: { body: sampleChoices },
  [`POST ${base}/simulation-runs`]: { body: { result: sampleResult, milliseconds: 3_412 } },
  [`POST ${base}/simulation-cliffs`]: { body: sampleCliff },
  [`POST ${base}/simulations`]: { body: { id: sampleRow.id, number: sampleRow.number } },
  [`GET ${base}/simulations`]: { body: { items: [sampleRow], next: null } },
  [`GET ${one}`]: { body: sampleReport },
  [`GET ${one}/check`]: { body: { replay: 'same' } },
}
const sizes = [
  ['desk', desk],
  ['phone', phone],
] as const

interface OpenOptions {
  readonly answers?: Answers
  readonly screen?: BrowserContextOptions
  readonly role?: Role
  readonly asked?: Asked[]
}

describe.runIf(chromiumPath())('the pages of simulations', () => {
  const shown = consoleInBrowser(patience)

  const open = (path: string, options: OpenOptions = {}): Promise<Page> =>
    signedInPage(shown.browser, shown.folder, {
      path,
      role: options.role ?? 'county-officer',
      screen: options.screen ?? desk,
      answer: (asked) => {
        if (asked.path.startsWith(base)) options.asked?.push(asked)
        return { ...full, ...options.answers }[`${asked.method} ${asked.path}`]
      },
    })

  const expectSound = async (page: Page, name: string) => {
    await page.evaluate('scrollTo(0, 0)')
    await picture(page, name)
    expect(await axeFaults(page), name).toEqual([])
    expect(await sidewaysOf(page), name).toBe(0)
  }
  const expectSoundAndClose = async (page: Page, name: string) => {
    await expectSound(page, name)
    await page.context().close()
  }

  test.for(sizes)(
    'the list is sound on a %s: full, empty, loading, failed',
    { timeout: patience },
    async ([size, screen]) => {
      const page = await open('/simulations', { screen })
      await page.getByText('+231,655.50 元').waitFor()
      await expectSoundAndClose(page, `simulations-full-${size}`)
      const listOf = (answer: Answer | 'no-answer') => ({
        screen,
        answers: { [`GET ${base}/simulations`]: answer },
      })
      const empty = await open('/simulations', listOf({ body: { items: [], next: null } }))
      await empty.getByText('还没有模拟报告').waitFor()
      await expectSoundAndClose(empty, `simulations-empty-${size}`)
      const loading = await open('/simulations', listOf('no-answer'))
      await loading.getByText('正在加载').first().waitFor({ state: 'attached' })
      await expectSoundAndClose(loading, `simulations-loading-${size}`)
      const failed = await open('/simulations', listOf(failure))
      await failed.getByRole('button', { name: '重试' }).waitFor()
      await expectSoundAndClose(failed, `simulations-failed-${size}`)
    },
  )

  test.for(sizes)(
    'a question is asked, answered, drawn and saved on a %s',
    { timeout: patience },
    async ([size, screen]) => {
      const asked: Asked[] = []
      const page = await open('/simulations', { screen, asked })
      await page.getByRole('link', { name: '新的模拟' }).click()
      await page.getByText('还没有结果').waitFor()
      await page.getByRole('button', { name: '开始模拟' }).click()
      await page.getByRole('link', { name: '请选择参数' }).waitFor()
      await expectSound(page, `simulation-faults-${size}`)
      await page.getByLabel('自哪一天起').fill('2027-01-01')
      await page.getByRole('combobox', { name: '参数' }).fill('城镇低保')
      await page.keyboard.press('Enter')
      await page.getByText('700.00元').waitFor()
      await page.getByLabel('改为').fill('20000')
      await page.getByRole('button', { name: '开始模拟' }).click()
      await page.getByRole('link', { name: '请填写 0.00 至 10,000.00 之间的数' }).waitFor()
      await page.getByLabel('改为').fill('760')
      await page.getByRole('checkbox', { name: '财产符合规定' }).uncheck()
      await page.getByRole('button', { name: '开始模拟' }).click()
      await page.getByText('每月多支出 231,655.50 元').waitFor()
      await page.getByText('123 户（356 人）新纳入').first().waitFor()
      expect(asked.find(({ path }) => path.endsWith('/simulation-runs'))?.body).toEqual({
        question: {
          on: '2027-01-01',
          region: '532901000000',
          months: 12,
          changes: [{ parameter: 'urbanStandardFen', value: 76_000, region: null }],
          rules: [],
          assumptions: ['incomeAsWage'],
        },
      })
      await page.getByLabel('每隔').fill('5')
      await page.getByRole('button', { name: '画出曲线' }).click()
      await page.getByText('点太多：请把间隔加大到 6 元或以上').waitFor()
      await page.getByLabel('每隔').fill('50')
      await page.getByRole('button', { name: '画出曲线' }).click()
      await page
        .getByText('月收入由 2,050 元增加到 2,100 元时，净状况反而减少 450 元（最低生活保障）。')
        .waitFor()
      await page.getByText('曲线数据表').click()
      await page.getByRole('img', { name: /改动前有 1 处断崖，改动后有 1 处/u }).waitFor()
      await expectSound(page, `simulation-full-${size}`)
      await page.getByRole('button', { name: '保存报告' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: '保存报告' }).click()
      await dialog.getByText('请填写标题，至少两个字').waitFor()
      await dialog.getByLabel('标题').fill(sampleRow.title)
      await expectSound(page, `simulation-save-${size}`)
      await dialog.getByRole('button', { name: '保存报告' }).click()
      await page.getByText('已保存，编号 SIM2026-00001').waitFor()
      await page.getByRole('heading', { name: sampleRow.title, level: 1 }).waitFor()
      const saved = asked.find(({ method, path }) => method === 'POST' && path === `${base}/simulations`)
      expect(saved?.body).toMatchObject({
        title: sampleRow.title,
        typical: { residence: 'urban', adults: 2, children: 1, upToFen: 600_000, stepFen: 5_000 },
      })
      await page.context().close()
    },
  )

  test('a wait can be given up, a failure told, and an answer to another question is marked', {
    timeout: patience,
  }, async () => {
    const path = '/simulations/new?parameter=urbanStandardFen&value=76000&on=2027-01-01&region=532901100000'
    const run = `POST ${base}/simulation-runs`
    const waiting = await open(path, { answers: { [run]: 'no-answer' } })
    await waiting.getByRole('button', { name: '开始模拟' }).click()
    await waiting.getByText('已用 1 秒').waitFor()
    await expectSound(waiting, 'simulation-running')
    await waiting.getByRole('button', { name: '取消' }).click()
    await waiting.getByText('已取消，没有保存任何内容。').waitFor()
    await expectSoundAndClose(waiting, 'simulation-cancelled')
    const refusal = problem(422, 'insight.strange-change', '不能模拟', '这项改动不能模拟：分与元不能相比')
    const refused = await open(path, { answers: { [run]: refusal } })
    await refused.getByLabel('改为').waitFor()
    expect(await refused.getByLabel('改为').inputValue()).toBe('760.00')
    expect(await refused.getByLabel('适用地区').inputValue()).toBe('532901100000')
    await refused.getByRole('button', { name: '添加规则' }).click()
    await refused.getByRole('combobox', { name: '规则' }).selectOption('dibaoEligible')
    await refused.getByLabel('新的写法').fill('incomePerCapitaFen < 700')
    await refused.getByRole('button', { name: '开始模拟' }).click()
    // Told as the answer, and at the rule itself.
    const told = refused.getByText('这项改动不能模拟：分与元不能相比')
    await expect.poll(() => told.count(), { timeout: 15_000 }).toBe(2)
    await expectSoundAndClose(refused, 'simulation-refused')
    const answers: Record<string, Answer> = {}
    const stale = await open(path, { answers })
    await stale.getByRole('button', { name: '开始模拟' }).click()
    await stale.getByText('用时 3.4 秒。').waitFor()
    await stale.getByLabel('改为').fill('770')
    await stale.getByText('问题已经改动').waitFor()
    expect(await stale.getByRole('button', { name: '保存报告' }).count()).toBe(0)
    // A day whose values cannot be read takes nothing away that was typed.
    answers[`GET ${base}/simulation-choices`] = failure
    await stale.getByLabel('自哪一天起').fill('2028-01-01')
    await stale.getByText('可选的参数没有读出来').waitFor()
    expect(await stale.getByLabel('改为').inputValue()).toBe('770.00')
    await stale.context().close()
    const unreadable = await open(path, { answers: { [`GET ${base}/simulation-choices`]: failure } })
    await unreadable.getByText('可选的参数没有读出来').waitFor()
    await unreadable.context().close()
  })

  test.for(sizes)(
    'a saved report is sound on a %s: opened, checked, loading, failed',
    { timeout: patience },
    async ([size, screen]) => {
      const page = await open(`/simulations/${sampleRow.id}`, { screen })
      await page.getByText('引用时写：SIM2026-00001').waitFor()
      await page.getByText('保存之后规则有变化').waitFor()
      await page.getByText('每年一次的费用另计：多支出 62,460.00 元').waitFor()
      await page.getByRole('heading', { name: '每年一次和一次性的费用' }).waitFor()
      await page.getByText('有些事实登记里没有，按常情计：在资格认定地参保。').waitFor()
      await page.getByRole('button', { name: '重算核对' }).click()
      await page.getByText('重算的结果与报告逐字节相同。').waitFor()
      await expectSound(page, `simulation-saved-${size}`)
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: '下载表格：各月费用' }).click(),
      ])
      expect(file.suggestedFilename()).toBe('SIM2026-00001-各月费用.csv')
      expect(readFileSync(await file.path(), 'utf8')).toContain('2027-01,2612345.00,2844000.50,106')
      await page.context().close()
      const loading = await open(`/simulations/${sampleRow.id}`, {
        screen,
        answers: { [`GET ${one}`]: 'no-answer' },
      })
      await loading.getByText('正在加载').first().waitFor({ state: 'attached' })
      await expectSoundAndClose(loading, `simulation-saved-loading-${size}`)
      const failed = await open(`/simulations/${sampleRow.id}`, {
        screen,
        answers: { [`GET ${one}`]: failure },
      })
      await failed.getByRole('button', { name: '重试' }).waitFor()
      await expectSoundAndClose(failed, `simulation-saved-failed-${size}`)
    },
  )

  test('the auditor reads, cites and prints a report and is offered no simulation', {
    timeout: patience,
  }, async () => {
    const page = await open(`/simulations/${sampleRow.id}`, { role: 'auditor' })
    await page.getByText('引用时写：SIM2026-00001').waitFor()
    expect(await page.getByRole('link', { name: '改一改再模拟' }).count()).toBe(0)
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 680, height: 1000 })
    expect(await sidewaysOf(page)).toBe(0)
    expect(await page.getByRole('button').count()).toBe(0)
    await picture(page, 'simulation-saved-print')
    await page.context().close()
    const refused = await open('/simulations/new', { role: 'auditor' })
    await refused.getByRole('heading', { name: '没有权限打开这个页面' }).waitFor()
    await refused.context().close()
  })

  test('in English nothing of ours is left in Chinese', { timeout: patience }, async () => {
    const page = await open(`/simulations/new?report=${sampleRow.id}`)
    await page.evaluate("localStorage.setItem('doudi.language', 'en')")
    await page.goto(`${origin}/simulations/new?report=${sampleRow.id}`)
    await page.getByRole('button', { name: 'Simulate' }).click()
    await page.getByText('231,655.50 yuan more a month').waitFor()
    await page.getByRole('button', { name: 'Draw' }).click()
    await page.getByText('Cliffs before').waitFor()
    await picture(page, 'simulation-english')
    // Names of places stay as they are.
    const text = String(await page.locator('main').textContent())
    const given = /大理市|下关街道(?:文献社区)?|凤仪镇|太邑彝族乡/gu
    expect(text.replaceAll(given, '').match(/.{0,20}\p{Script=Han}+.{0,20}/gu)).toBe(null)
    await page.context().close()
  })
})
