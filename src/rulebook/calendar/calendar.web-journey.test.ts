import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Role } from '#access'
import { type Answer, axeFaults, chromiumPath, desk, phone, picture, sidewaysOf } from '#testing/browser.ts'
import { consoleInBrowser } from '#testing/console-in-browser.ts'
import { problem } from '#testing/console-world.ts'
import { type Asked, signedInPage } from '#testing/signed-in.ts'

const patience = 90_000

const year = {
  year: 2026,
  holidays: ['2026-05-01', '2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05', '2026-06-19'],
  workdays: ['2026-05-09'],
  source: 'calendars/',
  version: 3,
}

const notice = `一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至12日（周五）放假调休，共8天。2月14日（周日）上班。`

interface OpenOptions {
  readonly path?: string
  readonly role?: Role
  readonly screen?: BrowserContextOptions
}

describe.runIf(chromiumPath())('the page of the working-day calendar', () => {
  const shown = consoleInBrowser(patience)

  const open = (
    calendar: Answer | 'no-answer',
    { path = '/calendar', role = 'administrator', screen = desk }: OpenOptions = {},
    onSave: (asked: Asked) => Answer = () => ({ body: { saved: true, version: 1 } }),
  ): Promise<Page> =>
    signedInPage(shown.browser, shown.folder, {
      path,
      role,
      screen,
      answer: (asked) => {
        if (!asked.path.startsWith('/api/v1/rulebook/calendar')) return undefined
        return asked.method === 'PUT' ? onSave(asked) : calendar
      },
    })

  const expectSound = async (page: Page, name: string) => {
    await picture(page, name)
    expect(await axeFaults(page), name).toEqual([])
    expect(await sidewaysOf(page), name).toBe(0)
    await page.context().close()
  }

  test.for([
    ['desk', desk],
    ['phone', phone],
  ] as const)(
    'it is sound on a %s: full, awaiting, empty, loading, failed, form',
    { timeout: patience },
    async ([size, screen]) => {
      const filled = await open({ body: { years: [year], awaited: [2027] } }, { screen })
      await filled.getByText('放假 6 天，调休上班 1 天。').waitFor()
      await expectSound(filled, `calendar-full-${size}`)
      const empty = await open({ body: { years: [], awaited: [] } }, { screen, role: 'auditor' })
      await empty.getByText('还没有录入任何年份').waitFor()
      await expectSound(empty, `calendar-empty-${size}`)
      const loading = await open('no-answer', { screen })
      await loading.getByText('正在加载').first().waitFor({ state: 'attached' })
      await expectSound(loading, `calendar-loading-${size}`)
      const failed = await open(problem(500, 'access.internal', '系统出错', '系统出错。'), { screen })
      await failed.getByRole('button', { name: '重试' }).waitFor()
      await expectSound(failed, `calendar-failed-${size}`)
      const form = await open(
        { body: { years: [year], awaited: [] } },
        { screen, path: '/calendar?year=2026&edit=1' },
      )
      await form.getByRole('button', { name: '2026-05-09，调休上班' }).waitFor()
      await form.getByLabel('放假的日子').fill('五一')
      await form.getByRole('button', { name: '保存 2026 年' }).click()
      await form.getByRole('link', { name: '看不懂：五一' }).waitFor()
      await expectSound(form, `calendar-form-${size}`)
    },
  )

  test('the administrator enters a year from its notice, mends it by a press, and saves', {
    timeout: patience,
  }, async () => {
    const saved: Asked[] = []
    const page = await open({ body: { years: [year], awaited: [2027] } }, {}, (asked) => {
      saved.push(asked)
      return { body: { saved: true, version: 1 } }
    })
    await page.getByRole('link', { name: '录入 2027 年' }).click()
    await page.getByLabel('通知原文').fill(notice)
    await page.getByRole('button', { name: '找出日期' }).click()
    await page.getByText('找出放假 11 天、调休上班 1 天，请与通知核对。').waitFor()
    // A Saturday: first press a holiday, second a make-up day.
    await page.getByRole('button', { name: '2027-02-20', exact: true }).click()
    await page.getByRole('button', { name: '2027-02-20，放假' }).click()
    await page.getByRole('button', { name: '2027-02-20，调休上班' }).waitFor()
    expect(await page.getByLabel('调休上班的日子').inputValue()).toBe('2027-02-14\n2027-02-20')
    await page.getByRole('button', { name: '保存 2027 年' }).click()
    await page.getByRole('link', { name: '请填写依据，至少 2 个字' }).click()
    await page.keyboard.type('国办发明电〔2026〕7号')
    await page.getByRole('button', { name: '保存 2027 年' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '保存 2027 年' }).click()
    await page.getByText('2027 年的工作日历已保存').waitFor()
    expect(saved).toHaveLength(1)
    expect(saved[0]?.path).toBe('/api/v1/rulebook/calendar/2027')
    expect(saved[0]?.headers['if-match']).toBe('"v0"')
    expect(saved[0]?.body).toMatchObject({
      holidays: { length: 11, 0: '2027-01-01' },
      workdays: ['2027-02-14', '2027-02-20'],
      source: '国办发明电〔2026〕7号',
    })
    await page.context().close()
  })

  test('who saves a year that somebody else has just changed is told, and keeps the typing until the latest is asked for', {
    timeout: patience,
  }, async () => {
    const calendar = { body: { years: [year], awaited: [] as number[] } }
    const sent: (string | undefined)[] = []
    const changed = problem(412, 'access.changed-meanwhile', '内容已被更新', '内容已被他人更新。')
    const page = await open(calendar, { path: '/calendar?year=2026&edit=1' }, (asked) => {
      sent.push(asked.headers['if-match'])
      return sent.length === 1 ? changed : { body: { saved: true, version: 5 } }
    })
    const save = async () => {
      await page.getByRole('button', { name: '保存 2026 年' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '保存 2026 年' }).click()
    }
    await page.getByLabel('依据').fill('我的依据')
    calendar.body.years = [{ ...year, version: 4, source: '别人的依据' }]
    await save()
    await page.getByRole('heading', { name: /刚刚被别人改过，这次没有保存/ }).waitFor()
    expect(await axeFaults(page)).toEqual([])
    await page.getByLabel('依据').press('End')
    await page.keyboard.type('二次')
    expect(await page.getByLabel('依据').inputValue()).toBe('我的依据二次')
    await page.getByRole('button', { name: '载入最新内容，放弃我的修改' }).click()
    await expect.poll(() => page.getByLabel('依据').inputValue()).toBe('别人的依据')
    await save()
    await page.getByText('2026 年的工作日历已保存').waitFor()
    expect(sent).toEqual(['"v3"', '"v4"'])
    await page.context().close()
  })

  test('others read that a year is waited for, and whom to ask', { timeout: patience }, async () => {
    const page = await open(
      { body: { years: [year], awaited: [2027] } },
      { role: 'township-officer', path: '/calendar?year=2026&edit=1' },
    )
    await page.getByText('2027 年的放假安排还没有录入').waitFor()
    await page.getByText('请系统管理员在通知公布后录入。').waitFor()
    expect(await page.getByRole('button', { name: /修改|保存/ }).count()).toBe(0)
    expect(await page.getByRole('link', { name: /^录入/ }).count()).toBe(0)
    await page.context().close()
  })
})
