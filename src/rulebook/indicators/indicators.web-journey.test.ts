import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { type Answer, axeFaults, chromiumPath, desk, phone, picture, sidewaysOf } from '#testing/browser.ts'
import { consoleInBrowser } from '#testing/console-in-browser.ts'
import { problem } from '#testing/console-world.ts'
import { type Asked, signedInPage } from '#testing/signed-in.ts'
import * as samples from '../testing/indicator-samples.ts'

const patience = 120_000
const room = '/api/v1/rulebook'
const { id } = samples.indicatorFile.proposal
const full: Readonly<Record<string, unknown>> = {
  '/indicators': samples.indicators,
  '/indicators/second-home': samples.indicator,
  '/indicators/second-home/basis': samples.basis,
  '/indicator-checks': samples.soundVersion,
  '/indicator-trials': samples.indicatorTrial,
  '/indicator-proposals': samples.indicatorProposals,
  [`/indicator-proposals/${id}`]: samples.indicatorFile,
}
const empty = {
  ...full,
  '/indicators': { ...samples.indicators, indicators: [] },
  '/indicator-proposals': { items: [], next: null },
  '/indicator-trials': { trial: null },
}

interface OpenOptions {
  readonly screen?: BrowserContextOptions
  readonly answers?: Readonly<Record<string, unknown>>
  readonly all?: Answer | 'no-answer'
  readonly onWrite?: (asked: Asked) => Answer | undefined
}

const pages = [
  ['list', '/policies/indicators', '收入骤减（本地）', '没有符合条件的指标'],
  ['one', '/policies/indicators/second-home', '与之前的版本相比', undefined],
  ['edit', '/policies/indicators/second-home/edit', '用例', undefined],
  ['proposals', '/policies/indicator-proposals', '三套以上住房', '还没有指标调整单'],
  ['proposal', `/policies/indicator-proposals/${id}`, '检查结果', undefined],
] as const

