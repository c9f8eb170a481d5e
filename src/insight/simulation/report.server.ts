import { addMonths, type BusinessDate, monthOf } from '#base'
import { missingText, type PackInForce, type Programme, plainValueText } from '#policy'
import type { CheckedPack } from '#rulebook/server'
import { assumptionTexts, isTakenAsUsual } from './assumptions.ts'
import type { Figures } from './compute.server.ts'
import {
  assumptionIds,
  type CountyResult,
  type SimulationExample,
  type SimulationQuestion,
  type SimulationResult,
} from './contract.ts'
import { sidesOn } from './plan.ts'
import type { ReadyQuestion } from './question.server.ts'
import { behind, rulesOf } from './slice.ts'
import type { Snapshot } from './snapshot.queries.server.ts'
import { bandEnds, type Tally } from './tally.queries.server.ts'

type Names = (code: string) => { readonly code: string; readonly name: string }

export const packView = ({ pack, hash }: CheckedPack) => ({
  id: pack.head.id,
  title: pack.head.title,
  version: pack.head.version,
  hash,
})

export const programmeView = ({ id, name, amount }: Programme) => ({
  id,
  name,
  per: amount?.per ?? ('none' as const),
})

/** Every place that a report names. */
export const placesIn = ({ question }: ReadyQuestion, { tally }: Figures): readonly string[] => [
  question.region,
  ...question.changes.flatMap(({ region }) => region ?? []),
  ...tally.counties.map(({ county }) => county),
  ...[...tally.winners, ...tally.losers].map(({ place }) => place),
]

/** The figures with what they are called: the report. Whoever reads it is not looked at yet. */
export const reportOf = (
  names: Names,
  ready: ReadyQuestion,
  snapshot: Snapshot,
  figures: Figures,
): SimulationResult => {
  const { question, checked } = ready
  const { slice, tally } = figures
  const total = (of: (row: Tally['counties'][number]) => number): number =>
    tally.counties.reduce((sum, row) => sum + of(row), 0)
  return {
    question,
    region: names(question.region),
    pack: packView(checked),
    snapshot,
    changes: changesSaid(ready, names),
    assumptions: assumptionIds.map((id) => ({
      id,
      ...assumptionTexts[id],
      isOn: question.assumptions.includes(id),
    })),
    programmes: slice.reached.map((programme, at) => ({
      programme: programme.id,
      name: programme.name,
      entity: programme.entity === 'member' ? ('member' as const) : ('household' as const),
      ...(slice.counted === 'monthly' ? {} : paidOf(ready, programme)),
      ...(tally.programmes[at] as Tally['programmes'][number]),
    })),
    untouched: slice.untouched.map(programmeView),
    effects: {
      gains: total(({ gains }) => gains),
      loses: total(({ loses }) => loses),
      unchanged: total(({ unchanged }) => unchanged),
      unknown: total(({ unknown }) => unknown),
    },
    monthlyBeforeFen: total(({ beforeFen }) => beforeFen),
    monthlyAfterFen: total(({ afterFen }) => afterFen),
    ...(tally.year ? { yearly: tally.year } : {}),
    ...(tally.once ? { once: tally.once } : {}),
    counties: tally.counties.map((row) => countyOf(row, tally, names)),
    months: tally.months.map((row, at) => ({
      month: monthOf(addMonths(question.on as BusinessDate, at)),
      ...row,
    })),
    bands: tally.bands.map((households, at) => ({
      fromFen: bandEnds[at - 1] ?? null,
      untilFen: bandEnds[at] ?? null,
      households,
    })),
    winners: examplesOf(tally.winners, names),
    losers: examplesOf(tally.losers, names),
    missing: [...figures.missing]
      .toSorted(([a, first], [b, second]) => second - first || (a < b ? -1 : 1))
      .map(([name, households]) => ({ name, label: labelOf(checked, name), households })),
  }
}

/** How often a programme pays, and what its rare money rests on that nobody has recorded. */
const paidOf = ({ question, packs }: ReadyQuestion, programme: Programme) => {
  const { per } = programmeView(programme)
  if (per === 'month' || per === 'none') return { per }
  const pack = packs.after
  const read = [packs.before, pack].flatMap((one) => [...behind(one, rulesOf(programme)).facts])
  const facts = [...new Set(read)].flatMap((fact) => {
    const [entity = '', name = ''] = fact.split('.')
    const label = pack.facts[entity]?.[name]?.label
    return label && isTakenAsUsual(pack, entity, name) ? [label] : []
  })
  return { per, restsOn: question.assumptions.includes('othersAsUsual') ? facts : [] }
}

