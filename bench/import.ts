/**
 * `npm run bench -- import [rows] [persons] [--kind hospital-bills|insurance-payments] [--only child|intake]`: writes a text
 * file (a million rows where nothing else is said) and reads it in, first in a child alone, then by the whole intake on
 * a PostgreSQL of its own, beside a registry of so many people. `--xlsx ROWS` reads workbooks instead: one whose texts lie
 * before the sheet, and one with the sheet stored before its texts. Prints rows a second, processor time per 100,000
 * rows of all who take part, and the peak of memory.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { businessDate } from '#base'
import { loadLayouts, parseInChild } from '#exchange/server'
import { openInstallation } from '../src/app/installation/open.server.ts'
import { openRecord } from '../src/app/run/database.server.ts'
import { importFile } from '../src/app/run/import-file.server.ts'
import { makeServices } from '../src/app/services.server.ts'
import { measured } from './import/measure.ts'
import { findPostmaster } from './import/postmaster.queries.server.ts'
import type { Preparation } from './import/prepare.ts'
import { refusalOf } from './import/refusal.queries.server.ts'
import { type SampleKind, samples } from './import/sample.ts'

const region = '532900000000'
const today = businessDate('2026-06-15')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kind: { type: 'string', default: 'hospital-bills' },
    only: { type: 'string' },
    xlsx: { type: 'string' },
  },
})
if (!Object.hasOwn(samples, values.kind)) throw new Error(`--kind ${Object.keys(samples).join(' | ')}`)
const kind = values.kind as SampleKind
const rows = Number(values.xlsx ?? positionals[0] ?? 1_000_000)
const persons = Number(positionals[values.xlsx ? 0 : 1] ?? 20_000)

const dataDir = mkdtempSync(join(tmpdir(), 'doudi-bench-'))
const text = join(dataDir, 'rows.csv')
const books = [join(dataDir, 'strings-first.xlsx'), join(dataDir, 'sheet-first.xlsx')] as const
const files = values.xlsx ? books : [text]

const record = await openRecord({ dataDir, databaseUrl: process.env.DATABASE_URL } as Parameters<
  typeof openRecord
>[0])
try {
  const order: Preparation = {
    ...{ dataDir, ownerUrl: record.ownerUrl, kind, rows, persons },
    ...(values.xlsx ? { books } : { text }),
  }
  const prepare = fileURLToPath(new URL('./import/prepare.ts', import.meta.url))
  const flags = ['--disable-warning=ExperimentalWarning', '--max-old-space-size=3000']
  execFileSync(process.execPath, [...flags, prepare, JSON.stringify(order)], { stdio: 'inherit' })
  const layouts = (await loadLayouts()).filter(({ id }) => id === samples[kind].layout)
  const postmaster = await findPostmaster(record.ownerUrl)
  const installation = await openInstallation(dataDir, record.ownerUrl)
  try {
    installation.clock.moveTo(today)
    const services = makeServices(installation, region)
    for (const path of files) {
      const fileName = path.slice(dataDir.length + 1)
      console.log(`${fileName}: ${kind}, ${Math.round(statSync(path).size / 2 ** 20)} MiB`)
      if (values.only !== 'intake')
        await measured('read in a child', rows, postmaster, () => parseInChild({ path, fileName, layouts }))
      if (values.only !== 'child')
        await measured('taken in', rows, postmaster, async () => {
          const details = { kind, regionCode: region, period: '2026-05' }
          const { status, feedId } = await importFile(services, { path, fileName, ...details })
          console.log(`status: ${status}${await refusalOf(installation.database, feedId)}`)
        })
    }
  } finally {
    await installation.close()
  }
} finally {
  await record.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
