import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { axeFaults, chromiumPath, desk, phone, picture, sidewaysOf } from '#testing/browser.ts'
import { consoleInBrowser } from '#testing/console-in-browser.ts'
import { problem } from '#testing/console-world.ts'
import { signedInPage } from '#testing/signed-in.ts'
import { aDetail, aTask, counts, idOf } from './sample/alerts.ts'
import { aMonitoringWorld } from './sample/world.ts'

const patience = 120_000
const screens = [
  ['desk', desk],
  ['phone', phone],
] as const

type World = ReturnType<typeof aMonitoringWorld>

const broken = problem(403, 'access.forbidden', '没有权限', '您的角色没有这项权限。')
const noCounts = {
  ...counts,
  total: 0,
  byGrade: { red: 0, orange: 0, yellow: 0 },
  byIndicator: [],
  byRegion: [],
}
const reads = [
  'GET /api/v1/monitoring/alerts',
  'GET /api/v1/monitoring/alert-counts',
  'GET /api/v1/monitoring/alerts/:id',
  'GET /api/v1/monitoring/tasks',
  'GET /api/v1/monitoring/todo',
  'GET /api/v1/access/views',
]

const answerAll = (world: World, reply: ReturnType<World['answer']>) => {
  for (const read of reads) world.replies[read] = () => reply ?? 'no-answer'
}

const emptied = (world: World) => {
  Object.assign(world.replies, {
    'GET /api/v1/monitoring/alerts': () => ({ body: { rows: [], next: null, stale: [] } }),
    'GET /api/v1/monitoring/alert-counts': () => ({ body: noCounts }),
    'GET /api/v1/monitoring/tasks': () => ({ body: { rows: [], next: null, total: 0 } }),
    'GET /api/v1/monitoring/todo': () => ({ body: { counters: [], tasks: 0 } }),
    'GET /api/v1/monitoring/alerts/:id': () => ({
      body: aDetail(0, {
        conditions: [],
        evidenceRows: [],
        steps: [],
        holder: null,
        may: { dispatch: false, take: false, dispose: false },
      }),
    }),
    'GET /api/v1/access/views': () => ({ body: { views: [] } }),
  })
}