const countyOf = (row: Tally['counties'][number], { year, once }: Tally, names: Names): CountyResult => {
  const { county, households, gains, loses, unknown, beforeFen, afterFen } = row
  return {
    place: names(county),
    ...{ households, gains, loses, unknown, beforeFen, afterFen },
    ...(year ? { yearly: { beforeFen: row.beforeYearFen, afterFen: row.afterYearFen } } : {}),
    ...(once ? { once: { beforeFen: row.beforeOnceFen, afterFen: row.afterOnceFen } } : {}),
    isHidden: false,
  }
}

const labelOf = ({ pack }: CheckedPack, name: string) => ({
  zh: missingText(pack, name, 'zh-CN'),
  en: missingText(pack, name, 'en'),
})

const examplesOf = (rows: Tally['winners'], names: Names): SimulationExample[] =>
  rows.map(({ place, ...row }) => ({ ...row, place: names(place) }))

/** A value of a parameter in force in both languages; null where the sources leave it open. */
export const valueSaid = (force: PackInForce, name: string) => {
  const entry = force.pack.parameters[name]
  const value = force.parameters.get(name)?.value
  if (!entry || value === undefined || value === null || (typeof value === 'object' && 'missing' in value))
    return null
  const form = { unit: entry.unit, labels: entry.options }
  const plain = value as SimulationQuestion['changes'][number]['value']
  return {
    value: plain,
    text: { zh: plainValueText(plain, form, 'zh-CN'), en: plainValueText(plain, form, 'en') },
  }
}

const changesSaid = (
  { question, checked, packs }: ReadyQuestion,
  names: Names,
): SimulationResult['changes'] => [
  ...question.changes.map((change) => {
    const where = change.region ?? question.region
    const { before, after } = sidesOn(packs, [change], question.on as BusinessDate, where)
    return {
      label: checked.pack.parameters[change.parameter]?.label ?? {
        zh: change.parameter,
        en: change.parameter,
      },
      place: change.region === null ? null : names(change.region),
      before: valueSaid(before, change.parameter)?.text ?? null,
      after: valueSaid(after, change.parameter)?.text ?? { zh: '', en: '' },
    }
  }),
  ...question.rules.map(({ rule, value }) => {
    const known = checked.pack.definitions.get(rule)
    return {
      label: known?.name ?? { zh: rule, en: rule },
      place: null,
      before: known ? { zh: known.value, en: known.value } : null,
      after: { zh: value, en: value },
    }
  }),
]

// Nobody may be told from a figure for a few.
const fewest = 10

/** The report as a reader may see it: who may not open households gets no examples, and no figures of a few. */
export const shownTo = (result: SimulationResult, mayOpenHouseholds: boolean): SimulationResult => {
  if (mayOpenHouseholds) return result
  const left = leftOut(result.counties)
  const counties = result.counties.map((county) => (left.has(county) ? hidden(county) : county))
  return { ...result, winners: [], losers: [], counties }
}

/**
 * The places whose figures are left out: those of a few, and with them the next smallest ones, until what the totals less the
 * shown places give is a sum of two places at least and of no few households.
 */
const leftOut = (counties: readonly CountyResult[]): ReadonlySet<CountyResult> => {
  const bySize = counties.toSorted(
    (a, b) => (a.households ?? 0) - (b.households ?? 0) || (a.place.code < b.place.code ? -1 : 1),
  )
  const left = new Set<CountyResult>()
  let households = 0
  for (const county of bySize) {
    const own = county.households ?? 0
    const isOfFew = own < fewest
    const isComputable = left.size > 0 && (left.size < 2 || households < fewest)
    if (!isOfFew && !isComputable) break
    left.add(county)
    households += own
  }
  return left
}

const hidden = ({ place, yearly, once }: CountyResult): CountyResult => ({
  place,
  households: null,
  gains: null,
  loses: null,
  unknown: null,
  beforeFen: null,
  afterFen: null,
  ...(yearly === undefined ? {} : { yearly: null }),
  ...(once === undefined ? {} : { once: null }),
  isHidden: true,
})
