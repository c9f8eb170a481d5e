import { useMemo } from 'react'
import { Link } from 'react-router'
import type { FilterField } from '#ui'
import {
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  GradeBadge,
  Page,
  StatusTag,
  useFilters,
  useTexts,
} from '#ui/web'
import { whenIn } from '../library/library-queries.web.ts'
import { PolicyTabs, usePick, useWhenFields } from '../library/parts.web.tsx'
import { libraryTexts } from '../library/texts.ts'
import type { Indicator } from './contract.ts'
import { useIndicators } from './indicator-queries.web.ts'
import { indicatorTexts } from './texts.ts'

const anyFields: readonly FilterField[] = [
  { id: 'q', kind: 'text', label: '' },
  { id: 'on', kind: 'date', label: '' },
  { id: 'region', kind: 'text', label: '' },
]

/** Every indicator as it holds on a day in a region. */
export const IndicatorsPage = () => {
  const { t } = useTexts(indicatorTexts)
  const { t: tLibrary } = useTexts(libraryTexts)
  const filters = useFilters(anyFields)
  const { data, error, refetch } = useIndicators(whenIn(filters.values))
  const when = useWhenFields(data?.places)
  const fields = useMemo<readonly FilterField[]>(
    () => [{ id: 'q', kind: 'text', label: t('list.find') }, ...when],
    [t, when],
  )
  const word = (filters.values.q ?? '').trim().toLowerCase()
  const rows = data?.indicators.filter(({ name }) =>
    [name.zh, name.en].some((text) => text.toLowerCase().includes(word)),
  )
  return (
    <Page
      title={t('list.title')}
      lead={t('list.lead')}
      breadcrumbs={[{ label: tLibrary('title'), to: '/policies' }, { label: t('list.title') }]}
      help={<p>{t('list.help')}</p>}
    >
      <PolicyTabs />
      <FilterBar fields={fields} filters={filters} />
      {data && (
        <p className="dd-quiet">
          {tLibrary('asOf', { on: data.on, region: data.region.name })}{' '}
          <Link to="/policies/indicator-proposals">{t('list.proposals')}</Link>
        </p>
      )}
      <DataTable
        caption={t('list.caption')}
        columns={useColumns()}
        rows={rows}
        error={error ?? undefined}
        onRetry={() => void refetch()}
        rowKey={({ id }) => id}
        rowLabel={({ name }) => name.zh}
        hrefOf={({ id }) => `/policies/indicators/${id}`}
        empty={
          <EmptyState icon="list" title={t('list.none')}>
            {t('list.noneBody')}
          </EmptyState>
        }
      />
    </Page>
  )
}

const useColumns = (): readonly Column<Indicator>[] => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  return [
    { id: 'name', title: t('list.name'), isMain: true, cell: ({ name }) => pick(name) },
    {
      id: 'grade',
      title: t('list.grade'),
      width: '6em',
      onCard: 'head',
      cell: ({ grade }) => <GradeBadge grade={grade} />,
    },
    { id: 'owner', title: t('list.owner'), cell: ({ owner }) => pick(owner) },
    {
      id: 'route',
      title: t('list.route'),
      showFrom: 'wide',
      cell: ({ route }) => t(`routes.r${route as 1 | 2 | 3 | 4}`),
    },
    {
      id: 'from',
      title: t('list.from'),
      width: '9em',
      cell: ({ from, inForce }) =>
        inForce ? from : <StatusTag tone="neutral">{t('list.notInForce')}</StatusTag>,
    },
    { id: 'local', title: t('list.local'), cell: ({ local }) => local?.name ?? t('list.everywhere') },
    {
      id: 'versions',
      title: t('list.versions'),
      cell: ({ versions, openProposals }) => (
        <>
          {t('list.versionCount', { count: versions })}{' '}
          {openProposals > 0 && (
            <StatusTag tone="orange">{t('list.waiting', { count: openProposals })}</StatusTag>
          )}
        </>
      ),
    },
  ]
}
