import { type ChartMark, type Column, DataTable, EmptyState, LineChart, Section, useTexts } from '#ui/web'
import type { Cliff, CliffChart, CliffPoint, TypicalHousehold } from './contract.ts'
import { listedPoints, shortYuan, yuan } from './figures.ts'
import { CsvButton, usePick } from './parts.web.tsx'
import { cliffCsv } from './report-csv.ts'
import { simulationTexts } from './texts.ts'

interface CliffViewProps {
  readonly chart: CliffChart
  readonly typical: TypicalHousehold
  /** What a programme is called. */
  readonly programmeName: (id: string) => string
  readonly name: string
}

const netAt = (points: readonly CliffPoint[], side: 'before' | 'after', income: number): number | null =>
  points.find(({ incomeFen }) => incomeFen === income)?.[side].netFen ?? null

const marksOf = (points: readonly CliffPoint[], cliffs: readonly Cliff[], side: 'before' | 'after') =>
  cliffs.flatMap(({ fromIncomeFen }, index): ChartMark[] => {
    const y = netAt(points, side, fromIncomeFen)
    return y === null ? [] : [{ x: fromIncomeFen, y, text: markOf(side, index) }]
  })

// Before: a, b, c; after: 1, 2, 3. The words under the chart use the same.
const markOf = (side: 'before' | 'after', index: number): string =>
  side === 'after' ? String(index + 1) : String.fromCharCode(97 + (index % 26))

/** The curve of a household before and after, its cliffs marked and said in words, and the same as a table. */
export const CliffView = ({ chart, typical, programmeName, name }: CliffViewProps) => {
  const { t } = useTexts(simulationTexts)
  const pick = usePick()
  const { points, cliffs, missing } = chart
  const lineOf = (side: 'before' | 'after') =>
    points.map(({ incomeFen, [side]: { netFen } }) => ({ x: incomeFen, y: netFen }))
  const grade = typical.disabilityGrade
  return (
    <div className="simulation-cliff">
      <p>
        {t('cliff.who', {
          residence: t(`cliff.${typical.residence}`),
          adults: typical.adults,
          children: typical.children,
          disability: grade === 'none' ? t('cliff.noDisability') : t('cliff.grade', { grade }),
        })}
      </p>
      {points.length === 0 ? (
        <EmptyState icon="chart" />
      ) : (
        <LineChart
          label={t('cliff.chart', {
            upTo: shortYuan(typical.upToFen),
            before: cliffs.before.length,
            after: cliffs.after.length,
          })}
          xTitle={t('cliff.xTitle')}
          yTitle={t('cliff.yTitle')}
          xText={shortYuan}
          yText={shortYuan}
          startsAtZero
          marks={[...marksOf(points, cliffs.before, 'before'), ...marksOf(points, cliffs.after, 'after')]}
          lines={[
            { id: 'before', label: t('cliff.lineBefore'), isDashed: true, points: lineOf('before') },
            { id: 'after', label: t('cliff.lineAfter'), points: lineOf('after') },
          ]}
        />
      )}
      {missing.length > 0 && (
        <p>{t('cliff.missing', { list: missing.map((one) => pick(one)).join(t('joiner')) })}</p>
      )}
      <div className="simulation-falls">
        <Falls side="before" cliffs={cliffs.before} programmeName={programmeName} />
        <Falls side="after" cliffs={cliffs.after} programmeName={programmeName} />
      </div>
      <CliffTable chart={chart} name={name} />
    </div>
  )
}

const Falls = (props: {
  readonly side: 'before' | 'after'
  readonly cliffs: readonly Cliff[]
  readonly programmeName: (id: string) => string
}) => {
  const { side, cliffs, programmeName } = props
  const { t } = useTexts(simulationTexts)
  return (
    <div>
      <h3>{t(side === 'before' ? 'cliff.cliffsBefore' : 'cliff.cliffsAfter')}</h3>
      {cliffs.length === 0 ? (
        <p>{t('cliff.noCliffs')}</p>
      ) : (
        <ul className="simulation-marked">
          {cliffs.map(({ fromIncomeFen, toIncomeFen, fallFen, programmes }, index) => (
            <li key={fromIncomeFen}>
              <span className="simulation-mark" aria-hidden="true">
                {markOf(side, index)}
              </span>
              <span>
                {t('cliff.fall', {
                  from: shortYuan(fromIncomeFen),
                  to: shortYuan(toIncomeFen),
                  fall: shortYuan(fallFen),
                  programmes: programmes.map(programmeName).join(t('joiner')) || t('cliff.programmeless'),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

const CliffTable = ({ chart, name }: { readonly chart: CliffChart; readonly name: string }) => {
  const { t } = useTexts(simulationTexts)
  const { nth, points } = listedPoints(chart.points, [...chart.cliffs.before, ...chart.cliffs.after])
  const money = (value: number | null) => (value === null ? t('cliff.unknown') : yuan(value))
  const end = { align: 'end' } as const
  const columns: readonly Column<CliffPoint>[] = [
    { id: 'income', title: t('cliff.income'), isMain: true, cell: ({ incomeFen }) => yuan(incomeFen) },
    ...(['before', 'after'] as const).flatMap((side) => [
      {
        id: `benefit-${side}`,
        title: t(side === 'before' ? 'cliff.benefitBefore' : 'cliff.benefitAfter'),
        ...end,
        cell: (point: CliffPoint) => money(point[side].benefitFen),
      },
      {
        id: `net-${side}`,
        title: t(side === 'before' ? 'cliff.netBefore' : 'cliff.netAfter'),
        ...end,
        cell: (point: CliffPoint) => money(point[side].netFen),
      },
    ]),
  ]
  return (
    <details className="simulation-details">
      <summary>{t('cliff.table')}</summary>
      <p className="dd-page-actions">
        <CsvButton title={t('cliff.caption')} of={name} text={() => cliffCsv(t, chart)} />
      </p>
      {nth > 1 && <p className="dd-quiet">{t('cliff.sampled', { nth })}</p>}
      <DataTable
        caption={t('cliff.caption')}
        columns={columns}
        rows={points}
        rowKey={({ incomeFen }) => String(incomeFen)}
        rowLabel={({ incomeFen }) => yuan(incomeFen)}
      />
    </details>
  )
}

/** The curve of a saved report. */
export const SavedCliff = (props: CliffViewProps) => {
  const { t } = useTexts(simulationTexts)
  return (
    <Section title={t('cliff.title')}>
      <p className="dd-quiet">{t('cliff.lead')}</p>
      <CliffView {...props} />
    </Section>
  )
}
