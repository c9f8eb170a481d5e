import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { Refusal } from '#base'
import { allLayouts, layoutsOf, makeFolder, numberOf, readAll, workbookParts } from '../fixtures.server.ts'
import type { Reject } from '../rejects/reject.ts'
import { writeDelimited } from '../write/delimited.server.ts'
import { type ChildLimits, parseInChild } from './parse-in-child.server.ts'
import type { AcceptedRow } from './parsed-file.ts'

const folder = await makeFolder()
afterAll(() => folder.remove())

const header = ['姓名', '公民身份号码', '死亡日期', '冲销标志']
const manyDeaths = async (count: number): Promise<string> => {
  const path = folder.path('csv')
  const rows = function* () {
    yield header
    for (let n = 0; n < count; n += 1)
      yield [`甲${n}`, n % 100 === 99 ? '9.9E+17' : numberOf(n), `2026-05-${10 + (n % 20)}`, '否']
  }
  await writeDelimited(path, rows(), { separator: ',', encoding: 'gb18030', guardFormulas: false })
  return path
}
const codeOf = (reading: Promise<unknown>): Promise<unknown> =>
  reading.then(
    () => 'read',
    (fault) => (fault instanceof Refusal ? fault.code : fault),
  )

test('the child hands on the same rows, rejects and counts as reading here would', async () => {
  const path = await manyDeaths(2_500)
  const here = await readAll(path, layoutsOf('deaths'))
  const rows: AcceptedRow[] = []
  const rejects: Reject[] = []
  let progressed = 0
  const { rows: expectedRows, rejects: expectedRejects, ...expected } = here
  const parsed = await parseInChild({
    path,
    fileName: 'file',
    layouts: layoutsOf('deaths'),
    onRow: (row) => void rows.push(row),
    onReject: async (reject) => {
      await Promise.resolve()
      rejects.push(reject)
    },
    onProgress: ({ received }) => {
      expect(received).toBeGreaterThanOrEqual(progressed)
      progressed = received
    },
  })
  expect(parsed).toEqual(expected)
  expect(rows).toEqual(expectedRows)
  expect(rejects).toEqual(expectedRejects)
  expect(progressed).toBe(2_500)
})

test('a refusal in the child is the same refusal here', async () => {
  const path = await folder.text('颜色,形状,重量\n红,圆,1')
  const reading = parseInChild({ path, fileName: 'f', layouts: allLayouts() })
  await expect(reading).rejects.toMatchObject({
    code: 'exchange.unknown-layout',
    details: { headers: ['颜色', '形状', '重量'] },
  })
})

test('the child is ended when reading is cancelled', async () => {
  const path = await manyDeaths(60_000)
  const stop = new AbortController()
  let rows = 0
  const reading = parseInChild({
    path,
    fileName: 'f',
    layouts: allLayouts(),
    signal: stop.signal,
    onRow: () => {
      rows += 1
      if (rows === 10) stop.abort()
    },
  })
  expect(await codeOf(reading)).toBe('exchange.cancelled')
  expect(rows).toBe(10)
})

test('a fault of the taker ends the child and is passed on', async () => {
  const path = await manyDeaths(1_000)
  const reading = parseInChild({
    path,
    fileName: 'f',
    layouts: allLayouts(),
    onRow: () => {
      throw new Error('disk full')
    },
  })
  await expect(reading).rejects.toThrow('disk full')
})

test('a child beyond its time or its memory is ended with the reason', async () => {
  const path = await manyDeaths(60_000)
  const job = { path, fileName: 'f', layouts: allLayouts() }
  const enough = { rssMiB: 512, seconds: 20, secondsPerMiB: 0, patience: 50 }
  const codeWith = (limits: Partial<ChildLimits>) => codeOf(parseInChild(job, { ...enough, ...limits }))
  expect(await codeWith({ seconds: 0.05 })).toBe('exchange.too-slow')
  expect(await codeWith({ patience: 0.001 })).toBe('exchange.too-slow')
  expect(await codeWith({ rssMiB: 16 })).toBe('exchange.out-of-memory')
})

