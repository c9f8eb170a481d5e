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
import * as samples from '../testing/samples.ts'

const patience = 120_000
const room = '/api/v1/rulebook'
const failed = problem(500, 'access.internal', '系统出错', '系统出错。')

type Answers = Readonly<Record<string, unknown>>

const full: Answers = {
  '/library': samples.library,
  '/library/entries/programmes/dibao': samples.entry,
  '/library/parameters': samples.parameters,
  '/library/parameters/standardFen': samples.parameter,
  '/library/differences': samples.differences,
  '/library/search': samples.search,
  '/cases': samples.cases,
  '/parameter-proposals': samples.proposals,
  [`/parameter-proposals/${samples.proposalFile.proposal.id}`]: samples.proposalFile,
  '/parameter-checks': samples.soundCheck,
  '/parameter-previews': { preview: null },
}
const empty: Answers = {
  ...full,
  '/library': samples.emptyLibrary,
  '/library/parameters': { ...samples.parameters, parameters: [] },
  '/library/differences': { ...samples.differences, differences: [] },
  '/cases': { ...samples.cases, cases: [], passed: 0, failed: 0 },
  '/parameter-proposals': { items: [], next: null },
}

interface OpenOptions {
  readonly role?: Role
  readonly screen?: BrowserContextOptions
  readonly answers?: Answers
  readonly all?: Answer | 'no-answer'
  readonly onWrite?: (asked: Asked) => Answer | undefined
}

const pages = [
  ['overview', '/policies', '最低生活保障', '这一天还没有现行政策'],
  ['entry', '/policies/entries/programmes/dibao', '家庭人均收入低于低保标准', undefined],
  ['parameters', '/policies/parameters', '必要就业成本', '没有符合条件的参数'],
  ['parameter', '/policies/parameters/standardFen', '720.00元', undefined],
  ['differences', '/policies/differences', '700.00元', '没有不同'],
  ['proposals', '/policies/proposals', '760.00元', '还没有调整单'],
  ['proposal', `/policies/proposals/${samples.proposalFile.proposal.id}`, '检查结果', undefined],
  ['cases', '/policies/cases', '应为并算得 600.00 元', '没有符合条件的用例'],
] as const

