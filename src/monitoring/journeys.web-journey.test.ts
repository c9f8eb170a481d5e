import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { chromiumPath, phone } from '#testing/browser.ts'
import { consoleInBrowser } from '#testing/console-in-browser.ts'
import { problem } from '#testing/console-world.ts'
import { type SignedInOptions, signedInPage } from '#testing/signed-in.ts'
import { aDetail, aTask, idOf } from './sample/alerts.ts'
import { aMonitoringWorld } from './sample/world.ts'

const patience = 90_000
const changed = problem(412, 'access.changed-meanwhile', '内容已被更新', '内容已被他人更新。')
const picture = {
  name: '入户照片.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from([0xff, 0xd8, 0xff]),
}

type World = ReturnType<typeof aMonitoringWorld>

describe.runIf(chromiumPath())('work at the alert desk', () => {
  const shown = consoleInBrowser(patience)

  const open = (world: World, path: string, options: Partial<SignedInOptions> = {}): Promise<Page> =>
    signedInPage(shown.browser, shown.folder, { path, answer: world.answer, ...options })

  const searchOf = (page: Page): string => new URL(page.url()).search

  test('filters stand in the address, survive a reload, and are what is asked for', {
    timeout: patience,
  }, async () => {
    const world = aMonitoringWorld()
    const page = await open(world, '/alerts')
    await page.getByLabel('等级', { exact: true }).selectOption('orange')
    await expect.poll(() => searchOf(page)).toBe('?grade=orange')
    await page.getByRole('link', { name: '橙色 41 条' }).and(page.locator('[aria-current]')).waitFor()
    await page.getByLabel('状态').selectOption({ label: '全部' })
    await expect.poll(() => searchOf(page)).toBe('?grade=orange&status=all')
    await expect.poll(() => page.getByLabel('状态').inputValue()).toBe('all')
    await page.getByLabel('地区').selectOption('532901100000')
    await expect.poll(() => searchOf(page)).toContain('region=532901100000')
    await page.reload()
    await page.getByText('李*名下于').first().waitFor()
    await expect.poll(() => page.getByLabel('等级', { exact: true }).inputValue()).toBe('orange')
    const asked = world.lastTo('GET', '/api/v1/monitoring/alerts')?.query
    expect(Object.fromEntries(asked ?? [])).toMatchObject({
      grade: 'orange',
      status: 'all',
      region: '532901100000',
    })
    await page.getByRole('button', { name: '清除筛选' }).click()
    await expect.poll(() => searchOf(page)).toBe('')
    await expect.poll(() => page.getByLabel('状态').inputValue()).toBe('')
    expect(await page.getByLabel('状态').locator('option:checked').textContent()).toBe('未办结')
    await page.context().close()
  })

  test('a set of filters is saved as a view, used and deleted', { timeout: patience }, async () => {
    const world = aMonitoringWorld()
    const page = await open(world, '/alerts?due=overdue&grade=red')
    await page.getByRole('button', { name: '保存当前筛选' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('名称').fill('逾期红色')
    await page.keyboard.press('Enter')
    await page.getByText('已保存“逾期红色”').waitFor()
    expect(world.lastTo('POST', '/api/v1/access/views')?.body).toEqual({
      page: 'alerts',
      name: '逾期红色',
      query: 'grade=red&due=overdue',
    })
    await page.getByRole('link', { name: '下关橙色' }).click()
    await expect.poll(() => searchOf(page)).toBe('?region=532901001000&grade=orange')
    await page.getByRole('button', { name: '删除“下关橙色”' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '删除筛选' }).click()
    await page.getByText('已删除“下关橙色”').waitFor()
    await expect.poll(() => searchOf(page)).toBe('')
    await page.context().close()
  })

  test('a hundred alerts are dispatched by keys and few presses', { timeout: patience }, async () => {
    const world = aMonitoringWorld()
    const page = await open(world, '/alerts')
    await page.getByText('李*名下于').first().waitFor()
    await page.getByRole('button', { name: '再显示一些' }).click()
    await page.getByText('共 11 项').waitFor()
    expect(world.lastTo('GET', '/api/v1/monitoring/alerts')?.query.get('after')).toBe('c1')
    await page.getByRole('checkbox', { name: '选择本页全部' }).check()
    await page.getByText('已选 11 项').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('已选 10 项').waitFor()
    await page.getByRole('button', { name: '分派所选' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: /^分派 10 条/ }).click()
    await dialog.getByRole('link', { name: '请选择分派给谁' }).waitFor()
    await dialog.getByLabel('指定单位').check()
    await dialog.getByLabel('单位', { exact: true }).selectOption('大理市公安局')
    await dialog.getByText('预警 20260004：没有对应的单位，或不在您的辖区').waitFor()
    await dialog.getByLabel('交办说明').fill('请三日内核实')
    await dialog.getByRole('button', { name: '分派 3 条' }).click()
    await page.getByText('已分派 3 条，另有 1 条保持原样').waitFor()
    expect(world.lastTo('POST', '/api/v1/monitoring/dispatches')?.body).toMatchObject({
      ids: { length: 10 },
      to: { kind: 'office', id: idOf(602) },
      note: '请三日内核实',
    })
    await page.context().close()
  })

  test('Enter opens the panel, then the page; n goes on in the same filters', {
    timeout: patience,
  }, async () => {
    const world = aMonitoringWorld()
    const page = await open(world, '/alerts?holder=mine')
    await page.getByText('李*名下于').first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '家庭成员死亡' }).waitFor()
    await page.keyboard.press('n')
    await page.getByRole('heading', { name: '新增机动车' }).waitFor()
    await page.getByRole('link', { name: '打开详情' }).click()
    await page.waitForURL(`**/alerts/${idOf(1)}?holder=mine`)
    await page.getByRole('heading', { name: '预警 20260001', level: 1 }).waitFor()
    await page.keyboard.press('n')
    await page.waitForURL(`**/alerts/${idOf(2)}?holder=mine`)
    expect(world.lastTo('GET', `/api/v1/monitoring/alerts/${idOf(1)}/next`)?.query.get('holder')).toBe('mine')
    await page.getByRole('heading', { name: '预警 20260002', level: 1 }).waitFor()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
    await page.getByRole('link', { name: '预警台' }).last().click()
    await page.waitForURL('**/alerts?holder=mine')
    await page.context().close()
  })

  test('an alert is taken on the version that was seen', { timeout: patience }, async () => {
    const world = aMonitoringWorld()
    world.replies['POST /api/v1/monitoring/alerts/:id/take'] = () => changed
    const page = await open(world, `/alerts/${idOf(0)}`)
    await page.getByRole('button', { name: '接收核实' }).click()
    await page.getByRole('heading', { name: '内容已被他人更新' }).waitFor()
    expect(world.lastTo('POST', `/api/v1/monitoring/alerts/${idOf(0)}/take`)?.headers['if-match']).toBe(
      '"v3"',
    )
    world.replies['GET /api/v1/monitoring/alerts/:id'] = () => ({ body: aDetail(0, { version: 4 }) })
    world.replies['POST /api/v1/monitoring/alerts/:id/take'] = () => ({ body: { version: 5 } })
    await page.getByRole('button', { name: '载入最新内容' }).click()
    await page.getByRole('heading', { name: '内容已被他人更新' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '接收核实' }).click()
    await page.getByText('已接收，请核实后处置。').waitFor()
    expect(world.lastTo('POST', `/api/v1/monitoring/alerts/${idOf(0)}/take`)?.headers['if-match']).toBe(
      '"v4"',
    )
    await page.context().close()
  })

  test('a disposal needs result, words and evidence, is checked, confirmed, and leads to the next', {
    timeout: patience,
  }, async () => {
    const world = aMonitoringWorld()
    let evidence: ReturnType<typeof aDetail>['evidence'] = []
    world.replies['GET /api/v1/monitoring/alerts/:id'] = ({ path }) => ({
      body: aDetail(Number(path.slice(-3)), { evidence }),
    })
    world.replies['POST /api/v1/monitoring/alerts/:id/evidence'] = () => {
      evidence = [
        {
          id: idOf(950),
          fileName: '入户照片.jpg',
          mediaType: 'image/jpeg',
          sizeBytes: 3,
          addedBy: '段丽华',
          addedAt: '2026-06-15T01:00:00.000Z',
        },
      ]
      return { body: { id: idOf(950) } }
    }
    const page = await open(world, `/alerts/${idOf(0)}?grade=red`)
    await page.getByRole('button', { name: '核查是否仍符合' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByLabel('核查是否仍符合').isChecked()).toBe(true)
    await dialog.getByRole('button', { name: '下一步：核对' }).click()
    await dialog.getByRole('region', { name: '有 3 处需要更正' }).waitFor()
    expect(await page.evaluate(`document.activeElement.matches('section.dd-error')`)).toBe(true)
    await dialog.getByRole('link', { name: '核实情况不少于 4 个字' }).click()
    await page.keyboard.type('已入户核实，户主于五月病故。')
    await dialog.getByLabel('核实结果').selectOption('confirmed')
    await dialog.getByText('提交后生成“复核待遇”任务。').waitFor()
    await dialog.locator('input[type=file]').setInputFiles(picture)
    await dialog.getByRole('link', { name: '入户照片.jpg' }).waitFor()
    await dialog.getByRole('button', { name: '下一步：核对' }).click()
    const check = page.getByRole('dialog', { name: '请核对后确认' })
    await check.getByText('已入户核实，户主于五月病故。').waitFor()
    world.replies['POST /api/v1/monitoring/alerts/:id/dispose'] = () => changed
    await check.getByRole('button', { name: '确认处置' }).click()
    await check.getByRole('button', { name: '载入最新内容' }).click()
    await check.getByRole('button', { name: '返回修改' }).click()
    expect(await dialog.getByLabel('核实情况').inputValue()).toBe('已入户核实，户主于五月病故。')
    await dialog.getByRole('button', { name: '下一步：核对' }).click()
    world.replies['POST /api/v1/monitoring/alerts/:id/dispose'] = () => ({
      body: { version: 4, taskId: idOf(301) },
    })
    await check.getByRole('button', { name: '确认处置' }).click()
    await page.getByText('预警 20260000 已处置').waitFor()
    const sent = world.lastTo('POST', `/api/v1/monitoring/alerts/${idOf(0)}/dispose`)
    expect(sent?.body).toEqual({ route: 4, result: 'confirmed', reason: '已入户核实，户主于五月病故。' })
    expect(sent?.headers['if-match']).toBe('"v3"')
    await page.getByLabel('操作结果').getByRole('button', { name: '下一条' }).click()
    await page.waitForURL(`**/alerts/${idOf(2)}?grade=red`)
    await page.context().close()
  })

  test('who may not act sees why, and no button that would be refused', { timeout: patience }, async () => {
    const world = aMonitoringWorld()
    world.replies['GET /api/v1/monitoring/alerts/:id'] = () => ({
      body: aDetail(1, { may: { dispatch: false, take: false, dispose: false } }),
    })
    const page = await open(world, `/alerts/${idOf(1)}`, { role: 'auditor' })
    await page.getByText('这条预警由“下关街道办事处”办理，您可以查看，不能处置。').waitFor()
    expect(await page.getByRole('button', { name: /接收|分派|核查是否/ }).count()).toBe(0)
    await page.getByRole('link', { name: '预警台' }).first().click()
    await page.getByText('李*名下于').first().waitFor()
    expect(await page.getByRole('checkbox').count()).toBe(0)
    await page.context().close()
  })

  test('a task is finished with its outcome on the version that was seen', {
    timeout: patience,
  }, async () => {
    const world = aMonitoringWorld()
    const page = await open(world, `/tasks?task=${aTask(1).id}`)
    const dialog = page.getByRole('dialog', { name: '认定核查' })
    await dialog.getByText('今日到期').waitFor()
    await dialog.getByLabel('办理结果').fill('已告知政策并协助申请。')
    await dialog.getByRole('button', { name: '办结任务' }).click()
    await page.getByText('任务已办结').waitFor()
    const sent = world.lastTo('POST', `/api/v1/monitoring/tasks/${aTask(1).id}/finish`)
    expect(sent?.body).toEqual({ outcome: '已告知政策并协助申请。' })
    expect(sent?.headers['if-match']).toBe('"v1"')
    expect(searchOf(page)).toBe('')
    await page.context().close()
  })

  test('on a phone a row leads to its own page', { timeout: patience }, async () => {
    const page = await open(aMonitoringWorld(), '/alerts?grade=orange', { screen: phone })
    await page
      .getByRole('link', { name: /李\*名下于/ })
      .first()
      .click()
    await page.waitForURL(`**/alerts/${idOf(1)}?grade=orange`)
    await page.getByRole('heading', { name: '预警 20260001', level: 1 }).waitFor()
    await page.context().close()
  })
})
