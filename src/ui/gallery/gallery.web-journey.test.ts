import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Answer,
  axeFaults,
  type Built,
  buildModule,
  chromiumPath,
  desk,
  openChromium,
  origin,
  phone,
  picture,
  serve,
  sidewaysOf,
} from '#testing/browser.ts'

const patience = 90_000

describe.runIf(chromiumPath())('the shared components in a browser', () => {
  let browser: Browser
  let built: Built

  beforeAll(async () => {
    ;[browser, built] = await Promise.all([openChromium(), buildModule('src/ui/gallery/gallery.web.tsx')])
  }, patience)

  afterAll(async () => {
    await browser.close()
    built.remove()
  })

  const open = async (
    answer: () => Answer | 'cut' = () => ({ status: 404 }),
    screen: BrowserContextOptions = desk,
  ): Promise<Page> => {
    const context = await browser.newContext({ ...screen, locale: 'zh-CN', reducedMotion: 'reduce' })
    await serve(context, built.folder, answer)
    const page = await context.newPage()
    await page.goto(`${origin}/`)
    await page.getByRole('heading', { name: '组件一览' }).waitFor()
    return page
  }

  const focusedText = (page: Page): Promise<string> => page.evaluate('document.activeElement.textContent')

  test.for([
    ['desk', desk],
    ['phone', phone],
  ] as const)('all of them pass axe and fit a %s', { timeout: patience }, async ([name, screen]) => {
    const page = await open(undefined, screen)
    await page.getByRole('button', { name: '更多筛选' }).click()
    await page.getByRole('button', { name: '本页帮助' }).click()
    await page.getByRole('checkbox', { name: '选择：杨*1' }).check()
    await page.getByRole('button', { name: '已核对原件' }).click()
    await page.getByRole('button', { name: '提示出错' }).click()
    await picture(page, `gallery-${name}`)
    expect(await axeFaults(page)).toEqual([])
    expect(await sidewaysOf(page)).toBe(0)
    await page.context().close()
  })

  test('in English they pass as well', { timeout: patience }, async () => {
    const page = await open()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'More filters' }).waitFor()
    expect(await page.evaluate('document.documentElement.lang')).toBe('en')
    await picture(page, 'gallery-english')
    expect(await axeFaults(page)).toEqual([])
    await page.reload()
    await page.getByRole('button', { name: 'More filters' }).waitFor()
    await page.context().close()
  })

  test('a dialog passes axe, keeps the focus inside and gives it back', { timeout: patience }, async () => {
    const page = await open()
    await page.getByRole('button', { name: '打开对话框' }).click()
    const dialog = page.getByRole('dialog', { name: '打开对话框' })
    await dialog.waitFor()
    await picture(page, 'dialog')
    expect(await axeFaults(page)).toEqual([])
    for (let step = 0; step < 8; step++) {
      await page.keyboard.press('Tab')
      // From the last control Tab goes on to the browser's own bars, which a script sees as the body.
      expect(
        await page.evaluate(
          `!!document.activeElement.closest('dialog, body > :not(#root)') || document.activeElement === document.body`,
        ),
      ).toBe(true)
    }
    await dialog.getByLabel('乡镇街道').focus()
    await page.keyboard.press('ArrowDown')
    await dialog.getByText('第1项', { exact: true }).waitFor()
    await picture(page, 'dialog-list')
    expect(await axeFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.getByText('第1项', { exact: true }).waitFor({ state: 'hidden' })
    expect(await dialog.isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await focusedText(page)).toBe('打开对话框')
    await page.context().close()
  })

  test('j and k walk the rows, x selects, Enter opens the panel', { timeout: patience }, async () => {
    const page = await open()
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key)
    expect(await focusedText(page)).toBe('杨*1')
    await page.keyboard.press('x')
    await page.getByText('已选 1 项').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: '杨*1' }).waitFor()
    await picture(page, 'panel-desk')
    expect(await axeFaults(page)).toEqual([])
    await page.context().close()
  })

  test('single keys can be switched off, and are never taken from a field', {
    timeout: patience,
  }, async () => {
    const page = await open()
    await page.getByLabel('事由').fill('')
    await page.getByLabel('事由').press('j')
    await page.getByLabel('事由').press('?')
    expect(await page.getByLabel('事由').inputValue()).toBe('j?')
    await page.getByRole('heading', { name: '组件一览' }).click()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: '键盘快捷键' }).waitFor()
    await picture(page, 'keys')
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('checkbox', { name: '启用单键快捷键' }).uncheck()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('j')
    expect(await focusedText(page)).not.toBe('杨*0')
    await page.context().close()
  })

  test('the cross of a long list, and the eye of a password, are large enough to hit', {
    timeout: patience,
  }, async () => {
    const page = await open()
    const list = page.getByLabel('乡镇街道', { exact: true })
    await list.fill('第14')
    await page.keyboard.press('Enter')
    const select = page.locator('.ant-select', { has: list })
    await select.hover()
    const eye = page.getByRole('button', { name: '显示密码' })
    for (const target of [select.locator('.ant-select-clear'), eye]) {
      const box = await target.boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24)
    }
    await page.getByLabel('口令').fill('a-secret')
    await eye.click()
    expect(await page.getByLabel('口令').getAttribute('type')).toBe('text')
    expect(await axeFaults(page)).toEqual([])
    await page.context().close()
  })

  test('the list of faults takes the focus once and not from the field that is being mended', {
    timeout: patience,
  }, async () => {
    const page = await open()
    await page.getByRole('button', { name: '已核对原件' }).click()
    await expect.poll(() => page.evaluate(`document.activeElement.className`)).toBe('dd-error')
    await page.getByLabel('事由').focus()
    await page.keyboard.type('abc')
    expect(await page.getByLabel('事由').inputValue()).toBe('abc')
    await page.context().close()
  })

  test('filters stand in the address, a name does not, and both survive reloading', {
    timeout: patience,
  }, async () => {
    const page = await open()
    await page.getByLabel('等级').selectOption('red')
    await page.getByRole('searchbox', { name: '人员' }).fill('杨某')
    await page.getByRole('button', { name: '查询' }).click()
    await page.waitForFunction(
      `location.search === '?grade=red' && history.state?.usr?.filters?.q === '杨某'`,
    )
    await page.reload()
    expect(await page.getByRole('searchbox', { name: '人员' }).inputValue()).toBe('杨某')
    expect(await page.getByLabel('等级').inputValue()).toBe('red')
    await page.getByRole('button', { name: '清除筛选' }).click()
    await page.waitForFunction(`location.search === ''`)
    await page.context().close()
  })

  test('a filter chosen before the last one has rendered drops neither it nor what is typed', {
    timeout: patience,
  }, async () => {
    const page = await open()
    await page.getByRole('button', { name: '更多筛选' }).click()
    await page.getByRole('searchbox', { name: '人员' }).fill('杨某')
    await page.evaluate(`(async () => {
      const grade = document.querySelector('search select')
      grade.value = 'red'
      grade.dispatchEvent(new Event('change', { bubbles: true }))
      for (let turn = 0; turn < 100; turn++) await null
      document.querySelector('search input[type=checkbox]').click()
    })()`)
    await expect.poll(() => page.evaluate('location.search')).toBe('?grade=red&mine=1')
    await expect.poll(() => page.evaluate('history.state.usr.filters')).toEqual({ q: '杨某' })
    await expect.poll(() => page.getByLabel('等级').inputValue()).toBe('red')
    await page.context().close()
  })

  test('an action on many asks for a reason and says when it is done', { timeout: patience }, async () => {
    const page = await open()
    await page.getByRole('checkbox', { name: '选择本页全部' }).check()
    await page.getByRole('button', { name: '分派' }).click()
    const dialog = page.getByRole('dialog', { name: '分派' })
    await dialog.getByRole('button', { name: '分派' }).click()
    await dialog.getByText('请填写原因').waitFor()
    await picture(page, 'confirm')
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByLabel('原因').fill('本周集中入户')
    await dialog.getByRole('button', { name: '分派' }).click()
    await page.getByRole('region', { name: '操作结果' }).getByText('已分派 5 本周集中入户').waitFor()
    await page.context().close()
  })

  test('a write without an answer keeps its key, so that it counts once', { timeout: patience }, async () => {
    const keys: string[] = []
    const answers: (Answer | 'cut')[] = [
      'cut',
      { status: 503, body: { status: 503 } },
      { body: {} },
      { body: {} },
    ]
    const context = await browser.newContext(desk)
    await context.addCookies([{ name: 'doudi_csrf', value: 'a%20b', url: origin }])
    await serve(context, built.folder, (request) => {
      const headers = request.headers()
      expect(headers).toMatchObject({ 'x-doudi-csrf': 'a b', 'if-match': '"7"', 'accept-language': 'zh-CN' })
      keys.push(headers['idempotency-key'] ?? '')
      return answers[keys.length - 1] ?? 'cut'
    })
    const page = await context.newPage()
    await page.goto(`${origin}/`)
    await page.getByRole('button', { name: '提交' }).click()
    const writes = page.getByRole('region', { name: '提交' })
    await writes.getByText('再次提交同一内容不会重复办理').waitFor()
    await writes.getByRole('button', { name: '重试' }).click()
    await writes.getByText('系统出错了').waitFor()
    await writes.getByRole('button', { name: '重试' }).click()
    await page.getByRole('region', { name: '操作结果' }).getByText('已分派').waitFor()
    await page.getByRole('button', { name: '提交', exact: true }).click()
    await expect.poll(() => keys.length).toBe(4)
    expect(new Set(keys.slice(0, 3)).size).toBe(1)
    expect(keys[3]).not.toBe(keys[0])
    expect(keys[0]).toMatch(/^[0-9a-f]{8}-/)
    await context.close()
  })

  test('a masked number is shown only for a reason', { timeout: patience }, async () => {
    const page = await open(() => ({ body: { number: '999901199001010112' } }))
    await page.getByRole('button', { name: '查看证件号码' }).click()
    const dialog = page.getByRole('dialog', { name: '查看证件号码' })
    await dialog.getByRole('button', { name: '查看' }).click()
    await dialog.getByText('请填写原因').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByLabel('查看原因').fill('电话核实')
    await dialog.getByRole('button', { name: '查看' }).click()
    await page.getByText('999901199001010112').waitFor()
    await page.getByRole('button', { name: '遮住' }).click()
    await page.getByText('9999**********0112').waitFor()
    await page.context().close()
  })

  test('refused files are named with the reason, the others are kept', { timeout: patience }, async () => {
    const page = await open()
    await page.getByLabel('数据文件', { exact: true }).setInputFiles([
      { name: '住院.csv', mimeType: 'text/csv', buffer: Buffer.from('a') },
      { name: '照片.png', mimeType: 'image/png', buffer: Buffer.from('b') },
      { name: '大.csv', mimeType: 'text/csv', buffer: Buffer.alloc(2 * 1024 * 1024) },
    ])
    await page.getByText('“照片.png”不是支持的类型').waitFor()
    await page.getByText('“大.csv”有 2 MB，超过 1 MB').waitFor()
    await page.getByRole('button', { name: '移除 住院.csv' }).click()
    expect(await page.getByRole('list', { name: '已选择的文件' }).count()).toBe(0)
    await page.context().close()
  })

  test('an amount typed in yuan is given in fen', { timeout: patience }, async () => {
    const page = await open()
    await page.getByLabel('金额').fill('1,200.5')
    await page.getByText('120050 fen').waitFor()
    await page.getByLabel('金额').fill('12.345')
    await page.getByText('请填写金额，最多两位小数').waitFor()
    await page.context().close()
  })
})
