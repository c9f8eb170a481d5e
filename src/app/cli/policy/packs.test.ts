import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'
import { runDoudi } from '../testing/child.server.ts'

vi.setConfig({ testTimeout: 60_000 })

const home = mkdtempSync(join(tmpdir(), 'doudi-policy-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
const examples = fileURLToPath(new URL('../../../../policies/examples/', import.meta.url))
const policy = (...args: string[]) => runDoudi(['policy', ...args, '--json'], { dataDir: join(home, 'none') })
const explain = (file: string, ...more: string[]) =>
  policy(
    'explain',
    '--pack',
    'demo',
    '--on',
    '2024-06-15',
    '--region',
    '150202',
    '--household',
    file,
    ...more,
  )

interface Explained {
  readonly programme: string
  readonly place: string
  readonly outcome: {
    readonly outcome: string
    readonly value?: boolean
    readonly missing?: readonly string[]
  }
  readonly amount: unknown
  readonly wouldChange: readonly { readonly fact: string; readonly to: unknown }[]
}
const programmesOf = ({ json }: { json: Record<string, unknown> }): readonly Explained[] =>
  json.programmes as readonly Explained[]
const one = (answer: { json: Record<string, unknown> }, programme: string, place = '') =>
  programmesOf(answer).find((it) => it.programme === programme && it.place === place)

test('the packs that come with the program have no finding, and their cases pass', async () => {
  const [checked, cases] = [await policy('check'), await policy('cases')]
  expect(checked).toMatchObject({ code: 0, json: { ok: true } })
  expect(cases).toMatchObject({ code: 0, json: { ok: true, failed: 0 } })
  expect(cases.json.passed).toBeGreaterThan(600)
  expect(await policy('check', '--pack', 'nowhere')).toMatchObject({ code: 1, json: { ok: false } })
})

test('the examples are explained without an installation', async () => {
  const urban = await explain(join(examples, 'household-urban.json'))
  expect(urban.code).toBe(0)
  expect(one(urban, 'dibao')).toMatchObject({ outcome: { value: true }, amount: 90_000 })
  expect(one(urban, 'dibao')?.wouldChange.find(({ fact }) => fact === 'wageFen')).toMatchObject({
    to: 240_000,
  })
  const alone = await explain(join(examples, 'household-alone.json'))
  expect(one(alone, 'singlePersonDibao', 'members[1]')).toMatchObject({
    outcome: { value: true },
    amount: 80_000,
  })
  const open = await explain(join(examples, 'household-open.json'))
  expect(one(open, 'dibao')).toMatchObject({ outcome: { outcome: 'known', value: false } })
})

test('values to try come before those of the pack, and facts that are not said are unknown', async () => {
  const values = join(home, 'values.yaml')
  writeFileSync(values, 'dibaoStandardUrbanFen: 50000\n')
  const tried = await explain(join(examples, 'household-urban.json'), '--parameters', values)
  expect(one(tried, 'dibao')).toMatchObject({ outcome: { value: false } })
  const household = join(home, 'household.json')
  writeFileSync(household, '{ "residence": "urban", "members": [{}] }')
  const open = await explain(household)
  expect(one(open, 'dibao')?.outcome.missing).toContain('wageFen')
  writeFileSync(household, '{ "residence": "moon", "members": [{ "wage": 3 }] }')
  const strange = await explain(household)
  expect(strange).toMatchObject({ code: 1, json: { ok: false } })
  expect(strange.err + strange.out).toContain('members[1].wage')
})

test('written cases run with values to try, under those of the case itself; a wrong file is refused', async () => {
  const values = join(home, 'case-values.yaml')
  const tried = () => policy('cases', '--pack', 'cn-national', '--parameters', values)
  // Every case that reads this standard says its own value.
  writeFileSync(values, 'dibaoStandardUrbanFen: 50001\n')
  expect(await tried()).toMatchObject({ code: 0, json: { failed: 0 } })
  // No case says this age: those at the threshold of 60 fail.
  writeFileSync(values, 'incapableFromAge: 66\n')
  const moved = await tried()
  expect(moved.code).toBe(1)
  expect(moved.json.failed).toBeGreaterThan(0)
  writeFileSync(values, 'noSuchFen: 1\n')
  const strange = await tried()
  expect(strange).toMatchObject({ code: 1, json: { ok: false } })
  expect(strange.err + strange.out).toContain('noSuchFen')
})

test('the schema of a household file names facts with their codes', async () => {
  const { json } = await policy('schema', '--pack', 'cn-national')
  expect(json.schema).toMatchObject({
    properties: { residence: { anyOf: [{ enum: ['urban', 'rural'] }, { const: 'unknown' }] } },
  })
})

test('a draft is explained where it is named, and says that it is one', async () => {
  const household = ['--household', join(examples, 'household-urban.json')]
  const named = await policy('explain', '--pack', 'cn-150200-baotou', '--on', '2024-06-01', ...household)
  expect(named.json).toMatchObject({ pack: 'cn-150200-baotou', status: 'draft' })
})