test('a workbook that inflates a thousandfold is refused quickly, and this process does not grow', async () => {
  const blanks = function* () {
    yield '<worksheet><sheetData>'
    for (let i = 0; i < 200; i += 1) yield ' '.repeat(1 << 20)
    yield '</sheetData></worksheet>'
  }
  const parts = workbookParts([{ name: 's', xml: '' }]).filter(([name]) => !name.includes('sheet1'))
  const path = await folder.zip([...parts, ['xl/worksheets/sheet1.xml', blanks()]])
  expect((await readFile(path)).length).toBeLessThan(2 << 20)
  const before = process.memoryUsage.rss()
  const startedMs = performance.now()
  expect(await codeOf(parseInChild({ path, fileName: 'f', layouts: allLayouts() }))).toBe('exchange.bomb')
  expect(performance.now() - startedMs).toBeLessThan(25_000)
  expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 2 ** 20)
})

test('rejected rows with very long cells are handed on a few at a time', async () => {
  const path = folder.path('csv')
  const rows = function* () {
    yield [...header, '附记']
    for (let n = 0; n < 200; n += 1) yield [`甲${n}`, '9.9E+17', '2026-05-10', '否', 'x'.repeat(200_000)]
  }
  await writeDelimited(path, rows(), { separator: ',', encoding: 'gb18030', guardFormulas: false })
  const before = process.memoryUsage.rss()
  let most = before
  let rejected = 0
  const { stats } = await parseInChild({
    path,
    fileName: 'f',
    layouts: layoutsOf('deaths'),
    onReject: () => {
      rejected += 1
      most = Math.max(most, process.memoryUsage.rss())
    },
  })
  expect([stats.rejected, rejected]).toEqual([200, 200])
  expect(most - before).toBeLessThan(64 * 2 ** 20)
}, 60_000)

/** The parsing processes that a process has started, each with its process group; zombies have ended. */
const childrenOf = (parent: number): { readonly pid: number; readonly group: number }[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const [state, ppid, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        const isOurs = Number(ppid) === parent && state !== 'Z'
        const command = isOurs ? readFileSync(`/proc/${name}/cmdline`, 'utf8') : ''
        return command.includes('child-entry') ? [{ pid: Number(name), group: Number(group) }] : []
      } catch {
        return [] // ended meanwhile
      }
    })
const isAlive = (pid: number): boolean => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return !/^ [ZX]/.test(stat.slice(stat.lastIndexOf(')') + 1))
  } catch {
    return false
  }
}

test.runIf(process.platform === 'linux')(
  'Ctrl-C at the terminal does not reach the child, so that what is under way can be finished',
  async () => {
    const path = await manyDeaths(2_500)
    let seen: { readonly pid: number; readonly group: number }[] = []
    const onRow = () => {
      if (!seen.length) seen = childrenOf(process.pid)
    }
    await parseInChild({ path, fileName: 'file', layouts: layoutsOf('deaths'), onRow })
    expect(seen).toEqual([{ pid: seen[0]?.pid, group: seen[0]?.pid }])
  },
)

test.runIf(process.platform === 'linux')(
  'a child that a busy machine keeps waiting for longer than its budget is not taken for one that is stuck',
  async () => {
    const path = await manyDeaths(3_000)
    const seconds = 2
    let seen: { readonly pid: number }[] = []
    const onRow = () => {
      if (seen.length) return
      seen = childrenOf(process.pid)
      for (const { pid } of seen) {
        process.kill(pid, 'SIGSTOP')
        setTimeout(() => process.kill(pid, 'SIGCONT'), seconds * 1100)
      }
    }
    const startedMs = performance.now()
    const job = { path, fileName: 'f', layouts: layoutsOf('deaths'), onRow }
    const limits = { rssMiB: 512, seconds, secondsPerMiB: 0, patience: 50 }
    expect(await codeOf(parseInChild(job, limits))).toBe('read')
    expect(performance.now() - startedMs).toBeGreaterThan(seconds * 1000)
  },
)

test.runIf(process.platform === 'linux')('the child ends when whoever started it is killed', async () => {
  const path = await manyDeaths(20_000)
  const [room, door] = ['./parse-in-child.server.ts', '../layouts/load.server.ts'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  const script = `import { parseInChild } from '${room}'; import { loadLayouts } from '${door}'
    const layouts = (await loadLayouts()).filter(({ kind }) => kind === 'deaths')
    const stand = () => { console.log('standing'); return new Promise(() => setInterval(() => {}, 60_000)) }
    await parseInChild({ path: process.argv[1], fileName: 'file', layouts, onRow: stand })`
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(starter.stdout, 'data')
  const [child] = childrenOf(starter.pid ?? 0)
  expect(isAlive(child?.pid ?? 0)).toBe(true)
  starter.kill('SIGKILL')
  await once(starter, 'exit')
  await expect.poll(() => isAlive(child?.pid ?? 0), { timeout: 10_000 }).toBe(false)
})
