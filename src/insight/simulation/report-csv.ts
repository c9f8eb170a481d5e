import { csvLine, csvStart } from '#base'
import type { CliffChart, SimulationResult } from './contract.ts'
import { bandText, costOf, rareRows, type Say, yuan } from './figures.ts'

type Pick = (text: { readonly zh: string; readonly en: string }) => string

/** The tables of a report that can be saved as files. */
export const tableIds = ['programmes', 'counties', 'rare', 'months', 'bands', 'missing'] as const
export type TableId = (typeof tableIds)[number]

type Cell = string | number | null
interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

// Spreadsheets add up what has no separators.
const plain = (amount: number | null): Cell => (amount === null ? null : yuan(amount).replaceAll(',', ''))

const textOf = ({ head, rows }: Table): string =>
  csvStart +
  [head, ...rows].map((row) => csvLine(row.map((cell) => (cell === null ? '' : String(cell))))).join('')

const programmesOf = (say: Say, pick: Pick, { programmes }: SimulationResult): Table => {
  const sides = [say('programmes.before'), say('programmes.after')]
  const both = (word: string) => sides.map((side) => `${word} ${side}`)
  return {
    head: [
      say('programmes.name'),
      ...both(say('counties.households')),
      ...both(say('examples.persons')),
      say('programmes.entered'),
      say('programmes.left'),
      say('programmes.gained'),
      say('programmes.lost'),
      say('programmes.unchanged'),
      say('programmes.unknown'),
      ...both(`${say('programmes.cost')} (${say('units.fen')})`),
      say('rare.kind'),
    ],
    rows: programmes.map((row) => {
      const { name, before, after, entered, left, gained, lost, unchanged, unknown } = row
      const { per, beforeFen, afterFen } = costOf(row)
      return [
        pick(name),
        before.households,
        after.households,
        before.persons,
        after.persons,
        entered,
        left,
        gained,
        lost,
        unchanged,
        unknown,
        plain(beforeFen),
        plain(afterFen),
        per === 'none' ? null : say(`programmes.costHead.${per}`),
      ]
    }),
  }
}

const rareKinds = ['yearly', 'once'] as const

const countiesOf = (say: Say, result: SimulationResult): Table => {
  const kinds = rareKinds.filter((kind) => result[kind])
  return {
    head: [
      say('counties.place'),
      say('counties.households'),
      say('counties.gains'),
      say('counties.loses'),
      say('counties.unknown'),
      say('counties.before'),
      say('counties.after'),
      ...kinds.flatMap((kind) => {
        const name = say(`rare.${kind === 'yearly' ? 'year' : 'once'}`)
        return [`${name} ${say('rare.before')}`, `${name} ${say('rare.after')}`]
      }),
    ],
    rows: result.counties.map((county) => {
      const { place, households, gains, loses, unknown, beforeFen, afterFen, isHidden } = county
      const rare = kinds.flatMap((kind) => [
        plain(county[kind]?.beforeFen ?? null),
        plain(county[kind]?.afterFen ?? null),
      ])
      return isHidden
        ? [place.name, say('counties.hidden'), null, null, null, null, null, ...rare]
        : [place.name, households, gains, loses, unknown, plain(beforeFen), plain(afterFen), ...rare]
    }),
  }
}

const rareOf = (say: Say, result: SimulationResult): Table => ({
  head: [
    say('rare.kind'),
    say('rare.before'),
    say('rare.after'),
    say('rare.gains'),
    say('rare.loses'),
    say('rare.unknown'),
  ],
  rows: rareRows(result).map(({ kind, beforeFen, afterFen, gains, loses, unknown }) => [
    say(`rare.${kind}`),
    plain(beforeFen),
    plain(afterFen),
    gains,
    loses,
    unknown,
  ]),
})

const monthsOf = (say: Say, { months }: SimulationResult): Table => ({
  head: [say('months.month'), say('months.before'), say('months.after'), say('months.unknown')],
  rows: months.map(({ month, beforeFen, afterFen, unknown }) => [
    month,
    plain(beforeFen),
    plain(afterFen),
    unknown,
  ]),
})

/** A table of a report as the text of a CSV file; a figure that is hidden or unknown is an empty cell. */
export const reportCsv = (say: Say, pick: Pick, result: SimulationResult, id: TableId): string => {
  if (id === 'programmes') return textOf(programmesOf(say, pick, result))
  if (id === 'counties') return textOf(countiesOf(say, result))
  if (id === 'rare') return textOf(rareOf(say, result))
  if (id === 'months') return textOf(monthsOf(say, result))
  if (id === 'bands')
    return textOf({
      head: [say('bands.band'), say('bands.households')],
      rows: result.bands.map((band) => [bandText(say, band), band.households]),
    })
  return textOf({
    head: [say('missing.fact'), say('missing.households')],
    rows: result.missing.map(({ label, households }) => [pick(label), households]),
  })
}

/** All points of a chart of net position as the text of a CSV file. */
export const cliffCsv = (say: Say, { points }: CliffChart): string =>
  textOf({
    head: [
      say('cliff.income'),
      say('cliff.benefitBefore'),
      say('cliff.netBefore'),
      say('cliff.benefitAfter'),
      say('cliff.netAfter'),
    ],
    rows: points.map(({ incomeFen, before, after }) => [
      plain(incomeFen),
      plain(before.benefitFen),
      plain(before.netFen),
      plain(after.benefitFen),
      plain(after.netFen),
    ]),
  })
