import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assert } from '#base'
import { type FeedKind, feedKinds } from '#exchange'
import { loadLayouts } from '#exchange/server'
import { fileMaker } from '../files/build-file.server.ts'
import { periodOf } from '../files/write-feed-files.server.ts'
import type { World } from '../world/make-world.ts'
import { randomFrom } from '../world/random.ts'
import { byteBreakers } from './byte-breakers.server.ts'
import { type Breaker, rowBreakers } from './row-breakers.server.ts'
import { type Expectation, type Sample, sampleOf } from './sample.server.ts'
import { shapeBreakers } from './shape-breakers.server.ts'

/** One damaged file and its declared fate. */
export interface BrokenFile {
  readonly path: string
  readonly fileName: string
  /** What was done to it. */
  readonly breaker: string
  /** The kind it is sent as. */
  readonly kind: FeedKind
  /** 'YYYY-MM'. */
  readonly period: string
  readonly expect: Expectation
}

const breakers = { ...rowBreakers, ...shapeBreakers, ...byteBreakers }
type BreakerName = keyof typeof breakers

const textKinds = [
  'deaths',
  'vehicles',
  'real-estate',
  'insurance-payments',
  'housing-fund',
  'hospital-bills',
  'students',
  'marriages',
] as const
const workbookKinds = feedKinds.filter((k) => !(textKinds as readonly string[]).includes(k))
/** A marriage is kept when a number cannot be read; every other kind rejects the row. */
const numberKinds = feedKinds.filter((k) => k !== 'marriages')
/** One header row. */
const plainHeads = feedKinds.filter((k) => k !== 'payroll')
const dayKinds = [
  'deaths',
  'vehicles',
  'moves',
  'imprisonment',
  'real-estate',
  'business',
  'unemployment',
  'hospital-bills',
  'marriages',
  'disasters',
] as const
const monthKinds = ['insurance-payments', 'pensions', 'housing-fund', 'payroll'] as const

/** Which breaker is tried on which kinds: two hundred files in all. */
const plan: readonly (readonly [BreakerName, readonly FeedKind[]])[] = [
  ['numbers-mistyped', numberKinds],
  ['numbers-masked', numberKinds.slice(0, 10)],
  ['numbers-scientific', numberKinds.slice(0, 8)],
  ['numbers-cut-short', numberKinds.slice(8)],
  ['numbers-of-no-day', numberKinds.slice(4, 8)],
  ['numbers-as-numbers', workbookKinds.slice(0, 5)],
  ['rows-twice', feedKinds],
  ['required-cells-empty', [...dayKinds, ...monthKinds, 'disability', 'students']],
  ['days-in-words', dayKinds.slice(0, 7)],
  ['months-in-words', monthKinds],
  ['months-without-zero', monthKinds],
  [
    'codes-unknown',
    [
      'imprisonment',
      'insurance-payments',
      'pensions',
      'housing-fund',
      'disability',
      'students',
      'marriages',
      'return-poverty',
    ],
  ],
  [
    'amounts-in-words',
    ['insurance-payments', 'pensions', 'housing-fund', 'payroll', 'hospital-bills', 'disasters'],
  ],
  ['amounts-finer-than-fen', ['insurance-payments', 'housing-fund', 'hospital-bills']],
  ['formula-errors', ['pensions', 'payroll']],
  ['text-too-long', ['students', 'marriages']],
  ['header-repeated', plainHeads.slice(0, 5)],
  ['lines-between', plainHeads.slice(5, 10)],
  ['columns-reversed', plainHeads.slice(3, 7)],
  ['titles-above', ['deaths', 'moves', 'payroll']],
  ['header-decorated', ['vehicles', 'pensions', 'students']],
  ['header-doubled', ['deaths', 'vehicles', 'moves']],
  ['rows-shifted', ['deaths', 'vehicles', 'students']],
  ['huge-cells', ['deaths', 'moves']],
  ['cover-sheet', ['imprisonment', 'business', 'disability']],
  ['cut-at-line', ['deaths', 'vehicles', 'hospital-bills']],
  ['cut-in-number', ['deaths', 'vehicles', 'insurance-payments']],
  ['names-damaged', ['deaths', 'hospital-bills', 'insurance-payments']],
  ['in-utf16', ['deaths', 'insurance-payments']],
  ['carriage-returns', ['deaths', 'hospital-bills']],
  ['nulls', ['deaths', 'vehicles', 'hospital-bills']],
  ['open-quotes', ['deaths', 'vehicles', 'insurance-payments']],
  ['all-dead', ['deaths']],
  ['wrong-month', ['deaths']],
  ['header-only', ['deaths', 'moves']],
  ['number-column-gone', ['deaths', 'vehicles', 'moves']],
  ['header-gone', ['vehicles', 'insurance-payments']],
  ['wrong-mark', ['deaths', 'vehicles']],
  ['only-cover', ['business']],
  ['strange-sheet', ['business', 'disability']],
  ['statistics-table', ['disasters', 'deaths']],
  ['too-wide', ['moves']],
  ['unknown-unit', ['hospital-bills']],
  ['truncated-archive', ['moves', 'business']],
  ['damaged-archive', ['moves', 'imprisonment']],
  ['locked-archive', ['moves']],
  ['bomb', ['moves']],
  ['with-doctype', ['moves']],
  ['old-workbook', ['moves']],
  ['locked-workbook', ['business']],
  ['a-pdf', ['moves']],
  ['a-page', ['business']],
  ['nothing', ['deaths']],
]

/**
 * Writes two hundred files into a folder, each a small good file broken in one named way, and says for each what must
 * become of it: how many rows are kept, how many are rejected for which reason, or the code it is refused with.
 */
export const makeBrokenFiles = async (world: World, folder: string): Promise<BrokenFile[]> => {
  await mkdir(folder, { recursive: true })
  const maker = fileMaker(world, await loadLayouts())
  const random = randomFrom(world.input.seed).fork('broken')
  const samples = new Map<FeedKind, Sample>()
  const sample = (kind: FeedKind): Sample => {
    const made = samples.get(kind) ?? sampleOf(world, maker, kind)
    samples.set(kind, made)
    return made
  }
  const files: BrokenFile[] = []
  for (const [breaker, kinds] of plan) {
    for (const kind of kinds) {
      const good = sample(kind)
      assert(good.count >= 50, `too few rows of ${kind} for a sample`)
      const made = (breakers[breaker] as Breaker)(good, random.fork(`${breaker}:${kind}`))
      const running = String(files.length + 1).padStart(3, '0')
      const fileName = `${running}_${breaker}_${kind}.${made.extension ?? good.extension}`
      const path = join(folder, fileName)
      await writeFile(path, made.bytes)
      files.push({ path, fileName, breaker, kind, period: periodOf(world), expect: made.expect })
    }
  }
  return files
}
