import type { Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, chromiumPath } from '#testing/browser.ts'
import { expectSound, type PagesInBrowser, patience, screens, showPages } from '#testing/console-pages.ts'
import { missing, problem, sampleSession } from '#testing/console-world.ts'
import { feedDefinition, feedKinds } from '../feeds.ts'

const feedId = '0197a000-0000-7000-8000-0000000000f1'

const kinds = feedKinds.map((kind, index) => {
  const { zh, en, sender, staleDays } = feedDefinition(kind)
  const newestPeriod = index % 5 === 4 ? null : index % 4 === 3 ? '2025-11' : '2026-05'
  const ageDays = newestPeriod === null ? null : newestPeriod === '2026-05' ? 15 : 197
  const stale = ageDays === null || ageDays > staleDays
  return { kind, name: { zh, en }, sender, newestPeriod, staleDays, ageDays, stale }
})

const statuses = ['accepted', 'quarantined', 'reading', 'refused', 'taken-back', 'accepted'] as const

const row = (number: number) => {
  const kind = feedKinds[number % feedKinds.length] ?? 'deaths'
  const status = statuses[number % statuses.length] ?? 'accepted'
  const isRead = status !== 'reading' && status !== 'refused'
  return {
    id: feedId.slice(0, -1) + (number % 10),
    kind: status === 'reading' ? null : kind,
    kindName: null,
    fileName: `大理市${feedDefinition(kind).zh}_20260531_第${number}批（正式）.csv`,
    region: { code: '532901000000', name: '大理市' },
    period: isRead ? '2026-05' : null,
    status,
    rowsIn: isRead ? 1000 * number + 37 : 0,
    rowsAccepted: isRead ? 1000 * number : 0,
    rowsRejected: isRead ? 37 : 0,
    receivedAt: '2026-06-15T01:30:00Z',
    receivedBy: '段丽华',
    version: 3,
  }
}

const detail = {
  ...row(0),
  id: feedId,
  kind: 'deaths',
  status: 'accepted' as string,
  rowsIn: 1000,
  rowsAccepted: 963,
  rowsRejected: 37,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  sizeBytes: 184_320,
  layoutId: 'police-deaths' as string | null,
  refusal: null as { code: string; detail: string } | null,
  quarantine: [] as { code: string; zh: string; en: string }[],
  decision: null as { by: string; at: string; reason: string } | null,
  reasons: [
    { reason: 'number-checksum', text: { zh: '公民身份号码校验位不符', en: 'wrong check' }, count: 25 },
    { reason: 'date-unreadable', text: { zh: '日期无法识别', en: 'not a date' }, count: 12 },
  ],
  may: { release: false, takeBack: true, rejects: true },
}

const rejects = [...Array(37).keys()].map((index) => ({
  seq: index + 1,
  sheet: index % 2 ? '死亡注销' : null,
  line: 12 + index * 3,
  column: index % 3 ? '死亡日期' : '公民身份号码',
  reason: index % 3 ? 'date-unreadable' : 'number-checksum',
  text: index % 3 ? { zh: '日期无法识别', en: 'x' } : { zh: '公民身份号码校验位不符', en: 'y' },
  maskedValue: index % 3 ? '2026年13月' : '9999**********0112',
}))

const aWorld = () => {
  const sent: { method: string; path: string; headers: Record<string, string>; body: string }[] = []
  const world = {
    permissions: ['feed.read', 'feed.upload', 'feed.decide', 'layout.read', 'layout.edit'],
    department: null as string | null,
    list: { body: { rows: [0, 1, 2, 3, 4, 5].map(row), next: 'more', kinds } } as Answer | 'no-answer',
    detail: structuredClone(detail),
    detailAnswer: undefined as Answer | 'no-answer' | undefined,
    upload: { body: { id: feedId, known: false } } as Answer | 'cut',
    decide: { body: { version: 4, withdrawn: 5, marked: 2 } } as Answer,
    sent,
    answer: (request: Request): Answer | 'no-answer' | 'cut' => {
      const { pathname, searchParams } = new URL(request.url())
      const method = request.method()
      if (method !== 'GET')
        sent.push({ method, path: pathname, headers: request.headers(), body: request.postData() ?? '' })
      const { account } = sampleSession
      const one = `/api/v1/exchange/feeds/${feedId}`
      switch (`${method} ${pathname}`) {
        case 'GET /api/v1/access/session':
          return {
            body: {
              ...sampleSession,
              account: {
                ...account,
                permissions: world.permissions,
                organisation: { ...account.organisation, department: world.department },
              },
            },
          }
        case 'GET /api/v1/exchange/feeds':
          return searchParams.get('after')
            ? { body: { rows: [6, 7].map(row), next: null, kinds } }
            : searchParams.get('status') === 'received'
              ? { body: { rows: [], next: null, kinds } }
              : world.list
        case 'POST /api/v1/exchange/feeds':
          return world.upload
        case `GET ${one}`:
          return world.detailAnswer ?? { body: world.detail }
        case `GET ${one}/rejects`:
          return { body: { rows: rejects.slice(0, 20), next: searchParams.get('after') === '0' ? 20 : null } }
        case `POST ${one}/release`:
        case `POST ${one}/take-back`:
          return world.decide
        case 'GET /api/v1/exchange/places':
          return {
            body: {
              own: { code: '532901000000', name: '大理市' },
              below: [{ code: '532901001000', name: '下关街道' }],
            },
          }
        default:
          return missing
      }
    },
  }
  return world
}

type World = ReturnType<typeof aWorld>

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
        ['accepted', () => undefined, '收到 1000 行 = 合格 963 行 + 不合格 37 行'],
        [
          'quarantined',
          ({ detail }) => {
            detail.status = 'quarantined'
            detail.quarantine = [
              { code: 'too-few-rows', zh: '行数 1000 比上次的 4210 少出允许范围（30%）', en: 'x' },
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
              rowsRejected: 0,
              period: null,
            })
            detail.refusal = {
              code: 'exchange.unknown-layout',
              detail: '表头不符合任何已登记的版式，请先为它建立对应关系',
            }
            detail.may = { release: false, takeBack: false, rejects: false }
          },
          '整份文件没有采用',
        ],
        [
          'taken-back',
          ({ detail }) => {
            detail.status = 'taken-back'
            detail.decision = { by: '段丽华', at: '2026-06-15T02:00:00Z', reason: '公安来函说明导出有误' }
            detail.may = { release: false, takeBack: false, rejects: true }
          },
          '已整份撤回',
        ],
        [
          'reading',
          ({ detail }) => {
            Object.assign(detail, { status: 'reading', rowsIn: 0, rowsAccepted: 0, rowsRejected: 0 })
            detail.may = { release: false, takeBack: false, rejects: false }
          },
          '正在逐行读取',
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
      change.detail.may = { release: false, takeBack: false, rejects: false }
    })
    const list = await pages.open(world, '/feeds')
    await list.locator('.dd-badge', { hasText: '已隔离' }).first().waitFor()
    expect(await list.getByRole('link', { name: '上传文件' }).count()).toBe(0)
    const page = await pages.open(world, `/feeds/${feedId}`)
    await page.getByText('收到 1000 行').waitFor()
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
