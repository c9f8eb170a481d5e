import { useMemo } from 'react'
import { listFrom, minuteText } from '#access/web'
import { feedKinds } from '#exchange'
import type { FilterField } from '#ui'
import {
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  Page,
  StatusTag,
  useFilters,
  useKeysetList,
  useTexts,
} from '#ui/web'
import { useLabels } from '../labels/labels.web.ts'
import { type CaseLine, listAdjudications } from './contract.ts'
import { adjudicationTexts } from './texts.ts'

/** The queue of rows that a person decides about, or what was decided. */
export const AdjudicationListPage = () => {
  const { t } = useTexts(adjudicationTexts)
  const { feedName } = useLabels()
  const fields = useMemo<readonly FilterField[]>(
    () => [
      { id: 'decided', label: t('filter.decided'), kind: 'check' },
      {
        id: 'kind',
        label: t('filter.kind'),
        kind: 'select',
        options: feedKinds.map((value) => ({ value, label: feedName(value) })),
      },
    ],
    [t, feedName],
  )
  const filters = useFilters(fields)
  const list = useKeysetList<CaseLine>({ ...listFrom(listAdjudications), query: filters.values })
  const isFiltered = Object.values(filters.values).some(Boolean)
  const columns = useCaseColumns(filters.values.decided !== undefined)
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      help={
        <>
          <p>{t('help.how')}</p>
          <p>{t('help.undo')}</p>
        </>
      }
    >
      <FilterBar fields={fields} filters={filters} />
      <DataTable
        {...list}
        caption={t('caption')}
        columns={columns}
        rowKey={(one) => one.id}
        rowLabel={(one) => `${one.name ?? t('noName')} ${feedName(one.feedKind)}`}
        hrefOf={(one) => `/adjudications/${one.id}`}
        empty={
          <EmptyState icon="check" title={t(isFiltered ? 'none.filtered' : 'none.title')}>
            {!isFiltered && t('none.body')}
          </EmptyState>
        }
      />
    </Page>
  )
}

const useCaseColumns = (isDecided: boolean): readonly Column<CaseLine>[] => {
  const { t } = useTexts(adjudicationTexts)
  const { label, feedName } = useLabels()
  const time = (text: string | null) => text && <span className="dd-figures">{minuteText(text)}</span>
  const outcome: readonly Column<CaseLine>[] = [
    {
      id: 'status',
      title: t('column.status'),
      onCard: 'head',
      cell: (one) => <StatusTag tone="good">{label('caseStatus', one.status)}</StatusTag>,
    },
    { id: 'decided', title: t('column.decided'), cell: (one) => one.decidedBy },
  ]
  return [
    {
      id: 'name',
      title: t('column.name'),
      isMain: true,
      width: '9em',
      cell: (one) => one.name ?? t('noName'),
    },
    { id: 'kind', title: t('column.kind'), cell: (one) => feedName(one.feedKind) },
    { id: 'place', title: t('column.place'), cell: (one) => one.place },
    { id: 'candidates', title: t('column.candidates'), align: 'end', cell: (one) => one.candidates },
    {
      id: 'score',
      title: t('column.score'),
      align: 'end',
      cell: (one) => one.bestScore ?? t('numberAgrees'),
    },
    ...(isDecided ? outcome : []),
    { id: 'asked', title: t('column.asked'), showFrom: 'wide', cell: (one) => time(one.createdAt) },
  ]
}
