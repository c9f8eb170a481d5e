import { writeFile } from 'node:fs/promises'
import { fc, test } from '@fast-check/vitest'
import { afterAll, expect } from 'vitest'
import { layoutOf, makeFolder, numberOf, readAll } from '../fixtures.server.ts'

const folder = await makeFolder()
afterAll(() => folder.remove())

const header = '姓名,公民身份号码,死亡日期,居委会,冲销标志\n'
const lines = Array.from({ length: 60 }, (_, n) => {
  const cells = [`甲${n}`, numberOf(n), '20260501', '南坪村', '否']
  return n % 3 ? cells.join(',') : cells.map((cell) => `"${cell}"`).join(',')
})
const body = `${lines.join('\n')}\n`
const path = folder.path('csv')

test.prop([fc.array(fc.tuple(fc.nat(100_000), fc.boolean()), { minLength: 1, maxLength: 10 })], {
  numRuns: 300,
})(
  'whatever marks are added or lost, each row is accepted as it was or rejected',
  async (damage) => {
    let text = body
    for (const [place, adds] of damage) {
      const at = place % text.length
      if (adds) text = `${text.slice(0, at)}"${text.slice(at)}`
      else if (text[at] === '"') text = text.slice(0, at) + text.slice(at + 1)
    }
    await writeFile(path, header + text)
    const { stats, rows, rejects } = await readAll(path, [layoutOf('police-deaths')])
    expect(stats).toMatchObject({ received: 60, accepted: rows.length, rejected: rejects.length })
    const seen = [...rows, ...rejects].map(({ line }) => line).sort((a, b) => a - b)
    expect(seen).toEqual(lines.map((_, n) => n + 2))
    for (const { line, rows: canonical } of rows)
      expect(canonical.map(({ number }) => number)).toEqual([numberOf(line - 2)])
  },
  120_000,
)