describe.runIf(chromiumPath())('the pages of the warning indicators', () => {
  const shown = consoleInBrowser(patience)

  const open = (path: string, options: OpenOptions = {}): Promise<Page> =>
    signedInPage(shown.browser, shown.folder, {
      path,
      role: 'county-officer',
      screen: options.screen ?? desk,
      answer: (asked) => {
        if (!asked.path.startsWith(room)) return undefined
        const written = asked.method === 'POST' ? options.onWrite?.(asked) : undefined
        if (written) return written
        if (options.all) return options.all
        const body = (options.answers ?? full)[asked.path.slice(room.length)]
        return body === undefined ? undefined : { body }
      },
    })

  const expectSound = async (page: Page, name: string) => {
    await picture(page, name)
    expect(await axeFaults(page), name).toEqual([])
    expect(await sidewaysOf(page), name).toBe(0)
    await page.context().close()
  }

  const sizes = [
    ['desk', desk],
    ['phone', phone],
  ] as const

  test.for(pages)('%s is sound: full, empty, loading, failed', { timeout: patience }, async (it) => {
    const [name, path, text, none] = it
    for (const [size, screen] of sizes) {
      const filled = await open(path, { screen })
      await filled.getByText(text).first().waitFor()
      await expectSound(filled, `indicators-${name}-${size}`)
    }
    if (none) {
      const blank = await open(path, { answers: empty })
      await blank.getByText(none).waitFor()
      await expectSound(blank, `indicators-${name}-empty`)
    }
    const loading = await open(path, { all: 'no-answer' })
    await loading.getByText('正在加载').first().waitFor({ state: 'attached' })
    await expectSound(loading, `indicators-${name}-loading`)
    const broken = await open(path, { all: { ...problem(500, 'access.internal', '系统出错', '系统出错。') } })
    await broken.getByRole('button', { name: '重试' }).waitFor()
    await expectSound(broken, `indicators-${name}-failed`)
  })

  test.for(sizes)(
    'a version is written, mended, tried and proposed on a %s',
    { timeout: patience },
    async ([size, screen]) => {
      const sent: Asked[] = []
      let check: unknown = samples.unfilledVersion
      const page = await open('/policies/indicators/second-home', {
        screen,
        onWrite: (asked) => {
          sent.push(asked)
          if (asked.path.endsWith('/indicator-checks')) return { body: check }
          return asked.path.endsWith('/indicator-proposals') ? { body: { id, number: 4 } } : undefined
        },
      })
      await page.getByRole('link', { name: '编写新版本' }).click()
      // Nobody has been at a field yet: what is missing is a list of what to fill in, and no fault.
      await page.getByText('还有 3 处要填写').waitFor()
      expect(await page.locator('.dd-field-error').count()).toBe(0)
      await picture(page, `indicators-begun-${size}`)
      await page.getByLabel('生效日').focus()
      await page.keyboard.press('Tab')
      await page.getByLabel('条款').focus()
      await page.locator('.dd-field-error', { hasText: '请填写生效日' }).waitFor()
      await page.getByText('有 3 处需要修改').waitFor()
      expect(await page.locator('.dd-field-error').count()).toBe(1)
      await page.getByRole('button', { name: '提出', exact: true }).click()
      await page.locator('.dd-field-error', { hasText: '请填写条款' }).waitFor()
      await page.locator('.dd-field-error', { hasText: '请填写依据的文件' }).waitFor()
      expect(sent.some(({ path }) => path.endsWith('/indicator-proposals'))).toBe(false)

      check = samples.unsoundVersion
      await page.getByLabel('条件（FEEL）').fill('homes >= 3')
      await page.getByText('条件第 1 行：没有名为“homes”的事实、参数或函数').first().waitFor()
      await page.locator('summary', { hasText: '用例 3' }).click()
      await page.getByLabel('说明', { exact: true }).waitFor()
      await picture(page, `indicators-unsound-${size}`)
      expect(await axeFaults(page)).toEqual([])
      expect(await sidewaysOf(page)).toBe(0)

      check = samples.soundVersion
      await page.getByLabel('条件（FEEL）').fill('')
      await page.getByLabel('插入事实').selectOption('homeUnits')
      await page.getByLabel('条件（FEEL）').fill('homeUnits >= 4')
      await page.getByLabel('填写的值').fill('4')
      await page.getByLabel('生效日').fill('2026-07-01')
      await page.getByLabel('文件', { exact: true }).selectOption('dibao-2021-57')
      await page.getByLabel('条款').fill('第十四条')
      await page.getByText('通过检查，4 个用例全部符合').waitFor()
      await page.getByRole('button', { name: '试运行' }).click()
      await page.getByText('按 2026-06-14 的比对数据').waitFor()
      await page.getByText('家庭名下现有住宅2套。').waitFor()
      await picture(page, `indicators-trial-${size}`)
      expect(await axeFaults(page)).toEqual([])
      expect(await sidewaysOf(page)).toBe(0)
      await page.getByRole('button', { name: '提出', exact: true }).click()
      await page.getByRole('heading', { name: '指标调整单第 4 号' }).waitFor()
      expect(sent.find(({ path }) => path.endsWith('/indicator-proposals'))?.body).toMatchObject({
        basedOn: 'second-home',
        isNew: false,
        from: '2026-07-01',
        when: 'homeUnits >= 4',
        source: { document: 'dibao-2021-57' },
        clause: '第十四条',
        cases: [{}, {}, { facts: [{ of: 0, fact: 'homeUnits', value: 4 }] }, { expect: 'open' }],
      })
      await page.context().close()
    },
  )

  test('a second person tries what was proposed and releases it', { timeout: patience }, async () => {
    const sent: string[] = []
    const page = await open(`/policies/indicator-proposals/${id}`, {
      answers: { ...full, '/indicator-trials': { trial: null } },
      onWrite: ({ path }) => {
        sent.push(path)
        return path.endsWith('/release') ? { body: { done: true } } : undefined
      },
    })
    await page.getByRole('button', { name: '试运行' }).click()
    await page.getByText('还没有可用的比对数据').waitFor()
    expect(await page.locator('.policy-tabs [aria-current="page"]').allInnerTexts()).toEqual(['预警指标'])
    await page.getByRole('button', { name: '发布' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('“三套以上住房”自 2026-07-01 起在大理市按这个版本比对').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: '发布' }).click()
    await page.getByText('已发布').first().waitFor()
    expect(sent).toContain(`${room}/indicator-proposals/${id}/release`)
    await page.context().close()
  })
})
