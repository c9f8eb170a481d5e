/** Damage to single cells and rows: the rest of the file must be kept. */
import type { FeedKind, RejectReason } from '#exchange'
import type { Written } from '../files/cell-text.ts'
import { spoiledText } from '../files/spoiled-text.ts'
import type { Random } from '../world/random.ts'
import type { DefectKind } from '../world/rows.ts'
import { allBut, type Broken, type Sample, spread } from './sample.server.ts'

export type Breaker = (sample: Sample, random: Random) => Broken

/** Puts a text into one column of some rows, which are then rejected for that. */
const inColumn =
  (
    field: string | Readonly<Partial<Record<FeedKind, string>>>,
    rows: number,
    reason: RejectReason,
    text: (sample: Sample, row: number, random: Random) => Written,
  ): Breaker =>
  (sample, random) => {
    const id = typeof field === 'string' ? field : (field[sample.kind] as string)
    const place = sample.placeOf(id)
    const grid = sample.grid()
    for (const row of spread(sample, rows)) {
      const cells = grid[row]
      if (cells) cells[place] = text(sample, row, random)
    }
    return { bytes: sample.write(grid), expect: allBut(sample, reason, rows) }
  }

const numberAt = (sample: Sample, row: number): string => String(sample.values[row - sample.first]?.number)

const spoiledNumber = (how: DefectKind, rows: number, reason: RejectReason): Breaker =>
  inColumn('number', rows, reason, (sample, row, random) => spoiledText(how, numberAt(sample, row), random))

const days = {
  deaths: 'diedOn',
  vehicles: 'firstRegisteredOn',
  moves: 'movedOn',
  imprisonment: 'startedOn',
  'real-estate': 'registeredOn',
  business: 'startedOn',
  unemployment: 'registeredOn',
  'hospital-bills': 'settledOn',
  marriages: 'eventOn',
  disasters: 'occurredOn',
} as const
const months = {
  'insurance-payments': 'period',
  pensions: 'period',
  'housing-fund': 'lastPaidMonth',
  payroll: 'period',
} as const
const codes = {
  imprisonment: 'state',
  'insurance-payments': 'insurance',
  pensions: 'state',
  'housing-fund': 'state',
  disability: 'state',
  students: 'hardship',
  marriages: 'event',
  'return-poverty': 'category',
} as const
const amounts = {
  'insurance-payments': 'baseFen',
  pensions: 'amountFen',
  'housing-fund': 'baseFen',
  payroll: 'netFen',
  'hospital-bills': 'inScopeFen',
  disasters: 'paidFen',
} as const

/** Every row twice, the copy right after the original. */
const rowsTwice: Breaker = (sample) => {
  const grid = sample.grid()
  const data = grid.slice(sample.first, sample.first + sample.count)
  const doubled = data.flatMap((cells) => [cells, cells])
  grid.splice(sample.first, sample.count, ...doubled)
  return {
    bytes: sample.write(grid),
    expect: {
      outcome: 'read',
      accepted: sample.count,
      rejected: { 'duplicate-row': sample.count },
      quarantine: 'too-many-rejects',
    },
  }
}

/** Ways to spoil rows, by name, with the kinds they fit. */
export const rowBreakers = {
  'numbers-mistyped': spoiledNumber('number-mistyped', 5, 'number-checksum'),
  'numbers-masked': spoiledNumber('number-masked', 4, 'number-masked'),
  'numbers-scientific': spoiledNumber('number-scientific', 6, 'number-scientific'),
  'numbers-cut-short': spoiledNumber('number-short', 3, 'number-length'),
  'numbers-of-no-day': spoiledNumber('number-of-no-day', 3, 'number-date'),
  'numbers-as-numbers': inColumn('number', 6, 'number-scientific', (sample, row) => ({
    number: numberAt(sample, row).replace('X', '0'),
  })),
  'required-cells-empty': inColumn(
    { ...days, ...months, disability: 'state', students: 'hardship' },
    3,
    'required-missing',
    () => '',
  ),
  'days-in-words': inColumn(days, 4, 'date-unreadable', () => '待核实'),
  'months-in-words': inColumn(months, 3, 'month-unreadable', () => '上个月'),
  'months-without-zero': inColumn(months, 3, 'month-ambiguous', () => '2026.1'),
  'codes-unknown': inColumn(codes, 3, 'code-unknown', () => '情况不明'),
  'amounts-in-words': inColumn(amounts, 3, 'money-unreadable', () => '约三百'),
  'amounts-finer-than-fen': inColumn(amounts, 2, 'money-fraction', () => '12.34567'),
  'formula-errors': inColumn(amounts, 3, 'cell-error', () => ({ error: '#REF!' })),
  'text-too-long': inColumn({ students: 'school', marriages: 'certificate' }, 2, 'text-too-long', () =>
    '长'.repeat(600),
  ),
  'rows-twice': rowsTwice,
} as const satisfies Readonly<Record<string, Breaker>>
