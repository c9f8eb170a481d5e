import { useMemo } from 'react'
import { listFrom, minuteText } from '#access/web'
import { feedDefinition, feedKinds } from '#exchange'
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
import { type LeadLine, listLeadsRoute } from './contract.ts'
import { leadTexts } from './texts.ts'

/** People outside the registry whom department data know. */
export const LeadListPage = () => {
  const { t } = useTexts(leadTexts)
  const { feedName } = useLabels()
  const fields = useMemo<readonly FilterField[]>(
    () => [
      { id: 'closed', label: t('filter.closed'), kind: 'check' },
      {
        id: 'kind',
        label: t('filter.kind'),
        kind: 'select',
        options: feedKinds
          .filter((kind) => feedDefinition(kind).opensLeads)
          .map((value) => ({ value, label: feedName(value) })),
      },
    ],
    [t, feedName],
  )
  const filters = useFilters(fields)
  const list = useKeysetList<LeadLine>({ ...listFrom(listLeadsRoute), query: filters.values })
  const isFiltered = Object.values(filters.values).some(Boolean)
  return (
    <Page title={t('title')} lead={t('lead')} help={<p>{t('help')}</p>}>
      <FilterBar fields={fields} filters={filters} />
      <DataTable
        {...list}
        caption={t('caption')}
        columns={useLeadColumns()}
        rowKey={(lead) => lead.id}
        rowLabel={(lead) => lead.name ?? t('noName')}
        hrefOf={(lead) => `/leads/${lead.id}`}
        empty={
          <EmptyState icon="flag" title={t(isFiltered ? 'none.filtered' : 'none.title')}>
            {!isFiltered && t('none.body')}
          </EmptyState>
        }
      />
    </Page>
  )
}

const useLeadColumns = (): readonly Column<LeadLine>[] => {
  const { t } = useTexts(leadTexts)
  const { label, feedName, join } = useLabels()
  return [
    {
      id: 'name',
      title: t('column.name'),
      isMain: true,
      width: '8em',
      cell: (lead) => lead.name ?? t('noName'),
    },
    {
      id: 'born',
      title: t('column.born'),
      cell: (lead) =>
        lead.birthDate === null ? null : (
          <span className="dd-figures">
            {lead.birthDate}
            {lead.age !== null && <span className="dd-quiet"> {t('age', { age: String(lead.age) })}</span>}
          </span>
        ),
    },
    {
      id: 'number',
      title: t('column.number'),
      showFrom: 'wide',
      cell: (lead) =>
        lead.number === null ? <span className="dd-quiet">{t('noNumber')}</span> : <code>{lead.number}</code>,
    },
    { id: 'kinds', title: t('column.kinds'), cell: (lead) => join(lead.feedKinds.map(feedName)) },
    { id: 'place', title: t('column.place'), cell: (lead) => lead.place },
    {
      id: 'seen',
      title: t('column.seen'),
      showFrom: 'wide',
      cell: (lead) => <span className="dd-figures">{minuteText(lead.firstSeenAt)}</span>,
    },
    {
      id: 'status',
      title: t('column.status'),
      onCard: 'head',
      cell: (lead) => (
        <StatusTag tone={lead.status === 'open' ? 'orange' : 'neutral'}>
          {label('leadStatus', lead.status)}
        </StatusTag>
      ),
    },
  ]
}