describe.runIf(chromiumPath())('the pages of the policy library', () => {
  const shown = consoleInBrowser(patience)

  const open = (path: string, options: OpenOptions = {}): Promise<Page> =>
    signedInPage(shown.browser, shown.folder, {
      path,
      role: options.role ?? 'county-officer',
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
  const everywhere = pages.flatMap(([name, path, shown, none]) =>
    sizes.map(([size, screen]) => ({ name, path, shown, none, size, screen })),
  )

  test.for(everywhere)(
    '$name is sound on a $size: full, empty, loading, failed',
    { timeout: patience },
    async (it) => {
      const { name, path, shown, none, size, screen } = it
      const filled = await open(path, { screen })
      await filled.getByText(shown).first().waitFor()
      await expectSound(filled, `policies-${name}-${size}`)
      if (none) {
        const blank = await open(path, { screen, answers: empty })
        await blank.getByText(none).waitFor()
        await expectSound(blank, `policies-${name}-empty-${size}`)
      }
      const loading = await open(path, { screen, all: 'no-answer' })
      await loading.getByText('正在加载').first().waitFor({ state: 'attached' })
      await expectSound(loading, `policies-${name}-loading-${size}`)
      const broken = await open(path, { screen, all: failed })
      await broken.getByRole('button', { name: '重试' }).waitFor()
      await expectSound(broken, `policies-${name}-failed-${size}`)
    },
  )

  test('a word leads to a policy, and the policy to its parameters', { timeout: patience }, async () => {
    const page = await open('/policies', { role: 'village-helper' })
    await page.getByLabel('查找政策、规则、参数或文件').fill('低保')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '查找“低保”的结果' }).waitFor()
    await page.getByText('低保边缘认定办法').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('link', { name: '最低生活保障' }).first().click()
    await page.getByText('规则原文（FEEL）').click()
    await page.getByText('incomeBelowDibao and').waitFor()
    await page.getByRole('link', { name: '城镇低保标准' }).click()
    await page.getByRole('heading', { name: '城镇低保标准（每人每月）' }).waitFor()
    // Everybody reads; only civil affairs propose.
    expect(await page.getByRole('link', { name: '提出调整' }).count()).toBe(0)
    await page.context().close()
  })

  test.for([
    ['desk', desk],
    ['phone', phone],
  ] as const)(
    'a change is checked, previewed and proposed on a %s',
    { timeout: patience },
    async ([size, screen]) => {
      const sent: Asked[] = []
      let check: unknown = samples.unsoundCheck
      const page = await open('/policies/parameters/standardFen', {
        screen,
        onWrite: (asked) => {
          sent.push(asked)
          if (asked.path.endsWith('/parameter-checks')) return { body: check }
          if (!asked.path.endsWith('/parameter-proposals')) return undefined
          return { body: { id: samples.proposalFile.proposal.id, number: 4 } }
        },
      })
      await page.getByRole('link', { name: '提出调整' }).click()
      await page.getByRole('button', { name: '检查' }).click()
      await page.getByRole('link', { name: '请填写新的数值' }).waitFor()
      expect(await axeFaults(page)).toEqual([])
      await picture(page, `policies-propose-faults-${size}`)
      await page.getByLabel('新的数值').fill('300')
      await page.getByLabel('生效日').fill('2026-07-01')
      await page.getByLabel('文件名称').fill('关于提高城乡低保标准的通知')
      await page.getByLabel('发文机关').fill('大理市民政局')
      await page.getByLabel('条款').fill('一')
      await page.getByRole('button', { name: '检查' }).click()
      await page.getByText('低于下限：“省定指导标准”为640.00元').waitFor()
      expect(await page.getByRole('button', { name: '提出调整' }).count()).toBe(0)
      await picture(page, `policies-propose-unsound-${size}`)
      expect(await axeFaults(page)).toEqual([])
      check = samples.soundCheck
      await page.getByLabel('新的数值').fill('760')
      await page.getByText('内容改过了，请再检查一次。').waitFor()
      await page.getByRole('button', { name: '检查' }).click()
      await page.getByText('无法预览').waitFor()
      const whole = new URL(
        (await page.getByRole('link', { name: '看完整模拟' }).getAttribute('href')) ?? '',
        origin,
      )
      expect(whole.pathname).toBe('/simulations/new')
      expect(Object.fromEntries(whole.searchParams)).toEqual({
        parameter: 'standardFen',
        value: '76000',
        on: '2026-07-01',
        region: '532901000000',
      })
      await picture(page, `policies-propose-${size}`)
      expect(await axeFaults(page)).toEqual([])
      expect(await sidewaysOf(page)).toBe(0)
      await page.getByRole('button', { name: '提出调整' }).click()
      await page.getByRole('heading', { name: '调整单第 4 号' }).waitFor()
      expect(sent.find(({ path }) => path.endsWith('/parameter-proposals'))?.body).toEqual({
        pack: 'demo',
        parameter: 'standardFen',
        value: 76_000,
        from: '2026-07-01',
        until: null,
        region: '532901000000',
        source: {
          newDocument: {
            title: '关于提高城乡低保标准的通知',
            number: null,
            issuer: '大理市民政局',
            issuedOn: null,
          },
        },
        clause: '一',
        note: null,
      })
      await page.context().close()
    },
  )

  test('a second person sees the effect and releases; the proposer cannot', {
    timeout: patience,
  }, async () => {
    const { id } = samples.proposalFile.proposal
    const sent: string[] = []
    const answers = { ...full, '/parameter-previews': { preview: samples.preview } }
    const onWrite = ({ path }: Asked): Answer | undefined => {
      sent.push(path)
      return path.endsWith('/release') ? { body: { done: true } } : undefined
    }
    const page = await open(`/policies/proposals/${id}`, { answers, onWrite })
    await page.getByText('312 户').waitFor()
    await picture(page, 'policies-proposal-preview')
    await page.getByRole('button', { name: '发布' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('“城镇低保标准（每人每月）”自 2026-07-01 起在大理市为 760.00元').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: '发布' }).click()
    await page.getByText('已发布').first().waitFor()
    expect(sent.at(-1) ?? '').toContain('/api/v1/rulebook/')
    expect(sent).toContain(`${room}/parameter-proposals/${id}/release`)
    await page.context().close()
    const may = { release: false, decline: false, withdraw: true }
    const own = { ...full, [`/parameter-proposals/${id}`]: { ...samples.proposalFile, may, isOwn: true } }
    const mine = await open(`/policies/proposals/${id}`, { answers: own })
    await mine.getByText('这是您提出的，须由另一人发布。').waitFor()
    expect(await mine.getByRole('button', { name: '发布' }).count()).toBe(0)
    await mine.getByRole('button', { name: '撤回' }).waitFor()
    await mine.context().close()
  })
})
