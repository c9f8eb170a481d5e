import { countText } from '#ui'
import {
  BarChart,
  type Column,
  DataTable,
  EmptyState,
  LineChart,
  Section,
  usePermission,
  useTexts,
} from '#ui/web'
import type { CountyResult, ProgrammeResult, SimulationExample, SimulationResult } from './contract.ts'
import { bandText, costOf, shortYuan, signedYuan, yuan } from './figures.ts'
import { TableTwin, usePick } from './parts.web.tsx'
import { ReportCsv } from './report.web.tsx'
import { simulationTexts } from './texts.ts'

interface TableProps {
  readonly result: SimulationResult
  readonly name: string
}

/** Every programme that the change reaches: who is in and out, who gets more or less, what it costs. */
export const ProgrammesSection = ({ result, name }: TableProps) => {
  const { t } = useTexts(simulationTexts)
  const pick = usePick()
  const { programmes, untouched } = result
  return (
    <Section
      title={t('programmes.title')}
      actions={programmes.length > 0 && <ReportCsv result={result} name={name} id="programmes" />}
    >
      <DataTable
        caption={t('programmes.caption')}
        columns={useProgrammeColumns()}
        rows={programmes}
        rowKey={({ programme }) => programme}
        rowLabel={(row) => pick(row.name)}
        empty={
          <EmptyState icon="chart" title={t('programmes.none')}>
            {t('programmes.noneBody')}
          </EmptyState>
        }
      />
      {untouched.length > 0 && (
        <p className="dd-quiet">
          {t('programmes.untouched', {
            list: untouched.map((one) => pick(one.name)).join(t('joiner')),
          })}
        </p>
      )}
      {programmes.map(
        ({ programme, name: called, restsOn = [] }) =>
          restsOn.length > 0 && (
            <p className="dd-quiet" key={programme}>
              {t('programmes.restsOn', {
                name: pick(called),
                list: restsOn.map(pick).join(t('joiner')),
              })}
            </p>
          ),
      )}
    </Section>
  )
}

const useProgrammeColumns = (): readonly Column<ProgrammeResult>[] => {
  const { t } = useTexts(simulationTexts)
  const pick = usePick()
  const people = (households: number, persons: number) => t('programmes.people', { households, persons })
  const moved = (households: number, persons: number) =>
    households === 0 ? '0' : t('programmes.both', { households, persons })
  const end = { align: 'end' } as const
  return [
    { id: 'name', title: t('programmes.name'), isMain: true, cell: ({ name }) => pick(name) },
    {
      id: 'before',
      title: t('programmes.before'),
      ...end,
      cell: ({ before }) => people(before.households, before.persons),
    },
    {
      id: 'after',
      title: t('programmes.after'),
      ...end,
      cell: ({ after }) => people(after.households, after.persons),
    },
    {
      id: 'entered',
      title: t('programmes.entered'),
      ...end,
      cell: ({ entered, personsEntered }) => moved(entered, personsEntered),
    },
    {
      id: 'left',
      title: t('programmes.left'),
      ...end,
      cell: ({ left, personsLeft }) => moved(left, personsLeft),
    },
    ...(['gained', 'lost', 'unchanged', 'unknown'] as const).map((id) => ({
      id,
      title: t(`programmes.${id}`),
      ...end,
      cell: (row: ProgrammeResult) => countText(row[id]),
    })),
    {
      id: 'cost',
      title: t('programmes.cost'),
      ...end,
      cell: (row) => {
        const { per, beforeFen, afterFen } = costOf(row)
        return (
          <span className="simulation-cost">
            {t(`programmes.costOf.${per}`, { before: yuan(beforeFen), after: yuan(afterFen) })}
          </span>
        )
      },
    },
  ]
}

const differenceOf = ({ beforeFen, afterFen }: CountyResult): number | undefined =>
  beforeFen === null || afterFen === null ? undefined : afterFen - beforeFen

// More bars than this say no more than the table.
const mostBars = 30

