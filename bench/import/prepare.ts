/**
 * A program of its own, so that what it holds does not count as memory of the import: fills the registry with so many people
 * and writes the files that are to be read.
 */
import { businessDate } from '#base'
import { type HeldSheet, loadLayouts, workbookParts, writeDepartmentFile, zipWriter } from '#exchange/server'
import { loadRegistry } from '#registry/server'
import { makeWorld } from '#sandbox/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { registryImportOf } from '../../src/app/demo/registry-import.ts'
import { openInstallation } from '../../src/app/installation/open.server.ts'
import { type SampleKind, sampleRows, samples } from './sample.ts'

export interface Preparation {
  readonly dataDir: string
  readonly ownerUrl: string
  readonly kind: SampleKind
  readonly rows: number
  readonly persons: number
  readonly text?: string
  /** A workbook whose texts lie before the sheet, and one with the sheet before its texts. */
  readonly books?: readonly [string, string]
}

const today = businessDate('2026-06-15')
const order: Preparation = JSON.parse(process.argv[2] ?? '')

const writeBook = async (path: string, parts: ReturnType<typeof workbookParts>): Promise<void> => {
  const zip = zipWriter(path)
  for (const { name, content } of parts) {
    const pieces = function* () {
      for (let at = 0; at < content.length; at += 1 << 20) yield content.subarray(at, at + (1 << 20))
    }
    await zip.entry(name, pieces())
  }
  await zip.end()
}

const { registry } = makeWorld({ region: '5329', persons: order.persons, seed: 7, businessDate: today })
const installation = await openInstallation(order.dataDir, order.ownerUrl)
try {
  installation.clock.moveTo(today)
  const { database, secrecy, clock } = installation
  await inScope(database, everywhere, async (tx) => {
    await loadRegistry(tx, { secrecy, clock }, registryImportOf(registry))
  })
} finally {
  await installation.close()
}
const registered = registry.persons.flatMap(({ number }) => number ?? [])
const layout = (await loadLayouts()).find(({ id }) => id === samples[order.kind].layout)
if (!layout) throw new Error('no layout of this kind')
const rows = sampleRows(order.kind, order.rows, registered)
if (order.text) await writeDepartmentFile(order.text, layout, rows)
if (order.books) {
  const cells: HeldSheet['rows'][number][] = [layout.headers]
  for (const row of rows) cells.push(layout.headers.map((header) => row[header] ?? ''))
  const parts = workbookParts([{ name: '明细', rows: cells }])
  const isSheet = ({ name }: { readonly name: string }) => name.includes('worksheets/')
  const stringsFirst = [...parts.filter((part) => !isSheet(part)), ...parts.filter(isSheet)]
  await writeBook(order.books[0], stringsFirst)
  await writeBook(order.books[1], parts)
}
console.log(`${registered.length} people registered`)
