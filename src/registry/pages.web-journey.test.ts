import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Role } from '#access'
import { type Answer, axeFaults, chromiumPath, desk, phone, picture, sidewaysOf } from '#testing/browser.ts'
import { consoleInBrowser } from '#testing/console-in-browser.ts'
import { type Asked, signedInPage } from '#testing/signed-in.ts'
import {
  caseFile,
  caseLine,
  caseWithOutsider,
  chain,
  foundPerson,
  householdFile,
  ids,
  largeHousehold,
  lead,
  rarePeople,
  waitingFact,
} from './testing/samples.ts'

const patience = 90_000

const room = '/api/v1/registry'
const list = (...items: readonly unknown[]): Answer => ({ body: { items, next: null } })

const answers: Readonly<Record<string, Answer>> = {
  'POST /people/search': { body: { by: 'name', items: [foundPerson], next: null } },
  [`POST /people/${ids.head}/number`]: { body: { number: '992901195603120022' } },
  [`GET /households/${ids.household}`]: { body: householdFile },
  [`GET /households/${ids.household}/chain`]: { body: chain },
  [`POST /households/${ids.household}/facts`]: { body: { id: ids.feed } },
  'GET /facts/to-check': list({
    ...waitingFact,
    household: { id: ids.household, number: 'H2901000123', place: '大理市下关街道文献社区' },
    personName: null,
  }),
  [`POST /facts/${waitingFact.id}/check`]: { body: { accepted: true, completeness: 69 } },
  'POST /people/export': { body: { fileName: '查到的人员-2026-06-15.csv', content: '\ufeff姓名\r\n' } },
  [`POST /households/${ids.household}/labels`]: { body: { id: ids.feed } },
  [`POST /labels/${householdFile.members[0]?.tags[0]?.id}/end`]: { body: { validUntil: '2026-06-15' } },
  'GET /leads': list(lead),
  [`GET /leads/${ids.lead}`]: { body: lead },
  [`GET /leads/${ids.lead}/chain`]: { body: { ...chain, entries: [] } },
  [`POST /leads/${ids.lead}/dismiss`]: { body: { status: 'dismissed', version: 2 } },
  'GET /adjudications': list(caseLine),
  [`GET /adjudications/${ids.case}`]: { body: caseFile },
  [`POST /adjudications/${ids.case}/decide`]: { body: { status: 'same', version: 4 } },
}

