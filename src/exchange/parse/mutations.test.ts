import { readFile, writeFile } from 'node:fs/promises'
import { fc, test } from '@fast-check/vitest'
import { afterAll, expect } from 'vitest'
import { Refusal } from '#base'
import { layoutOf, makeFolder, numberOf, readAll } from '../fixtures.server.ts'
import { writeDepartmentFile } from '../layouts/department-file.server.ts'

// Files as they arrive after a bad day: cut, overwritten, doubled, joined. Nothing may crash, and every row that is
// still told apart must be accounted for.

const folder = await makeFolder()
afterAll(() => folder.remove())

const people = Array.from({ length: 30 }, (_, n) => ({
  序号: String(n + 1),
  乡镇: n % 10 === 0 ? '云岭镇' : '',
  姓名: `甲${n}`,
  身份证号: numberOf(n),
  公民身份号码: numberOf(n),
  险种类型: '170',
  发放年月: '202605',
  本月实发养老金: 100 + n,
  发放状态: '正常',
  死亡日期: '20260501',
  冲销标志: '否',
}))
const originals = await Promise.all(
  ['labour-pensions', 'police-deaths'].map(async (id) => {
    const path = folder.path('dat')
    await writeDepartmentFile(path, layoutOf(id), people)
    return readFile(path)
  }),
)

const change = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(1000) }),
  fc.record({
    kind: fc.constant('overwrite' as const),
    at: fc.nat(1000),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.nat(1000),
    bytes: fc
      .constantFrom('"', ',', '\n', '\0', '\r', '=1+1', '，', '\ufeff', '1e17')
      .map((s) => Buffer.from(s)),
  }),
  fc.record({
    kind: fc.constant('remove' as const),
    at: fc.nat(1000),
    count: fc.integer({ min: 1, max: 60 }),
  }),
  fc.record({ kind: fc.constant('double' as const) }),
)

const mutate = (
  bytes: Buffer,
  changes: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[],
): Buffer => {
  let now = bytes
  for (const c of changes) {
    const at = 'at' in c ? Math.floor((now.length * c.at) / 1000) : 0
    if (c.kind === 'cut') now = now.subarray(0, at)
    else if (c.kind === 'double') now = Buffer.concat([now, now])
    else if (c.kind === 'remove') now = Buffer.concat([now.subarray(0, at), now.subarray(at + c.count)])
    else
      now = Buffer.concat([
        now.subarray(0, at),
        c.bytes,
        now.subarray(c.kind === 'insert' ? at : at + c.bytes.length),
      ])
  }
  return now
}

test.prop([fc.constantFrom(...originals), fc.array(change, { minLength: 1, maxLength: 4 })], {
  numRuns: 300,
})(
  'a damaged file is read with all its rows accounted for, or refused with a reason',
  async (original, changes) => {
    const path = folder.path('dat')
    await writeFile(path, mutate(original, changes))
    try {
      const read = await readAll(path)
      const { received, accepted, rejected } = read.stats
      expect(received).toBe(accepted + rejected)
      expect([read.rows.length, read.rejects.length]).toEqual([accepted, rejected])
      expect(read.sheets.reduce((sum, s) => sum + s.received, 0)).toBe(received)
      for (const reject of read.rejects) {
        expect(reject.line).toBeGreaterThan(0)
        expect(reject.reasonZh && reject.reasonEn).toBeTruthy()
        expect(reject.maskedValue).not.toMatch(/\d{15}/u)
      }
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault
      expect(fault.code).toMatch(/^exchange\./u)
    }
  },
  120_000,
)

test.prop([fc.uint8Array({ maxLength: 400 })], { numRuns: 200 })(
  'any bytes are read or refused',
  async (bytes) => {
    const path = folder.path('dat')
    await writeFile(path, bytes)
    const outcome = await readAll(path).then(
      () => 'read',
      (fault) => fault instanceof Refusal,
    )
    expect(outcome).toBeTruthy()
  },
  120_000,
)
