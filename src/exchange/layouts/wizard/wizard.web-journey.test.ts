import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from '#testing/browser.ts'
import { expectSound, type PagesInBrowser, patience, screens, showPages } from '#testing/console-pages.ts'
import { aWorld, draft, layouts, report, sample } from '../page-world.server.ts'

// The JSON text of a multipart field.
const fieldIn = (body: string, name: string): unknown =>
  JSON.parse(new RegExp(`name="${name}"\\r\\n\\r\\n(.*)\\r\\n`).exec(body)?.[1] ?? 'null')

describe.runIf(chromiumPath())('the way to a new layout', () => {
  let pages: PagesInBrowser

  beforeAll(async () => {
    pages = await showPages('exchange/door.web.ts', 'exchangePages')
  }, patience)

  afterAll(() => pages.close())

  test.for(screens)(
    'the way through the wizard is sound on a %s',
    { timeout: patience },
    async ([name, screen]) => {
      const world = aWorld()
      world.trials = [{ body: report }]
      const page = await pages.open(world, '/layouts/new?kind=deaths', { screen })
      await page.getByRole('button', { name: '读取表头' }).click()
      await page.getByRole('heading', { name: /有 1 处/ }).waitFor()
      await expectSound(page, `wizard-sample-${name}`)
      await page.getByLabel('样本文件', { exact: true }).setInputFiles(sample)
      await page.getByRole('button', { name: '读取表头' }).click()

      await page.getByRole('heading', { name: '第 2 步' }).waitFor()
      await page.getByRole('button', { name: '下一步' }).click()
      await page.getByRole('heading', { name: /有 2 处/ }).waitFor()
      await page.getByText('“死亡日期”还没有对应的列').waitFor()
      await expectSound(page, `wizard-columns-missing-${name}`)
      await page.getByLabel('“亡故日期”是什么').selectOption('diedOn')
      await page.getByLabel('“注销标志”是什么').selectOption('reversed')
      await page.getByLabel('“户籍地址”是什么').selectOption('countyName')
      await page.getByRole('button', { name: '“户籍地址”还含有其他内容' }).click()
      await page.getByLabel('“户籍地址”是什么').nth(1).selectOption('villageName')
      for (const header of ['证件号', '亡故日期', '注销标志'])
        await page
          .locator('summary', { hasText: '怎样读取' })
          .and(page.getByLabel(`怎样读取“${header}”`))
          .click()
      await page.getByLabel('只写到月份的日期').selectOption('last')
      for (const index of [0, 1]) {
        await page.getByLabel('怎样读取“户籍地址”').nth(index).click()
        await page
          .locator('.layout-use', { hasText: '详细地址' })
          .nth(index)
          .getByLabel('内容形式')
          .selectOption('address')
      }
      await expectSound(page, `wizard-columns-${name}`)
      await page.getByRole('button', { name: '下一步' }).click()

      await page.getByRole('heading', { name: '第 3 步' }).waitFor()
      await page.getByRole('button', { name: '试读', exact: true }).click()
      await page.getByText('试读 2000 行 = 合格 1963 行 + 不合格 37 行').waitFor()
      await expectSound(page, `wizard-try-${name}`)
      await page.getByLabel('“作废”的含义').selectOption('yes')
      await page.getByLabel('“有效”的含义').selectOption('no')
      await page.getByRole('button', { name: '记住并再试一次' }).click()
      await page.getByText('没见过的写法').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: '下一步' }).click()

      await page.getByRole('heading', { name: '第 4 步' }).waitFor()
      await page.getByRole('button', { name: '保存版式' }).click()
      await page.getByRole('heading', { name: /有 1 处/ }).waitFor()
      await expectSound(page, `wizard-save-${name}`)
      await page.getByLabel('版式名称').fill('某市公安死亡名单')
      await page.getByRole('button', { name: '保存版式' }).click()
      await page.getByText('版式已保存').waitFor()
      await page.waitForURL('**/layouts/police-deaths')

      const trials = world.sent.filter(({ path }) => path.endsWith('/try'))
      expect(trials).toHaveLength(2)
      expect(fieldIn(trials[0]?.body ?? '', 'definition')).toMatchObject({ id: 'police-deaths-local' })
      expect(JSON.parse(world.sent.at(-1)?.body ?? '')).toEqual({
        baseVersion: 0,
        definition: {
          id: 'police-deaths-local',
          sender: 'police',
          kind: 'deaths',
          title: { zh: '某市公安死亡名单', en: '某市公安死亡名单' },
          carrier: { format: 'csv', encoding: 'gb18030' },
          headers: ['姓名', '证件号', '亡故日期', '注销标志', '户籍地址'],
          columns: [
            { header: '姓名', field: 'name' },
            { header: '证件号', field: 'number' },
            { header: '亡故日期', field: 'diedOn', day: 'last' },
            { header: '注销标志', field: 'reversed', yes: ['作废'], no: ['有效'] },
            { header: '户籍地址', field: 'countyName', rule: 'address', part: 'county' },
            { header: '户籍地址', field: 'villageName', rule: 'address', part: 'village' },
          ],
          constants: {},
        },
      })
      await page.context().close()
    },
  )

  test('what no column holds can be said once for all rows', { timeout: patience }, async () => {
    const world = aWorld()
    const page = await pages.open(world, '/layouts/new?kind=deaths')
    await page.getByLabel('样本文件', { exact: true }).setInputFiles(sample)
    await page.getByRole('button', { name: '读取表头' }).click()
    await page.getByLabel('“亡故日期”是什么').selectOption('diedOn')
    await page.getByLabel('已冲销：每行都是').selectOption('no')
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByText('先试读一次').first().waitFor()
    await page.getByRole('button', { name: '试读', exact: true }).click()
    await page.getByText('试读 2000 行').waitFor()
    expect(fieldIn(world.sent.at(-1)?.body ?? '', 'definition')).toMatchObject({
      constants: { reversed: false },
    })
    await page.context().close()
  })

  test('a revision starts from the layout and saves on the version seen', { timeout: patience }, async () => {
    const world = aWorld()
    const police = layouts.find(({ id }) => id === 'police-deaths')
    const headers = police?.headers ?? []
    world.draft = {
      body: {
        ...draft,
        headers,
        samples: [],
        columns: headers.map((header) => ({ header, field: null, because: null, column: null })),
      },
    }
    const page = await pages.open(world, '/layouts/new?kind=deaths&from=police-deaths')
    await page.getByLabel('样本文件', { exact: true }).setInputFiles(sample)
    await page.getByRole('button', { name: '读取表头' }).click()
    await page.getByRole('heading', { name: '第 2 步' }).waitFor()
    expect(await page.getByLabel('“死亡日期”是什么').inputValue()).toBe('diedOn')
    await expectSound(page, 'wizard-revise')
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('button', { name: '试读', exact: true }).click()
    await page.getByText('试读 2000 行').waitFor()
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('button', { name: '保存版式' }).click()
    await page.getByText('版式已保存').waitFor()
    const saved = JSON.parse(world.sent.at(-1)?.body ?? '') as {
      baseVersion: number
      definition: { columns: unknown; noRecord: unknown }
    }
    expect(saved.baseVersion).toBe(2)
    expect(saved.definition.columns).toEqual(police?.columns)
    expect(saved.definition.noRecord).toEqual(police?.noRecord)
    await page.context().close()
  })

  test('codes are edited as pairs of spelling and meaning', { timeout: patience }, async () => {
    const world = aWorld()
    world.draft = {
      body: {
        ...draft,
        headers: ['姓名', '类别', '月份', '实发'],
        columns: [
          { header: '姓名', field: 'name', because: 'known-header', column: null },
          { header: '类别', field: 'class', because: 'known-header', column: { codes: { 在编: 'staff' } } },
          { header: '月份', field: 'period', because: 'resembles', column: null },
          { header: '实发', field: 'netFen', because: 'resembles', column: null },
        ],
      },
    }
    const page = await pages.open(world, '/layouts/new?kind=payroll')
    await page.getByLabel('样本文件', { exact: true }).setInputFiles(sample)
    await page.getByRole('button', { name: '读取表头' }).click()
    await page.getByLabel('怎样读取“类别”').click()
    await page.getByRole('button', { name: '加一种写法' }).click()
    await page.getByLabel('文件里的写法').nth(1).fill('离退休')
    await page.getByLabel('含义 离退休').selectOption('retired')
    await page.getByLabel('怎样读取“实发”').click()
    await page.getByLabel('金额单位').selectOption('wan')
    await expectSound(page, 'wizard-codes')
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('button', { name: '试读', exact: true }).click()
    await page.getByText('试读 2000 行').waitFor()
    expect(fieldIn(world.sent.at(-1)?.body ?? '', 'definition')).toMatchObject({
      columns: [
        { field: 'name' },
        { field: 'class', codes: { 在编: 'staff', 离退休: 'retired' } },
        { field: 'period' },
        { field: 'netFen', unit: 'wan' },
      ],
    })
    await page.context().close()
  })

  test('in English the wizard is whole and sound', { timeout: patience }, async () => {
    const world = aWorld()
    world.trials = [{ body: report }]
    const page = await pages.open(world, '/layouts/new?kind=deaths', { language: 'en' })
    await page.getByLabel('Sample file', { exact: true }).setInputFiles(sample)
    await page.getByRole('button', { name: 'Read the headers' }).click()
    await page.getByLabel('What “亡故日期” is').selectOption('diedOn')
    await page.getByLabel('What “注销标志” is').selectOption('reversed')
    await expectSound(page, 'wizard-columns-english')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Try', exact: true }).click()
    await page.getByText('2000 rows tried = 1963 good + 37 rejected').waitFor()
    await expectSound(page, 'wizard-try-english')
    await page.context().close()
  })
})
