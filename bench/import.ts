/**
 * `npm run bench -- import [rows] [persons]`: writes a CSV of hospital bills (a million rows where nothing else is said) and
 * reads it in, first in a child alone, then by the whole intake on a PostgreSQL of its own, beside a registry of so many
 * people. Prints rows a second, this process's processor time, and the peak of memory of it and of
 * the child that reads.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { businessDate, checkCharacterOf } from '#base'
import { loadLayouts, parseInChild, writeDepartmentFile } from '#exchange/server'
import { loadRegistry } from '#registry/server'
import { makeWorld } from '#sandbox/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { registryImportOf } from '../src/app/demo/registry-import.ts'
import { openInstallation } from '../src/app/installation/open.server.ts'
import { openRecord } from '../src/app/run/database.server.ts'
import { importFile } from '../src/app/run/import-file.server.ts'
import { makeServices } from '../src/app/services.server.ts'

const region = '532900000000'
const today = businessDate('2026-06-15')
const badEvery = 100
const everyMs = 100

const two = (value: number): string => String(value).padStart(2, '0')

/** The n-th of ten million people no region gave a number to. */
const numberOf = (n: number): string => {
  const area = 999_901 + (Math.floor(n / 1_000_000) % 10)
  const body = `${area}${1940 + (n % 60)}${two(1 + (Math.floor(n / 60) % 12))}${two(1 + (Math.floor(n / 720) % 28))}${String(1 + (Math.floor(n / 20_160) % 990)).padStart(3, '0')}`
  return body + checkCharacterOf(body)
}

function* bills(rows: number, registered: readonly string[]) {
  for (let n = 0; n < rows; n += 1) {
    const known = n % 20 === 0 ? registered[(n / 20) % registered.length] : undefined
    yield {
      结算ID: `DL${n}`,
      人员姓名: `段${'金木水火土'[n % 5]}${'兰芳英'[n % 3]}`,
      证件号码: n % badEvery === badEvery - 1 ? '5.33E+17' : (known ?? numberOf(n)),
      开始日期: `2026-05-${two(1 + (n % 20))}`,
      结算日期: `2026-05-${two(2 + (n % 20))}`,
      总费用: `${1000 + (n % 9000)}.50`,
      范围内费用: `${900 + (n % 9000)}.25`,
      基金支付总额: `${500 + (n % 4000)}`,
      个人现金支付: `${100 + (n % 900)}.10`,
      区县: '大理市',
      乡镇: '下关街道',
      村: '',
    }
  }
}

const readIn = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // ended meanwhile
  }
}

/** Only our own children are looked at: going through every process of the machine would cost more than the import. */
const childrenOf = (pid: number): string[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readIn(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean),
  )

/** Peaks of resident memory of this process and of the children that read files for it, in MiB. */
const watchMemory = () => {
  const peaks = { parent: 0, child: 0 }
  const look = (): void => {
    peaks.parent = Math.max(peaks.parent, process.memoryUsage.rss() / 2 ** 20)
    for (const pid of childrenOf(process.pid)) {
      const [status = '', command = ''] = ['status', 'cmdline'].map((name) => readIn(`/proc/${pid}/${name}`))
      if (!command.includes('child-entry')) continue
      const mib = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024
      peaks.child = Math.max(peaks.child, mib)
    }
  }
  const timer = setInterval(look, everyMs)
  return () => {
    look()
    clearInterval(timer)
    return peaks
  }
}

const report = async (what: string, rows: number, work: () => Promise<unknown>): Promise<void> => {
  const before = process.memoryUsage.rss() / 2 ** 20
  const stop = watchMemory()
  const startedMs = performance.now()
  const startedCpu = process.cpuUsage()
  await work()
  const seconds = (performance.now() - startedMs) / 1000
  const { user, system } = process.cpuUsage(startedCpu)
  const { parent, child } = stop()
  const round = (value: number): string => Math.round(value).toLocaleString('en')
  console.log(
    `${what}: ${round(rows)} rows in ${seconds.toFixed(1)} s, ${round(rows / seconds)} rows/s (parent CPU ${((user + system) / 1e6).toFixed(1)} s); peak MiB: parent ${round(parent)} (${round(before)} before), child ${round(child)}`,
  )
}

const [rows = 1_000_000, persons = 20_000] = process.argv.slice(2).map(Number)
const dataDir = mkdtempSync(join(tmpdir(), 'doudi-bench-'))
const file = join(dataDir, 'bills.csv')
const layouts = (await loadLayouts()).filter(({ id }) => id === 'insurance-settlements')
const [layout] = layouts
if (!layout) throw new Error('no layout of hospital bills')
const { registry } = makeWorld({ region: '5329', persons, seed: 7, businessDate: today })
const registered = registry.persons.flatMap(({ number }) => number ?? [])
await writeDepartmentFile(file, layout, bills(rows, registered))
console.log(`file: ${Math.round(statSync(file).size / 2 ** 20)} MiB, ${registered.length} people registered`)

await report('read in a child', rows, () => parseInChild({ path: file, fileName: 'bills.csv', layouts }))

const record = await openRecord({ dataDir, databaseUrl: process.env.DATABASE_URL } as Parameters<
  typeof openRecord
>[0])
const installation = await openInstallation(dataDir, record.ownerUrl)
try {
  installation.clock.moveTo(today)
  const { database, secrecy, clock } = installation
  await inScope(database, everywhere, async (tx) => {
    await loadRegistry(tx, { secrecy, clock }, registryImportOf(registry))
  })
  const services = makeServices(installation, region)
  await report('taken in', rows, async () => {
    const details = { kind: 'hospital-bills', regionCode: region, period: '2026-05' }
    const { status } = await importFile(services, { path: file, fileName: 'bills.csv', ...details })
    console.log(`status: ${status}`)
  })
} finally {
  await installation.close()
  await record.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
