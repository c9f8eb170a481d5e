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
import { sampleDictionary, sampleReasons, sampleResults, sampleTrial } from './sample.ts'

const patience = 120_000
const base = '/api/v1/rulebook'
const failure = problem(500, 'access.internal', '系统出错', '系统出错。')
const row = {
  id: sampleTrial.id,
  place: '大理市',
  on: '2026-06-15',
  pack: { id: 'demo', version: '0.1.0' },
  note: '入户时问的',
  eligible: ['最低生活保障'],
  counts: { eligible: 1, notEligible: 1, unknown: 1 },
  savedBy: '段丽华',
  savedAt: '2026-06-15T02:03:04.000Z',
}
type Answers = Readonly<Record<string, Answer | 'no-answer'>>
const full: Answers = {
  [`GET ${base}/try`]: { body: sampleDictionary },
  [`POST ${base}/try`]: { body: { pack: sampleDictionary.pack, results: sampleResults } },
  [`POST ${base}/try/reasons`]: { body: { reasons: sampleReasons } },
  [`POST ${base}/try/changes`]: {
    body: {
      changes: [
        { who: '段*', fact: '每月工资性收入', from: '1,500.00元', to: '2,400.00元', outcome: 'not-eligible' },
      ],
    },
  },
  [`POST ${base}/try/households`]: {
    body: {
      items: [{ id: sampleTrial.householdId, number: '5329010001', place: '大理市', people: ['段*'] }],
    },
  },
  [`GET ${base}/try/households/${sampleTrial.householdId}`]: {
    body: {
      id: sampleTrial.householdId,
      number: '5329010001',
      place: { code: '532901001001', name: '大理市下关街道文献社区' },
      household: sampleTrial.household,
      known: 5,
    },
  },
  [`POST ${base}/trials`]: { body: { id: sampleTrial.id } },
  [`GET ${base}/trials`]: { body: { items: [row], next: null } },
  [`GET ${base}/trials/${sampleTrial.id}`]: { body: sampleTrial },
  [`GET ${base}/trials/${sampleTrial.id}/reasons`]: { body: { reasons: sampleReasons } },
}
const sizes = [
  ['desk', desk],
  ['phone', phone],
] as const

