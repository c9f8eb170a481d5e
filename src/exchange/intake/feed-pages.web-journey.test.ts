import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from '#testing/browser.ts'
import { expectSound, type PagesInBrowser, patience, screens, showPages } from '#testing/console-pages.ts'
import { missing, problem } from '#testing/console-world.ts'
import { aWorld, feedId, howFar, type World } from './sample-world.ts'

describe.runIf(chromiumPath())('the pages of the department files', () => {
  let pages: PagesInBrowser

  beforeAll(async () => {
    pages = await showPages('exchange/door.web.ts', 'exchangePages')
  }, patience)

  afterAll(() => pages.close())

  const worldWith = (change: (world: World) => void): World => {
    const world = aWorld()
    change(world)
    return world
  }

  test.for(screens)('the list is sound on a %s', { timeout: patience }, async ([name, screen]) => {
    const page = await pages.open(aWorld(), '/feeds', { screen })
    await page.locator('.dd-badge', { hasText: '已隔离' }).first().waitFor()
    await expectSound(page, `feeds-${name}`)
    await page.getByRole('button', { name: '再显示一些' }).click()
    await page.getByText('共 8 项').waitFor()
    await page.getByLabel('状态').selectOption('received')
    await page.getByText('没有符合条件的文件').waitFor()
    expect(new URL(page.url()).search).toBe('?status=received')
    await expectSound(page, `feeds-none-${name}`)
    await page.context().close()
  })

  test.for(screens)(
    'one file is sound on a %s in every state',
    { timeout: patience },
    async ([name, screen]) => {
      const states: readonly [string, (world: World) => void, string][] = [
        ['accepted', () => undefined, '不合格的行里有 21 行只是号码有误'],
        [
          'quarantined',
          ({ detail }) => {
            detail.status = 'quarantined'
            detail.quarantine = [
              { code: 'too-few-rows', zh: '行数 1000 比上次的 4210 减少超过 30%', en: 'x' },
            ]
            detail.may.release = true
          },
          '为什么隔离',
        ],
        [
          'refused',
          ({ detail }) => {
            Object.assign(detail, {
              status: 'refused',
              kind: null,
              layoutId: null,
              layoutTitle: null,
              rowsRejected: 0,
              period: null,
            })
            detail.refusal = {
              code: 'exchange.unknown-layout',
              detail: '表头不符合任何已登记的版式，请先为它建立对应关系',
            }
            detail.may = { release: false, takeBack: false, rejects: false, cancel: false }
          },
          '整份文件没有采用',
        ],
        [
          'taken-back',
          ({ detail }) => {
            detail.status = 'taken-back'
            detail.decision = { by: '段丽华', at: '2026-06-15T02:00:00Z', reason: '公安来函说明导出有误' }
            detail.may = { release: false, takeBack: false, rejects: true, cancel: false }
          },
          '已整份撤回',
        ],
        [
          'reading',
          ({ detail }) => {
            Object.assign(detail, { status: 'reading', rowsIn: 0, rowsAccepted: 0, rowsRejected: 0 })
            detail.progress = { ...howFar }
            detail.may = { release: false, takeBack: false, rejects: false, cancel: true }
          },
          '已读 42%：收到 84,000 行，合格 83,990 行，不合格 10 行',
        ],
      ]
      for (const [state, change, words] of states) {
        const page = await pages.open(worldWith(change), `/feeds/${feedId}`, { screen })
        await page.getByText(words).first().waitFor()
        await expectSound(page, `feed-${state}-${name}`)
        await page.context().close()
      }
    },
  )

  test.for(screens)('the upload form is sound on a %s', { timeout: patience }, async ([name, screen]) => {
    const page = await pages.open(aWorld(), '/feeds/upload', { screen })
    await page.getByText('指定种类、月份或地区').click()
    await expectSound(page, `upload-${name}`)
    await page.getByRole('button', { name: '上传并读取' }).click()
    await page.getByRole('heading', { name: /有 1 处/ }).waitFor()
    await expectSound(page, `upload-empty-${name}`)
    await page.context().close()
  })

  test('loading, failed and missing states are told', { timeout: patience }, async () => {
    const failing = worldWith((world) => {
      world.list = problem(403, 'access.forbidden', '没有权限', '您的角色没有这项权限。')
    })
    const failed = await pages.open(failing, '/feeds')
    await failed.getByText('您的角色没有这项权限').waitFor()
    await expectSound(failed, 'feeds-failed')
    const waiting = worldWith((world) => {
      world.list = 'no-answer'
      world.detailAnswer = 'no-answer'
    })
    const loading = await pages.open(waiting, '/feeds')
    await loading.getByText('正在加载').first().waitFor({ state: 'attached' })
    await expectSound(loading, 'feeds-loading')
    const gone = await pages.open(
      worldWith((world) => {
        world.detailAnswer = missing
      }),
      `/feeds/${feedId}`,
    )
    await gone.getByText('没有找到，或者不在您的管辖范围内').waitFor()
    await expectSound(gone, 'feed-missing')
    for (const page of [failed, loading, gone]) await page.context().close()
  })

  test('an uploaded file is followed until it has been read', { timeout: patience }, async () => {
    const world = worldWith(({ detail }) => {
      detail.status = 'received'
    })
    const page = await pages.open(world, '/feeds/upload')
    await page
      .getByLabel('文件', { exact: true })
      .setInputFiles({ name: '死亡.csv', mimeType: 'text/csv', buffer: Buffer.from('姓名,公民身份号码\n') })
    await page.getByText('指定种类、月份或地区').click()
    await page.getByLabel('数据月份').fill('2026-05')
    await page.getByLabel('数据所属地区').selectOption('532901001000')
    await page.getByRole('button', { name: '上传并读取' }).click()
    await page.getByText('正在排队读取').waitFor()
    expect(new URL(page.url()).pathname).toBe(`/feeds/${feedId}`)
    const [upload] = world.sent
    expect(upload?.headers['x-doudi-csrf']).toBe('token-1')
    expect(upload?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
    for (const part of ['2026-05', '532901001000', 'filename="死亡.csv"'])
      expect(upload?.body).toContain(part)
    world.detail.status = 'accepted'
    await page.getByText('收到 1000 行 = 合格 963 行 + 不合格 37 行').waitFor()
    await page.context().close()
  })

  test('a reading tells how far it is, and is cancelled once that was confirmed', {
    timeout: patience,
  }, async () => {
    const world = worldWith(({ detail }) => {
      Object.assign(detail, { status: 'reading', rowsIn: 0, rowsAccepted: 0, rowsRejected: 0 })
      Object.assign(detail, {
        progress: { ...howFar },
        layoutId: null,
        layoutTitle: null,
        layoutVersion: null,
        reasons: [],
      })
      detail.may = { release: false, takeBack: false, rejects: false, cancel: true }
    })
    const page = await pages.open(world, `/feeds/${feedId}`)
    await page.getByText('每秒约 21,000 行，大约还需 6 秒').waitFor()
    expect(await page.getByRole('progressbar', { name: '读取进度' }).getAttribute('value')).toBe('42')
    world.detail.progress = { ...howFar, percent: 61, secondsLeft: 200 }
    await page.getByText('大约还需 4 分钟').waitFor()
    await page.getByRole('button', { name: '取消读取' }).click()
    const dialog = page.getByRole('dialog', { name: '取消读取这份文件' })
    await dialog.getByText('一行也不进入系统').waitFor()
    await expectSound(page, 'feed-cancel')
    expect(world.sent).toEqual([])
    world.detail.progress = { ...howFar, isStopping: true }
    world.detail.may.cancel = false
    await dialog.getByRole('button', { name: '取消读取' }).click()
    await page.getByText('正在取消读取').waitFor()
    expect(world.sent.at(-1)?.path).toBe(`/api/v1/exchange/feeds/${feedId}/cancel`)
    Object.assign(world.detail, { status: 'refused', progress: null, rowsRejected: 0 })
    world.detail.refusal = { code: 'exchange.cancelled', detail: '读取已取消' }
    await page.getByText('需要时请重新上传').waitFor()
    expect(await page.getByRole('button', { name: '取消读取' }).count()).toBe(0)
    await page.context().close()
  })

  test('another department chooses among its own kinds', { timeout: patience }, async () => {
    const world = aWorld()
    world.department = 'police'
    const page = await pages.open(world, '/feeds/upload')
    await page.getByRole('button', { name: '上传并读取' }).click()
    await page.getByRole('heading', { name: /有 2 处/ }).waitFor()
    const choices = await page.getByLabel('数据种类').getByRole('option').allTextContents()
    expect(choices.slice(1).every((text) => text.endsWith('公安'))).toBe(true)
    await expectSound(page, 'upload-department')
    world.department = 'fund'
    await page.reload()
    expect(await page.getByLabel('数据种类').inputValue()).toBe('housing-fund')
    await page.context().close()
  })

  test('a refused or lost upload says so and keeps what was chosen', { timeout: patience }, async () => {
    const world = aWorld()
    world.upload = 'cut'
    const page = await pages.open(world, '/feeds/upload')
    const file = { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n') }
    await page.getByLabel('文件', { exact: true }).setInputFiles(file)
    await page.getByRole('button', { name: '上传并读取' }).click()
    await page.locator('.dd-error').waitFor()
    await expectSound(page, 'upload-cut')
    world.upload = problem(413, 'access.too-large', '文件过大', '文件超过 500 MiB，请拆分后再上传。')
    await page.getByRole('button', { name: '上传并读取' }).click()
    await page.getByText('请拆分后再上传').waitFor()
    const [first, second] = world.sent
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
    expect(await page.getByText('a.csv').count()).toBe(1)
    await page.context().close()
  })

  test('taking a file back tells its effect, asks why, and sends the version seen', {
    timeout: patience,
  }, async () => {
    const world = aWorld()
    const page = await pages.open(world, `/feeds/${feedId}`)
    await page.getByRole('button', { name: '整份撤回' }).click()
    const dialog = page.getByRole('dialog', { name: '整份撤回这份文件' })
    await dialog.getByText('963 行合格数据不再参加比对').waitFor()
    await expectSound(page, 'feed-take-back')
    await dialog.getByRole('button', { name: '整份撤回' }).click()
    await dialog.getByRole('heading', { name: /有 1 处/ }).waitFor()
    await expectSound(page, 'feed-take-back-no-reason')
    await dialog.getByLabel('理由', { exact: true }).fill('部门来函说明导出有误')
    await dialog.getByRole('button', { name: '整份撤回' }).click()
    await page.getByText('撤销预警 5 条，标记 2 条').waitFor()
    const sent = world.sent.at(-1)
    expect(sent?.path).toBe(`/api/v1/exchange/feeds/${feedId}/take-back`)
    expect(sent?.headers['if-match']).toBe('"v3"')
    expect(JSON.parse(sent?.body ?? '')).toEqual({ reason: '部门来函说明导出有误' })
    await page.context().close()
  })

  test('a decision somebody else was faster with shows theirs', { timeout: patience }, async () => {
    const world = worldWith((change) => {
      change.detail.status = 'quarantined'
      change.detail.may.release = true
      change.decide = problem(412, 'access.changed-meanwhile', '已有更新', '内容已被他人更新。')
    })
    const page = await pages.open(world, `/feeds/${feedId}`)
    await page.getByRole('button', { name: '放行', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: '放行这份文件' })
    await dialog.getByLabel('理由', { exact: true }).fill('已向公安户政核实')
    world.detail.status = 'accepted'
    world.detail.may.release = false
    await dialog.getByRole('button', { name: '放行', exact: true }).click()
    await page.getByText('刚刚被别人处理过').waitFor()
    await page.getByText('已采用').waitFor()
    await page.context().close()
  })

  test('who may only read is offered nothing to decide or download', { timeout: patience }, async () => {
    const world = worldWith((change) => {
      change.permissions = ['feed.read']
      change.detail.may = { release: false, takeBack: false, rejects: false, cancel: false }
    })
    const list = await pages.open(world, '/feeds')
    await list.locator('.dd-badge', { hasText: '已隔离' }).first().waitFor()
    expect(await list.getByRole('link', { name: '上传文件' }).count()).toBe(0)
    const page = await pages.open(world, `/feeds/${feedId}`)
    await page.getByText('收到 1000 行').waitFor()
    await page.getByText('第 2 版').waitFor()
    expect(await page.getByRole('link', { name: '下载不合格行' }).count()).toBe(0)
    await list.context().close()
    await page.context().close()
  })

  test('in English the pages are whole and sound', { timeout: patience }, async () => {
    const page = await pages.open(aWorld(), '/feeds', { language: 'en' })
    await page.getByRole('heading', { name: 'Department data' }).waitFor()
    await page.locator('.dd-badge', { hasText: 'Quarantined' }).first().waitFor()
    await expectSound(page, 'feeds-english')
    await page.goto(new URL(`/feeds/${feedId}`, page.url()).href)
    await page.getByText('1000 rows received = 963 kept + 37 rejected').waitFor()
    await expectSound(page, 'feed-english')
    await page.context().close()
  })
})
