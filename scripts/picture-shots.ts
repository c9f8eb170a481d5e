import type { Page } from 'playwright-core'

/** Fills the fields of a page by their labels. */
const fill = async (page: Page, fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(text)
}

/** Chooses in a list that may be the browser's own or one that is searched. */
const choose = async (page: Page, label: string, option: string): Promise<void> => {
  const field = page.getByLabel(label, { exact: true })
  if ((await field.evaluate('(element) => element.tagName')) === 'SELECT') {
    const value = await field.locator('option', { hasText: option }).first().getAttribute('value')
    await field.selectOption(value)
    return
  }
  await field.fill(option)
  await page.locator('.ant-select-item-option', { hasText: option }).first().click()
}

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click()

const tryOtherValues = async (page: Page): Promise<void> => {
  await page.getByText('按其他参数值试算').click()
  await choose(page, '添加参数', '农村低保标准')
  await page.getByRole('textbox', { name: '农村低保标准' }).fill('600')
  await page.getByLabel('姓名、证件号后四位、户编号或拼音首字母').fill('王')
  await page.getByRole('region', { name: '带入在册家庭' }).getByRole('button', { name: '查找' }).click()
  await page.getByRole('button', { name: /^带入/u }).first().click()
  await page.getByText(/^已带入/u).waitFor()
  await press(page, '试算')
  await page.getByText('按改动的参数').first().waitFor()
}

const previewChange = async (page: Page): Promise<void> => {
  await fill(page, { 新的数值: '600', 生效日: '2026-07-01', 文件名称: '关于提高城乡低保标准的通知' })
  await fill(page, { 发文机关: '州民政局', 条款: '一' })
  await press(page, '检查')
  await page.getByRole('heading', { name: '影响预览' }).waitFor()
  await page.getByText('每月支出').or(page.getByText('无法预览')).first().waitFor({ timeout: 120_000 })
}

const proposeVersion = async (page: Page): Promise<void> => {
  await page.locator('main a[href^="/policies/indicators/"]').first().click()
  await page.getByRole('link', { name: '编写新版本' }).first().click()
  await fill(page, { 生效日: '2026-07-01' })
  await page.getByRole('radio', { name: '新的文件' }).check()
  await fill(page, { 文件名称: '关于调整预警指标的通知', 发文机关: '州民政局', 条款: '二' })
  await page.getByText(/^通过检查/u).waitFor({ timeout: 30_000 })
  await press(page, '提出')
  await page.getByRole('heading', { name: /^指标调整单第/u }).waitFor()
}

const saveSimulation = async (page: Page): Promise<void> => {
  await press(page, '保存报告')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('标题').fill('农村低保标准提高到 600 元')
  await dialog.getByRole('button', { name: '保存报告' }).click()
  await dialog.waitFor({ state: 'detached', timeout: 120_000 })
}

/** A picture: whose page, and what is done on it first. */
export interface Shot {
  readonly name: string
  readonly path: string
  /** Who looks. */
  readonly login: string
  /** What is typed into the search box of the page first. */
  readonly type?: string
  /** Elements clicked one after the other before the picture is taken. */
  readonly follow?: readonly string[]
  /** What else is done first, as somebody would do it. */
  readonly act?: (page: Page) => Promise<void>
  /** What the picture begins with, where that is further down the page. */
  readonly see?: string
}

/** In the order in which they are taken: what one leaves behind, the next ones show. */
export const shots: readonly Shot[] = [
  { name: 'home', path: '/', login: 'xian' },
  { name: 'home-prefecture', path: '/', login: 'zhou' },
  { name: 'desk', path: '/alerts', login: 'xian' },
  {
    name: 'alert',
    path: '/alerts?grade=red',
    login: 'xian',
    follow: ['main table button, main a[href*="/alerts/0"]', 'a.dd-link-primary'],
  },
  { name: 'feeds', path: '/feeds', login: 'xian' },
  { name: 'feed', path: '/feeds', login: 'zhou', follow: ['main a[href^="/feeds/0"]'] },
  { name: 'upload', path: '/feeds/upload', login: 'xian' },
  { name: 'layouts', path: '/layouts', login: 'xian' },
  { name: 'scans', path: '/scans', login: 'zhou' },
  { name: 'people', path: '/people', type: 'wang', login: 'xian' },
  { name: 'household', path: '/people', type: '王', login: 'xian', follow: ['main a[href^="/households/"]'] },
  { name: 'leads', path: '/leads', login: 'xian' },
  { name: 'adjudications', path: '/adjudications', login: 'xian' },
  { name: 'tasks', path: '/tasks', login: 'xian' },
  { name: 'policies', path: '/policies', login: 'xian' },
  { name: 'policy-parameters', path: '/policies/parameters', login: 'xian' },
  { name: 'policy-cases', path: '/policies/cases', login: 'xian' },
  { name: 'indicators', path: '/policies/indicators', login: 'xian' },
  {
    name: 'indicator',
    path: '/policies/indicators',
    login: 'zhou',
    follow: ['main a[href^="/policies/indicators/"]'],
  },
  {
    name: 'indicator-editor',
    path: '/policies/indicators',
    login: 'zhou',
    follow: ['main a[href^="/policies/indicators/"]', 'main a[href$="/edit"], main a[href*="/edit?"]'],
  },
  {
    name: 'simulation',
    path: '/simulations/new?parameter=dibaoStandardRuralFen&value=60000',
    login: 'zhou',
    follow: ['main button[type="submit"]'],
  },
  {
    name: 'simulation-saved',
    path: '/simulations/new?parameter=dibaoStandardRuralFen&value=60000',
    login: 'zhou',
    follow: ['main button[type="submit"]'],
    act: saveSimulation,
  },
  { name: 'simulations', path: '/simulations', login: 'zhou' },
  {
    name: 'parameter-preview',
    path: '/policies/parameters/dibaoStandardRuralFen/propose',
    login: 'zhou',
    act: previewChange,
    see: 'h2:text("影响预览")',
  },
  { name: 'indicator-proposal', path: '/policies/indicators', login: 'zhou', act: proposeVersion },
  { name: 'indicator-proposals', path: '/policies/indicator-proposals', login: 'zhou' },
  { name: 'trial', path: '/trials/new', login: 'xian' },
  {
    name: 'trial-values',
    path: '/trials/new',
    login: 'xian',
    act: tryOtherValues,
    see: 'h2:text("试算结果")',
  },
  { name: 'self-check', path: '/self-check', login: 'xian' },
  { name: 'calendar', path: '/calendar', login: 'admin' },
]