describe.runIf(chromiumPath())('the pages of trials', () => {
  const shown = consoleInBrowser(patience)

  const open = (
    path: string,
    options: { answers?: Answers; screen?: BrowserContextOptions; role?: Role; asked?: Asked[] } = {},
  ): Promise<Page> =>
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
    await picture(page, name)
    expect(await axeFaults(page), name).toEqual([])
    expect(await sidewaysOf(page), name).toBe(0)
  }

  test.for(sizes)(
    'trying is sound on a %s: empty, full, failed, loading',
    { timeout: patience },
    async ([size, screen]) => {
      const page = await open('/trials/new', { screen })
      await page.getByText('还没有试算').waitFor()
      await expectSound(page, `try-empty-${size}`)
      await page.getByRole('button', { name: '试算', exact: true }).click()
      await page.getByText('符合 1 项，不符合 1 项，待查明 1 项。').waitFor()
      await page.getByRole('button', { name: '最低生活保障的理由' }).click()
      await page.getByText('全年补差 > 0').waitFor()
      await page.getByRole('button', { name: '什么会改变照料补贴 段*的结论' }).click()
      await page.getByText('由 1,500.00元 变为 2,400.00元：不符合').waitFor()
      await expectSound(page, `try-full-${size}`)
      await page.context().close()
      const failed = await open('/trials/new', { screen, answers: { [`POST ${base}/try`]: failure } })
      await failed.getByRole('button', { name: '试算', exact: true }).click()
      await failed
        .getByRole('heading', { name: '系统出错' })
        .or(failed.locator('.dd-error'))
        .first()
        .waitFor()
      await expectSound(failed, `try-failed-${size}`)
      await failed.context().close()
      const loading = await open('/trials/new', { screen, answers: { [`GET ${base}/try`]: 'no-answer' } })
      await loading.getByText('正在加载').first().waitFor({ state: 'attached' })
      await expectSound(loading, `try-loading-${size}`)
      await loading.context().close()
    },
  )

  test.for(sizes)(
    'saved trials are sound on a %s: list, empty, failed, opened',
    { timeout: patience },
    async ([size, screen]) => {
      const list = await open('/trials', { screen })
      await list.getByText('入户时问的').waitFor()
      await expectSound(list, `trials-full-${size}`)
      await list.context().close()
      const none = { [`GET ${base}/trials`]: { body: { items: [], next: null } } }
      const empty = await open('/trials', { screen, answers: none })
      await empty.getByText('还没有试算存档').waitFor()
      await expectSound(empty, `trials-empty-${size}`)
      await empty.context().close()
      const failed = await open('/trials', { screen, answers: { [`GET ${base}/trials`]: failure } })
      await failed.getByRole('button', { name: '重试' }).waitFor()
      await expectSound(failed, `trials-failed-${size}`)
      await failed.context().close()
      const saved = await open(`/trials/${sampleTrial.id}`, { screen })
      await saved.getByText('结论逐字节相同').waitFor()
      await saved.getByText('规则后来有变化').waitFor()
      await saved.getByRole('button', { name: '最低生活保障的理由' }).click()
      await saved.getByText('全年补差 > 0').waitFor()
      await expectSound(saved, `trial-${size}`)
      await saved.context().close()
    },
  )

  test('what is typed is sent as facts: yuan as fen, what is empty not at all, what is absent as null', {
    timeout: patience,
  }, async () => {
    const asked: Asked[] = []
    const page = await open('/trials/new', { asked })
    await page.getByLabel('城乡类别').selectOption('urban')
    await page.getByLabel('称呼').fill('小段')
    const member = page.getByRole('region', { name: '小段' })
    await member.getByLabel('每月工资性收入').fill('1500.5')
    await member.getByLabel('确认没有').check()
    await member.getByLabel('豁免比例（%）').fill('101')
    await member.getByText('请填写 0 至 100 的整数').waitFor()
    await member.getByLabel('豁免比例（%）').fill('40')
    await page.getByRole('button', { name: '添加成员' }).click()
    await page.getByRole('button', { name: '试算', exact: true }).click()
    await page.getByText('符合 1 项').waitFor()
    expect(asked.at(-1)).toMatchObject({
      body: {
        on: '2026-06-15',
        region: '532901000000',
        unsaid: 'unknown',
        household: {
          facts: { residence: 'urban' },
          lists: {
            members: [
              { label: '小段', facts: { wageFen: 150_050, awaySince: null, sharePercent: 40 }, lists: {} },
              { facts: {}, lists: {} },
            ],
          },
        },
      },
    })
    await page.getByLabel('城乡类别').selectOption('rural')
    await page.getByText('情况已经改动').waitFor()
    expect(await page.getByRole('button', { name: '保存试算' }).count()).toBe(0)
    expect(page.url()).toBe(`${origin}/trials/new`)
    await page.context().close()
  })

  test.for(sizes)(
    'other values are typed in yuan or read from a file, mark the result and take saving away, on a %s',
    { timeout: patience },
    async ([size, screen]) => {
      const asked: Asked[] = []
      const page = await open('/trials/new', { asked, screen })
      await page.getByText('按其他参数值试算').click()
      await page.getByRole('combobox', { name: '添加参数' }).fill('城镇低保')
      await page.locator('.ant-select-item-option', { hasText: '城镇低保标准' }).click()
      await page.getByRole('button', { name: '试算', exact: true }).click()
      await page.getByText('请填写“城镇低保标准”的值').first().waitFor()
      expect(asked.filter(({ method }) => method === 'POST')).toEqual([])
      await page.getByRole('textbox', { name: '城镇低保标准' }).fill('650.5')
      await page.getByLabel('参数值文件', { exact: true }).setInputFiles({
        name: 'values.yaml',
        mimeType: 'application/yaml',
        buffer: Buffer.from('employmentDeductionPercent: 30\n'),
      })
      await page.getByText('values.yaml').waitFor()
      await page.getByRole('button', { name: '试算', exact: true }).click()
      await page.getByText('按改动的参数').first().waitFor()
      expect(asked.at(-1)).toMatchObject({
        body: {
          values: {
            set: { dibaoStandardUrbanFen: 65_050 },
            file: { name: 'values.yaml', text: 'employmentDeductionPercent: 30\n' },
          },
        },
      })
      expect(await page.getByRole('button', { name: '保存试算' }).count()).toBe(0)
      expect(await page.getByRole('textbox', { name: '城镇低保标准' }).isVisible()).toBe(true)
      await expectSound(page, `try-values-${size}`)
      await page.context().close()
    },
  )

  test('a registered household fills the form, is tried and saved with its identity, and can be opened', {
    timeout: patience,
  }, async () => {
    const asked: Asked[] = []
    const page = await open('/trials/new', { asked })
    await page.getByLabel('姓名、证件号后四位、户编号或拼音首字母').fill('段')
    await page.getByRole('region', { name: '带入在册家庭' }).getByRole('button', { name: '查找' }).click()
    await page.getByRole('button', { name: '带入 5329010001' }).click()
    await page.getByText('已带入 5329010001 的 5 项已知事实').waitFor()
    await expect.poll(() => page.getByLabel('地区').inputValue()).toBe('532901001001')
    await page.getByRole('button', { name: '试算', exact: true }).click()
    await page.getByRole('button', { name: '保存试算' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('备注').fill('入户时问的')
    expect(await axeFaults(page)).toEqual([])
    await picture(page, 'try-save')
    await dialog.getByRole('button', { name: '保存试算' }).click()
    await page.getByText('试算已保存').waitFor()
    const saved = asked.find(({ method, path }) => method === 'POST' && path === `${base}/trials`)
    expect(saved?.body).toMatchObject({
      householdId: sampleTrial.householdId,
      note: '入户时问的',
      region: '532901001001',
      household: sampleTrial.household,
    })
    expect(saved?.headers['idempotency-key']).toBeTruthy()
    await page.getByRole('button', { name: '打开存档' }).click()
    await page.getByRole('heading', { name: '试算存档', level: 1 }).waitFor()
    await page.getByRole('link', { name: '用这些事实按现行规则再试算' }).click()
    await expect.poll(() => page.getByLabel('城乡类别').inputValue()).toBe('urban')
    await page.context().close()
  })

  test('the auditor reads what was saved and is offered no trial', { timeout: patience }, async () => {
    const page = await open('/trials', { role: 'auditor' })
    await page.getByText('入户时问的').waitFor()
    expect(await page.getByRole('link', { name: '试算一户' }).count()).toBe(0)
    await page.context().close()
    const refused = await open('/trials/new', { role: 'auditor' })
    await refused.getByRole('heading', { name: '没有权限打开这个页面' }).waitFor()
    await refused.context().close()
  })
})
