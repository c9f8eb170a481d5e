import { useMemo } from 'react'
import type { FilterField } from '#ui'
import { type Column, DataTable, EmptyState, FilterBar, Page, StatusTag, useFilters, useTexts } from '#ui/web'
import type { ParameterLine } from './contract.ts'
import { LibraryHelp } from './library.web.tsx'
import { useParameters } from './library-queries.web.ts'
import { Citation, PolicyTabs, usePick, useWhenFields } from './parts.web.tsx'
import { libraryTexts } from './texts.ts'

const anyFields: readonly FilterField[] = [
  { id: 'q', kind: 'text', label: '' },
  { id: 'on', kind: 'date', label: '' },
  { id: 'region', kind: 'text', label: '' },
  { id: 'only', kind: 'text', label: '' },
]

/** Every parameter as it holds on a day in a region. */
export const ParametersPage = () => {
  const { t } = useTexts(libraryTexts)
  const filters = useFilters(anyFields)
  const { data, error, refetch } = useParameters(filters.values)
  const when = useWhenFields(data?.places)
  const fields = useMemo<readonly FilterField[]>(
    () => [
      { id: 'q', kind: 'text', label: t('parameters.find') },
      ...when,
      {
        id: 'only',
        kind: 'select',
        label: t('parameters.only'),
        emptyLabel: t('parameters.all'),
        options: [
          { value: 'open', label: t('parameters.onlyOpen') },
          { value: 'released', label: t('parameters.onlyReleased') },
        ],
      },
    ],
    [t, when],
  )
  const { q = '', only } = filters.values
  const word = q.trim().toLowerCase()
  const rows = data?.parameters.filter(
    ({ label, name, value, isReleased }) =>
      [label.zh, label.en, name].some((text) => text.toLowerCase().includes(word)) &&
      (only !== 'open' || value === null) &&
      (only !== 'released' || isReleased),
  )
  return (
    <Page
      title={t('parameters.title')}
      lead={t('parameters.lead')}
      breadcrumbs={[{ label: t('title'), to: '/policies' }, { label: t('parameters.title') }]}
      help={<LibraryHelp />}
    >
      <PolicyTabs />
      <FilterBar fields={fields} filters={filters} />
      {data && <p className="dd-quiet">{t('asOf', { on: data.on, region: data.region.name })}</p>}
      <DataTable
        caption={t('parameters.caption')}
        columns={useColumns()}
        rows={rows}
        error={error ?? undefined}
        onRetry={() => void refetch()}
        rowKey={({ pack, name }) => `${pack} ${name}`}
        rowLabel={({ label }) => label.zh}
        hrefOf={({ name }) =>
          `/policies/parameters/${name}${data ? `?on=${data.on}&region=${data.region.code}` : ''}`
        }
        empty={
          <EmptyState icon="list" title={t('parameters.none')}>
            {t('parameters.noneBody')}
          </EmptyState>
        }
      />
    </Page>
  )
}

const useColumns = (): readonly Column<ParameterLine>[] => {
  const { t } = useTexts(libraryTexts)
  const pick = usePick()
  return [
    { id: 'name', title: t('parameters.name'), isMain: true, cell: ({ label }) => pick(label) },
    {
      id: 'value',
      title: t('parameters.value'),
      align: 'end',
      cell: ({ value }) => (value ? pick(value) : <StatusTag tone="orange">{t('open')}</StatusTag>),
    },
    { id: 'from', title: t('parameters.from'), width: '8em', cell: ({ from }) => from ?? '—' },
    { id: 'region', title: t('parameters.region'), cell: ({ region }) => region?.name ?? '—' },
    {
      id: 'source',
      title: t('parameters.source'),
      cell: ({ source, isReleased, isDemo }) => (
        <>
          {isDemo && !isReleased && <StatusTag tone="yellow">{t('demo')}</StatusTag>}
          {isReleased && <StatusTag tone="primary">{t('released')}</StatusTag>}{' '}
          {source ? <Citation citation={{ ...source, says: null, status: null }} /> : '—'}
        </>
      ),
    },
  ]
}