describe.runIf(chromiumPath())('the registry’s pages in a browser', () => {
  const shown = consoleInBrowser(patience)

  const open = async (
    path: string,
    screen: BrowserContextOptions = desk,
    changed: Readonly<Record<string, Answer>> = {},
    role: Role = 'county-officer',
  ): Promise<{ page: Page; sent: Asked[] }> => {
    const sent: Asked[] = []
    const page = await signedInPage(shown.browser, shown.folder, {
      path,
      role,
      screen,
      answer: (asked) => {
        if (!asked.path.startsWith(room)) return undefined
        sent.push(asked)
        const name = `${asked.method} ${asked.path.slice(room.length)}`
        return changed[name] ?? answers[name]
      },
    })
    await page.getByRole('heading', { level: 1 }).waitFor()
    return { page, sent }
  }

  const pages = [
    ['people', '/people', '查找人员'],
    ['household', `/households/${ids.household}`, '家庭档案 H2901000123'],
    ['leads', '/leads', '线索'],
    ['lead', `/leads/${ids.lead}`, '线索档案'],
    ['adjudications', '/adjudications', '人工甄别'],
    ['adjudication', `/adjudications/${ids.case}`, '甄别：残疾人证'],
    ['facts', '/facts-to-check', '待复核信息'],
  ] as const
  const screens = [
    ['desk', desk],
    ['phone', phone],
  ] as const
  test.for(pages.flatMap((one) => screens.map((screen) => [...one, ...screen] as const)))(
    '%s: passes axe and fits the screen (%s %s %s)',
    { timeout: patience },
    async ([name, path, title, device, screen]) => {
      const { page } = await open(path, screen)
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      await page.waitForLoadState('networkidle')
      await picture(page, `registry-${name}-${device}`)
      expect(await axeFaults(page)).toEqual([])
      expect(await sidewaysOf(page)).toBe(0)
      await page.context().close()
    },
  )

  test('a search goes out in the body, and neither the address nor the page holds what was typed in the clear', async () => {
    const { page, sent } = await open('/people')
    await page.getByLabel('证件号、户编号、姓名或拼音首字母').fill('992901195603120022')
    await page.getByRole('button', { name: '查询' }).click()
    await page.getByRole('link', { name: '杨*英' }).waitFor()
    await picture(page, 'registry-found-desk')
    expect(page.url()).not.toContain('9929')
    const asked = sent.filter(({ path }) => path.endsWith('/people/search'))
    expect(asked.length).toBeGreaterThan(0)
    for (const { body, query } of asked)
      expect([body, query.size]).toEqual([{ text: '992901195603120022' }, 0])
    await page.getByLabel('姓名中间的字也查').check()
    await expect
      .poll(() => sent.filter(({ path }) => path.endsWith('/people/search')).at(-1)?.body)
      .toEqual({ text: '992901195603120022', anywhere: true })
    await page.context().close()
  })

  test('nobody found says what to check and where else to look; a refusal is told in its words', async () => {
    const none = { 'POST /people/search': { body: { by: 'name', items: [], next: null } } }
    const { page } = await open('/people', desk, none)
    await page.getByLabel('证件号、户编号、姓名或拼音首字母').fill('王')
    await page.keyboard.press('Enter')
    await page.getByText('没有查到').waitFor()
    await page.getByRole('link', { name: '到线索里找' }).waitFor()
    await page.context().close()
    const refused = {
      'POST /people/search': {
        status: 422,
        body: {
          type: '',
          title: '无法处理',
          status: 422,
          detail: '公民身份号码有误',
          code: 'x',
          traceId: 't',
        },
      },
    }
    const second = (await open('/people', desk, refused)).page
    await second.getByLabel('证件号、户编号、姓名或拼音首字母').fill('992901195603120021')
    await second.keyboard.press('Enter')
    await second.getByText('公民身份号码有误').waitFor()
    await second.context().close()
  })

  test('the file shows sources that differ, what waits to be checked, history, and what is missing', async () => {
    const { page } = await open(`/households/${ids.household}`)
    await page.getByText('说法不一致').first().waitFor()
    expect(await page.getByText('说法不一致').count()).toBe(2)
    expect(await page.getByRole('link', { name: '用现行政策试算' }).getAttribute('href')).toBe(
      `/trials/new?household=${ids.household}`,
    )
    await page.getByText('待复核', { exact: true }).waitFor()
    await page.getByText('以前的记录（1）').click()
    await page.getByText('7,200.00').waitFor()
    await page.getByText('还缺 3 项信息').click()
    await page.getByText('全户 · 金融资产（存款）').waitFor()
    await picture(page, 'registry-household-open-desk')
    await page.context().close()
  })

  test('what departments say stands beside what was told, with file, row and days; what was taken back says so', {
    timeout: patience,
  }, async () => {
    const { page } = await open(`/households/${ids.household}`)
    const disability = page.locator('.registry-fact').filter({ hasText: '残疾' }).first()
    await disability.getByText('说法不一致').waitFor()
    await disability.getByText('残疾等级：三级').waitFor()
    await disability.getByText('2026-05 第 318 行').waitFor()
    await page.getByText('本月实发：145.00 元').waitFor()
    await page.getByText('不再采用的部门数据（1）').click()
    await page.getByText('文件已撤回').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await page.context().close()
  })

  test('a label is added to a member and another ended with a reason', { timeout: patience }, async () => {
    const { page, sent } = await open(`/households/${ids.household}`, phone)
    await page.getByRole('button', { name: '维护标签' }).click()
    const dialog = page.getByRole('dialog').first()
    await dialog.getByLabel('对象').selectOption({ label: '杨秀英' })
    await dialog.getByRole('button', { name: '增加', exact: true }).click()
    await dialog.getByText('请选择标签').waitFor()
    await dialog.getByLabel('标签', { exact: true }).selectOption({ label: '残' })
    await picture(page, 'registry-label-dialog-phone')
    expect(await axeFaults(page)).toEqual([])
    expect(await sidewaysOf(page)).toBe(0)
    await dialog.getByRole('button', { name: '增加', exact: true }).click()
    await page.getByText('已增加标签“残”').waitFor()
    await dialog.getByRole('button', { name: '结束 老 杨秀英' }).click()
    await page.getByRole('dialog').last().getByRole('textbox').fill('登记有误')
    await page.getByRole('dialog').last().getByRole('button', { name: '结束', exact: true }).click()
    await page.getByText('已结束标签“老”').waitFor()
    expect(sent.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
      { subjectId: ids.head, label: 'disabled', validFrom: '2026-06-15' },
      { until: '2026-06-15', reason: '登记有误' },
    ])
    await page.context().close()
  })

  test.for(screens)(
    'fourteen members, a rare name and nobody’s name fit the screen (%s)',
    { timeout: patience },
    async ([device, screen]) => {
      const { page } = await open(`/households/${ids.household}`, screen, {
        [`GET /households/${ids.household}`]: { body: largeHousehold },
      })
      await page.getByText('家庭成员（14）').waitFor()
      expect(await page.locator('.registry-member').count()).toBe(14)
      await page.getByRole('heading', { name: '𬍛' }).first().waitFor()
      await page.getByRole('heading', { name: '姓名待查明' }).first().waitFor()
      await page.waitForLoadState('networkidle')
      await picture(page, `registry-large-${device}`)
      expect(await axeFaults(page)).toEqual([])
      expect(await sidewaysOf(page)).toBe(0)
      await page.context().close()
    },
  )

  test.for(screens)(
    'a search tells the rare and the nameless apart, and saves what it found without a number in an address (%s)',
    { timeout: patience },
    async ([device, screen]) => {
      const { page, sent } = await open('/people', screen, {
        'POST /people/search': { body: { by: 'household', items: rarePeople, next: null } },
      })
      await page.getByLabel('证件号、户编号、姓名或拼音首字母').fill('H2901000123')
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: '姓名待查明' }).waitFor()
      await page.getByRole('link', { name: '*（单字姓名）' }).waitFor()
      await picture(page, `registry-rare-${device}`)
      expect(await axeFaults(page)).toEqual([])
      expect(await sidewaysOf(page)).toBe(0)
      const saved = page.waitForEvent('download')
      await page.getByRole('button', { name: '导出' }).click()
      expect((await saved).suggestedFilename()).toBe('查到的人员-2026-06-15.csv')
      expect(sent.at(-1)).toMatchObject({ path: `${room}/people/export`, body: { text: 'H2901000123' } })
      await page.context().close()
    },
  )

  test('a number is shown for a reason and covered again', async () => {
    const { page, sent } = await open(`/households/${ids.household}`)
    await page.getByRole('button', { name: '查看公民身份号码' }).first().click()
    await page.getByRole('dialog').getByRole('textbox').fill('电话核实')
    await page.getByRole('dialog').getByRole('button', { name: '查看', exact: true }).click()
    await page.getByText('992901195603120022').waitFor()
    expect(sent.at(-1)).toMatchObject({ method: 'POST', body: { reason: '电话核实' } })
    await page.context().close()
  })

  test('a missing fact is recorded from where it is missing, faults are named first', async () => {
    const { page, sent } = await open(`/households/${ids.household}`)
    await page.getByText('还缺 3 项信息').click()
    await page.getByRole('listitem').filter({ hasText: '月收入' }).getByRole('button').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '提交复核' }).click()
    await dialog.getByRole('link', { name: '请填写内容' }).waitFor()
    await picture(page, 'registry-fact-dialog-desk')
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByLabel('内容').fill('1,200.50')
    await dialog.getByLabel('自主申报').check()
    await dialog.getByRole('button', { name: '提交复核' }).click()
    await page.getByText('等待复核').waitFor()
    expect(sent.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
      {
        subjectId: ids.head,
        kind: 'monthlyIncomeFen',
        provenance: 'declared',
        validFrom: '2026-06-15',
        value: 120_050,
      },
    ])
    await page.context().close()
  })

  test('each kind of fact has its own field on a phone', async () => {
    const { page } = await open(`/households/${ids.household}`, phone)
    await page.getByRole('button', { name: '登记信息' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('对象').selectOption({ label: '杨秀英' })
    for (const [kind, field] of [
      ['残疾', '残疾类别'],
      ['照料服务协议', '协议生效日期'],
      ['就业状况', '内容'],
    ] as const) {
      await dialog.getByLabel('信息名称').selectOption({ label: kind })
      await dialog.getByLabel(field).waitFor()
    }
    await dialog.getByLabel('信息名称').selectOption({ label: '残疾' })
    await picture(page, 'registry-fact-dialog-phone')
    expect(await sidewaysOf(page)).toBe(0)
    await page.context().close()
  })

  test('a colleague’s fact is accepted after a question', async () => {
    const { page, sent } = await open('/facts-to-check')
    await page.getByRole('button', { name: '通过', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: '通过', exact: true }).click()
    await page.getByText('档案完整度 69%').waitFor()
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ accepted: true })
    await page.context().close()
  })

  test('a case is decided on the version that was seen', async () => {
    const { page, sent } = await open(`/adjudications/${ids.case}`)
    await page.getByText('杨秀瑛').waitFor()
    await page.getByText('姓名：读音相同，字不同（支持，+9.8）').waitFor()
    await page.getByText('号码：相差较大（不支持，−5.1）').waitFor()
    await page.getByText('号码表示的性别不同，不能自动认定').waitFor()
    expect(await page.getByRole('button', { name: '认定为此人' }).count()).toBe(2)
    await page.getByRole('button', { name: '认定为此人' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: '认定为此人' }).click()
    await page.getByText('已记录结论').waitFor()
    const post = sent.find(({ method }) => method === 'POST')
    expect(post?.body).toEqual({ verdict: 'same', personId: ids.head })
    expect(post?.headers['if-match']).toBe('"v3"')
    await page.context().close()
  })

  test('with a candidate out of sight nothing can be decided, and the page says who decides', async () => {
    const { page } = await open(`/adjudications/${ids.case}`, desk, {
      [`GET /adjudications/${ids.case}`]: { body: caseWithOutsider },
    })
    await page.getByText('请由上级单位处理').waitFor()
    expect(await page.getByRole('button', { name: /认定为此人|都不是/ }).count()).toBe(0)
    await page.context().close()
  })

  test('who may only read a case sees no buttons', async () => {
    const { page } = await open(`/adjudications/${ids.case}`, desk, {}, 'township-officer')
    await page.getByText('结论由县级民政部门作出').waitFor()
    expect(await page.getByRole('button', { name: '都不是' }).count()).toBe(0)
    await page.context().close()
  })

  test('a lead is set aside with a reason', async () => {
    const { page, sent } = await open(`/leads/${ids.lead}`)
    await page.getByRole('button', { name: '排除线索' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '排除线索' }).click()
    await dialog.getByText('请选择原因').waitFor()
    await dialog.getByLabel('已迁出本地').check()
    await dialog.getByRole('button', { name: '排除线索' }).click()
    await page.getByText('线索已排除').waitFor()
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ reason: 'moved-away', note: '' })
    await page.context().close()
  })
})
