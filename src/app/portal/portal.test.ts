import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PortalWorld, startPortal } from '#testing/portal-world.ts'
import { writeSmallPack } from '#testing/small-pack.ts'
import { sampleQuestions } from './self-check/sample.ts'

const packs = writeSmallPack({ 'self-check.yaml': sampleQuestions })
const bare = writeSmallPack()
let world: PortalWorld

beforeAll(async () => {
  world = await startPortal({ placePackId: 'small', packIn: async () => packs.open() })
})
afterAll(async () => {
  await world.close()
  packs.remove()
  bare.remove()
})

const get = (path: string, headers: Record<string, string> = {}) => fetch(world.url + path, { headers })
const post = (fields: Readonly<Record<string, string>>, url = `${world.url}/self-check`) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields) })

test('the questions come without log-in, cookie, or anything from elsewhere, in Chinese first and English on request', async () => {
  const response = await get('/self-check')
  const page = await response.text()
  expect(response.status).toBe(200)
  expect(response.headers.get('set-cookie')).toBeNull()
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(response.headers.get('content-security-policy')).not.toContain('unsafe-inline')
  expect(page).toContain('<html lang="zh-CN">')
  expect(page).toContain('第 2 步，共 5 步')
  expect(page).toContain('漾濞彝族自治县')
  expect(page).not.toMatch(/https?:\/\//)
  const english = await (await get('/self-check?lang=en')).text()
  expect(english).toContain('<html lang="en">')
  expect(english).toContain('How much?')
})

test('the whole of it is a few kilobytes, script and style included', async () => {
  const paths = ['/self-check', '/self-check/style.css', '/self-check/page.js']
  const texts = await Promise.all(paths.map(async (path) => (await get(path)).text()))
  expect(texts[2]?.length).toBeLessThan(1500)
  expect(texts.join('').length).toBeLessThan(40_000)
})

test('the answer says likely with amount, what to bring and whom to ask, and is not to be kept', async () => {
  const response = await post({
    'a-residence': 'urban',
    'a-income': '100',
    'a-others': '0',
    'a-place': '532901000000',
  })
  const page = await response.text()
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('set-cookie')).toBeNull()
  expect(page).toMatch(
    /可能符合[\s\S]*生活补助[\s\S]*每月700\.00元[\s\S]*带什么[\s\S]*户口本[\s\S]*问谁[\s\S]*村委会/,
  )
  expect(page).toMatch(/没有问到[\s\S]*照料补贴/)
})

test('going back brings the questions with the answers in them, escaped', async () => {
  const evil = '"><script>alert(1)</script>'
  const page = await (await post({ do: 'edit', 'a-residence': 'rural', 'a-income': evil })).text()
  expect(page).toContain('value="rural" checked')
  expect(page).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).not.toContain('<script>alert')
})

test('nothing of an answer is stored or logged', async () => {
  await post({ 'a-residence': 'urban', 'a-income': '123456.78', 'a-age': '87' })
  // A trace id is random, and now and then has the digits of an answer.
  const log = JSON.stringify(world.log).replaceAll(/"traceId":"[^"]*"/g, '')
  expect((await world.rows()) + log).not.toMatch(/123456|12345678|urban|87"/)
  expect(world.log).toContainEqual(
    expect.objectContaining({ method: 'POST', route: '/self-check', status: 200 }),
  )
  expect(JSON.parse(await world.rows())).toEqual([[], [], [], [], []])
})

test('a body that is too large is refused on a page', async () => {
  const response = await post({ 'a-income': '1'.repeat(20_000) })
  expect(response.status).toBe(413)
  expect(await response.text()).toContain('自我评估暂时不能使用')
})

test('who sends too often is told to wait, in their language', async () => {
  const own = await startPortal({ placePackId: 'small', packIn: async () => packs.open() })
  const all = await Promise.all(Array.from({ length: 31 }, () => post({}, `${own.url}/self-check?lang=en`)))
  const refused = all.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(1)
  expect(await refused[0]?.text()).toContain('Please wait a moment')
  await own.close()
})

test('without questions, or without rules, the page says so and whom to ask, and the log says why', async () => {
  const none = await startPortal({ placePackId: undefined, packIn: async () => bare.open() })
  expect((await fetch(`${none.url}/self-check`)).status).toBe(503)
  await none.close()
  const without = await startPortal({ placePackId: 'small', packIn: async () => bare.open() })
  const response = await fetch(`${without.url}/self-check`)
  expect(response.status).toBe(503)
  expect(await response.text()).toContain('请过一会儿再试')
  expect(without.trouble).toEqual(['self-check.yaml: self-check.yaml'])
  await without.close()
})