/** What each place below pays more or less. */
export const CountiesSection = ({ result, name }: TableProps) => {
  const { t } = useTexts(simulationTexts)
  const { counties } = result
  const columns = useCountyColumns(result)
  const bars = counties.flatMap((county) => {
    const value = differenceOf(county)
    const text = value === undefined ? '' : t('yuan', { amount: signedYuan(value) })
    return value === undefined ? [] : [{ id: county.place.code, label: county.place.name, value, text }]
  })
  return (
    <Section title={t('counties.title')} actions={<ReportCsv result={result} name={name} id="counties" />}>
      {bars.length > 1 && bars.length <= mostBars && (
        <BarChart
          bars={bars}
          label={t('counties.chart', {
            list: bars.map(({ label, text }) => `${label} ${text}`).join(t('joiner')),
          })}
        />
      )}
      <DataTable
        caption={t('counties.caption')}
        columns={columns}
        rows={counties}
        rowKey={({ place }) => place.code}
        rowLabel={({ place }) => place.name}
      />
    </Section>
  )
}

const useCountyColumns = (result: SimulationResult): readonly Column<CountyResult>[] => {
  const { t } = useTexts(simulationTexts)
  const end = { align: 'end' } as const
  const count = (value: number | null) => (value === null ? '—' : countText(value))
  const money = (value: number | null | undefined) => (value == null ? '—' : yuan(value))
  return [
    { id: 'place', title: t('counties.place'), isMain: true, cell: ({ place }) => place.name },
    {
      id: 'households',
      title: t('counties.households'),
      ...end,
      cell: ({ households, isHidden }) => (isHidden ? t('counties.hidden') : count(households)),
    },
    ...(['gains', 'loses', 'unknown'] as const).map((id) => ({
      id,
      title: t(`counties.${id}`),
      ...end,
      cell: (row: CountyResult) => count(row[id]),
    })),
    { id: 'before', title: t('counties.before'), ...end, cell: ({ beforeFen }) => money(beforeFen) },
    { id: 'after', title: t('counties.after'), ...end, cell: ({ afterFen }) => money(afterFen) },
    {
      id: 'difference',
      title: t('counties.difference'),
      ...end,
      cell: (row) => {
        const value = differenceOf(row)
        return value === undefined ? '—' : signedYuan(value)
      },
    },
    ...(['yearly', 'once'] as const)
      .filter((kind) => result[kind])
      .map((kind) => ({
        id: kind,
        title: t(`counties.${kind}`),
        ...end,
        cell: ({ [kind]: rare }: CountyResult) => (rare ? signedYuan(rare.afterFen - rare.beforeFen) : '—'),
      })),
  ]
}

type MonthResult = SimulationResult['months'][number]

/** What each month costs, as lines and as a table. */
export const MonthsSection = ({ result, name }: TableProps) => {
  const { t } = useTexts(simulationTexts)
  const { months } = result
  const columns = useMonthColumns()
  const [first, last] = [months[0], months.at(-1)]
  const lineOf = (key: 'beforeFen' | 'afterFen') => months.map((month, x) => ({ x, y: month[key] }))
  return (
    <Section title={t('months.title')} actions={<ReportCsv result={result} name={name} id="months" />}>
      {first && last && months.length > 1 && (
        <LineChart
          label={t('months.chart', {
            beforeFirst: yuan(first.beforeFen),
            beforeLast: yuan(last.beforeFen),
            afterFirst: yuan(first.afterFen),
            afterLast: yuan(last.afterFen),
          })}
          xTitle={t('months.month')}
          yTitle={t('months.yTitle')}
          xTicks={months.map((_, x) => x)}
          xText={(x) => months[x]?.month ?? ''}
          yText={shortYuan}
          lines={[
            { id: 'before', label: t('months.lineBefore'), isDashed: true, points: lineOf('beforeFen') },
            { id: 'after', label: t('months.lineAfter'), points: lineOf('afterFen') },
          ]}
        />
      )}
      <TableTwin>
        <DataTable
          caption={t('months.caption')}
          columns={columns}
          rows={months}
          rowKey={({ month }) => month}
          rowLabel={({ month }) => month}
        />
      </TableTwin>
    </Section>
  )
}