describe.runIf(chromiumPath())('the pages of monitoring', () => {
  const shown = consoleInBrowser(patience)

  const expectSound = async (page: Page, name: string) => {
    await picture(page, name)
    expect(await axeFaults(page), name).toEqual([])
    expect(await sidewaysOf(page), name).toBe(0)
    await page.context().close()
  }

  const open = (
    path: string,
    screen: (typeof screens)[number][1],
    change: (world: World) => void = () => undefined,
  ): Promise<Page> => {
    const world = aMonitoringWorld()
    change(world)
    return signedInPage(shown.browser, shown.folder, { path, screen, answer: world.answer })
  }

  const pages = [
    { name: 'desk', path: '/alerts', full: '李*名下于', empty: '没有未办结的预警' },
    {
      name: 'alert',
      path: `/alerts/${idOf(0)}`,
      full: '大理市公安局死亡登记',
      empty: '这条预警还没有分派，请先分派。',
    },
    { name: 'tasks', path: '/tasks', full: 'DL2023-01003', empty: '没有待办任务' },
    { name: 'home', path: '/', full: '李*名下于', empty: '本单位现在没有待办' },
  ] as const

  for (const { name, path, full, empty } of pages) {
    test.for(screens)(
      `the page ${name} is sound on a %s: full, empty, loading, failed`,
      { timeout: patience },
      async ([size, screen]) => {
        const filled = await open(path, screen)
        await filled.getByText(full).first().waitFor()
        await expectSound(filled, `${name}-full-${size}`)
        const nothing = await open(path, screen, emptied)
        await nothing.getByText(empty).waitFor()
        await expectSound(nothing, `${name}-empty-${size}`)
        const loading = await open(path, screen, (world) => answerAll(world, 'no-answer'))
        await loading.getByText('正在加载').first().waitFor({ state: 'attached' })
        await expectSound(loading, `${name}-loading-${size}`)
        const failed = await open(path, screen, (world) => answerAll(world, broken))
        await failed.getByText('追踪号').first().waitFor()
        await expectSound(failed, `${name}-failed-${size}`)
      },
    )
  }

  test.for(screens)('the dialogs are sound on a %s', { timeout: patience }, async ([size, screen]) => {
    const disposal = await open(`/alerts/${idOf(0)}`, screen)
    await disposal.getByRole('button', { name: '核查是否仍符合' }).click()
    await disposal.getByRole('button', { name: '下一步：核对' }).click()
    await disposal.getByText('有 3 处需要更正').waitFor()
    await expectSound(disposal, `dispose-${size}`)
    const dispatch = await open('/alerts', screen)
    await dispatch.getByRole('checkbox').first().check()
    await dispatch.getByRole('button', { name: '分派所选' }).click()
    await dispatch.getByLabel('所在乡镇（街道）').check()
    await dispatch.getByText('大理镇人民政府：1 条').waitFor()
    await expectSound(dispatch, `dispatch-${size}`)
    const task = await open('/tasks', screen)
    await task.getByRole('button', { name: '复核待遇' }).click()
    await task.getByRole('button', { name: '办结任务' }).click()
    await task.getByText('办理结果不少于 4 个字').first().waitFor()
    await expectSound(task, `task-${size}`)
  })

  test('the panel beside the desk is sound', { timeout: patience }, async () => {
    const page = await open('/alerts', desk)
    await page.getByRole('button', { name: '李*名下于' }).first().click()
    await page.getByText('家庭成员中有人已死亡').waitFor()
    await expectSound(page, 'panel-desk')
  })

  test('in English no Chinese is left of our own words', { timeout: patience }, async () => {
    const han = /\p{Script=Han}+/gu
    const withoutHan = (world: World): World['answer'] => {
      return (asked) => {
        const reply = world.answer(asked)
        if (typeof reply !== 'object') return reply
        return { ...reply, body: JSON.parse(JSON.stringify(reply.body ?? {}).replace(han, 'x')) }
      }
    }
    const words = { desk: 'Alert desk', alert: 'Evidence', tasks: 'Tasks', home: 'To do' }
    for (const { name, path } of pages) {
      const answer = withoutHan(aMonitoringWorld())
      const page = await signedInPage(shown.browser, shown.folder, { path, answer })
      await page.evaluate(`localStorage.setItem('doudi.language', 'en')`)
      await page.reload()
      await page.getByRole('heading', { name: words[name], exact: true }).first().waitFor()
      await page.getByRole('main').getByText('DL2023-0').first().waitFor()
      expect(await page.getByRole('main').textContent(), name).not.toMatch(/\p{Script=Han}/u)
      await picture(page, `${name}-english`)
      expect(await sidewaysOf(page), name).toBe(0)
      await page.context().close()
    }
  })

  test('on paper an alert keeps its reasons and loses its buttons', { timeout: patience }, async () => {
    const page = await open(`/alerts/${idOf(0)}`, desk)
    await page.getByText('大理市公安局死亡登记').waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByText('家庭成员中有人已死亡').isVisible()).toBe(true)
    for (const name of ['接收核实', '核查是否仍符合', '分派给其他单位', '下一条']) {
      expect(await page.getByRole('button', { name }).count(), name).toBe(0)
    }
    await picture(page, 'alert-print')
    await page.context().close()
  })

  test('on paper a list says what it is, by which filters, for which day, and loses the rest', {
    timeout: patience,
  }, async () => {
    for (const [path, filters] of [
      ['/alerts?grade=orange&unplaced=1', '筛选条件：等级 橙色；状态 未办结；下级地区待查明'],
      ['/tasks?holder=any', '辖区全部待办'],
    ] as const) {
      const page = await open(path, desk)
      await page.getByRole('table').waitFor()
      await page.emulateMedia({ media: 'print' })
      await page.locator('.monitoring-printed').getByText(filters, { exact: true }).waitFor()
      expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true)
      expect(await page.getByText('业务日期：2026-06-15').isVisible()).toBe(true)
      for (const gone of [
        page.getByRole('navigation'),
        page.getByRole('search'),
        page.getByRole('checkbox'),
        page.getByRole('link', { name: '导出' }),
        page.getByRole('button', { name: '帮助' }),
      ])
        expect(await gone.count()).toBe(0)
      await picture(page, `${path.split('?')[0]?.slice(1)}-print`)
      await page.context().close()
    }
  })

  test('the desk says who is in charge and that data are out of date, and so does the page of an alert', {
    timeout: patience,
  }, async () => {
    const page = await open('/alerts', desk)
    const row = page.getByRole('row', { name: /李\*名下于/ }).first()
    await row.getByText('数据已过期').waitFor()
    expect(await row.getByText('公安局').isVisible()).toBe(true)
    expect(await row.getByText('数据到 2026-01').isVisible()).toBe(true)
    await page.context().close()
    const alert = await open(`/alerts/${idOf(1)}`, desk)
    await alert.getByText('机动车登记（公安）：最近一期 2026-01，已过 135 天（超过 120 天为过期）').waitFor()
    await alert.context().close()
  })

  test('what is exported are the filters of the address; what was sent down has a tab of its own', {
    timeout: patience,
  }, async () => {
    const world = aMonitoringWorld()
    const page = await signedInPage(shown.browser, shown.folder, {
      path: '/alerts?grade=orange',
      answer: world.answer,
    })
    const link = page.getByRole('link', { name: '导出' })
    expect(await link.getAttribute('href')).toBe(
      '/api/v1/monitoring/alert-exports?grade=orange&language=zh-CN',
    )
    await page.getByRole('link', { name: '我交办的' }).click()
    await expect
      .poll(() => world.lastTo('GET', '/api/v1/monitoring/alerts')?.query.get('raised'))
      .toBe('mine')
    expect(world.lastTo('GET', '/api/v1/monitoring/alerts')?.query.get('status')).toBe('all')
    await page.context().close()
    const town = await signedInPage(shown.browser, shown.folder, {
      path: '/alerts',
      role: 'township-officer',
      answer: aMonitoringWorld().answer,
    })
    await town.getByRole('link', { name: '待核实处置' }).waitFor()
    expect(await town.getByRole('link', { name: '我交办的' }).count()).toBe(0)
    await town.context().close()
  })

  test('tasks come page by page, and a link opens one that no page has shown yet', {
    timeout: patience,
  }, async () => {
    const world = aMonitoringWorld()
    world.replies['GET /api/v1/monitoring/tasks'] = ({ query }) => {
      const number = query.get('id') ? 77 : query.get('after') ? 1 : 0
      return { body: { rows: [aTask(number)], next: number === 0 ? 'c1' : null, total: 2 } }
    }
    const page = await signedInPage(shown.browser, shown.folder, {
      path: `/tasks?task=${idOf(377)}`,
      answer: world.answer,
    })
    await page.getByRole('dialog', { name: '认定核查' }).getByText('DL2023-01077').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('逾期 3 个工作日').waitFor()
    await page.getByRole('button', { name: '再显示一些' }).click()
    await page.getByText('DL2023-01001').waitFor()
    await page.context().close()
  })
})