const useMonthColumns = (): readonly Column<MonthResult>[] => {
  const { t } = useTexts(simulationTexts)
  const end = { align: 'end' } as const
  return [
    { id: 'month', title: t('months.month'), isMain: true, cell: ({ month }) => month },
    { id: 'before', title: t('months.before'), ...end, cell: ({ beforeFen }) => yuan(beforeFen) },
    { id: 'after', title: t('months.after'), ...end, cell: ({ afterFen }) => yuan(afterFen) },
    {
      id: 'difference',
      title: t('months.difference'),
      ...end,
      cell: ({ beforeFen, afterFen }) => signedYuan(afterFen - beforeFen),
    },
    { id: 'unknown', title: t('months.unknown'), ...end, cell: ({ unknown }) => countText(unknown) },
  ]
}

type Band = SimulationResult['bands'][number]

/** How many households gain and lose how much. */
export const BandsSection = ({ result, name }: TableProps) => {
  const { t } = useTexts(simulationTexts)
  const { bands, effects } = result
  // Those whose money stays would dwarf all others; the table has them.
  const moved = bands.filter(({ fromFen, untilFen }) => fromFen !== 0 || untilFen !== 1)
  const bars = moved.map((band) => ({
    id: `${band.fromFen} ${band.untilFen}`,
    label: bandText(t, band),
    value: band.households,
    text: t('bands.bar', { count: band.households }),
  }))
  const columns: readonly Column<Band>[] = [
    { id: 'band', title: t('bands.band'), isMain: true, cell: (band) => bandText(t, band) },
    {
      id: 'households',
      title: t('bands.households'),
      align: 'end',
      width: '10em',
      cell: ({ households }) => countText(households),
    },
  ]
  return (
    <Section title={t('bands.title')} actions={<ReportCsv result={result} name={name} id="bands" />}>
      {effects.gains + effects.loses === 0 ? (
        <p>{t('bands.none')}</p>
      ) : (
        <BarChart
          bars={bars}
          label={t('bands.chart', {
            list: bars.map(({ label, text }) => `${label} ${text}`).join(t('joiner')),
          })}
        />
      )}
      <TableTwin>
        <DataTable
          caption={t('bands.caption')}
          columns={columns}
          rows={bands}
          rowKey={({ fromFen, untilFen }) => `${fromFen} ${untilFen}`}
          rowLabel={(band) => bandText(t, band)}
        />
      </TableTwin>
    </Section>
  )
}

/** Households where it changes most, each a way to its file; nothing for those who may not open files. */
export const ExamplesSection = ({ result: { winners, losers } }: TableProps) => {
  const { t } = useTexts(simulationTexts)
  const mayOpen = usePermission('household.read')
  if (winners.length + losers.length === 0 || !mayOpen) return null
  return (
    <Section title={t('examples.title')}>
      <Examples title={t('examples.winners')} rows={winners} />
      <Examples title={t('examples.losers')} rows={losers} />
    </Section>
  )
}

const Examples = (props: { readonly title: string; readonly rows: readonly SimulationExample[] }) => {
  const { title, rows } = props
  const { t } = useTexts(simulationTexts)
  const end = { align: 'end' } as const
  const columns: readonly Column<SimulationExample>[] = [
    {
      id: 'file',
      title: t('examples.household'),
      isMain: true,
      cell: ({ place, persons }) => t('examples.row', { place: place.name, count: persons }),
    },
    { id: 'before', title: t('examples.before'), ...end, cell: ({ beforeFen }) => yuan(beforeFen) },
    { id: 'after', title: t('examples.after'), ...end, cell: ({ afterFen }) => yuan(afterFen) },
    {
      id: 'difference',
      title: t('examples.difference'),
      ...end,
      cell: ({ beforeFen, afterFen }) => signedYuan(afterFen - beforeFen),
    },
  ]
  return (
    <div>
      <h3>{title}</h3>
      {rows.length === 0 ? (
        <p>{t('examples.none')}</p>
      ) : (
        <DataTable
          caption={title}
          columns={columns}
          rows={rows}
          rowKey={({ householdId }) => householdId}
          rowLabel={({ place, persons }) => t('examples.row', { place: place.name, count: persons })}
          hrefOf={({ householdId }) => `/households/${householdId}`}
        />
      )}
    </div>
  )
}
