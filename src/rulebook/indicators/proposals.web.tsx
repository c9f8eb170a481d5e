import { useMemo } from 'react'
import { listFrom } from '#access/web'
import type { FilterField } from '#ui'
import {
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  Page,
  useFilters,
  useKeysetList,
  useTexts,
} from '#ui/web'
import { PolicyTabs, usePick } from '../library/parts.web.tsx'
import { libraryTexts } from '../library/texts.ts'
import { ProposalState } from '../proposing/course.web.tsx'
import { type IndicatorProposal, listIndicatorProposals } from './contract.ts'
import { indicatorTexts } from './texts.ts'

/** Proposed versions of indicators, those that wait and those that are decided. */
export const IndicatorProposalsPage = () => {
  const { t } = useTexts(indicatorTexts)
  const { t: tLibrary } = useTexts(libraryTexts)
  const fields = useMemo<readonly FilterField[]>(
    () => [
      {
        id: 'state',
        kind: 'select',
        label: t('proposals.state'),
        emptyLabel: t('proposals.all'),
        options: [
          { value: 'open', label: t('proposals.open') },
          { value: 'decided', label: t('proposals.decided') },
        ],
      },
    ],
    [t],
  )
  const filters = useFilters(fields)
  const list = useKeysetList<IndicatorProposal>({
    ...listFrom(listIndicatorProposals),
    query: filters.values,
  })
  return (
    <Page
      title={t('proposals.title')}
      lead={t('proposals.lead')}
      breadcrumbs={[
        { label: tLibrary('title'), to: '/policies' },
        { label: t('list.title'), to: '/policies/indicators' },
        { label: t('proposals.title') },
      ]}
      help={<p>{t('list.help')}</p>}
    >
      <PolicyTabs />
      <FilterBar fields={fields} filters={filters} />
      <DataTable
        caption={t('proposals.caption')}
        columns={useColumns()}
        rowKey={({ id }) => id}
        rowLabel={({ number }) => String(number)}
        hrefOf={({ id }) => `/policies/indicator-proposals/${id}`}
        {...list}
        empty={
          <EmptyState icon="edit" title={t('proposals.empty')}>
            {t('proposals.emptyBody')}
          </EmptyState>
        }
      />
    </Page>
  )
}

const useColumns = (): readonly Column<IndicatorProposal>[] => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  return [
    { id: 'number', title: t('proposals.number'), width: '5em', align: 'end', cell: ({ number }) => number },
    { id: 'name', title: t('proposals.name'), isMain: true, cell: ({ name }) => pick(name) },
    {
      id: 'kind',
      title: t('proposals.kind'),
      cell: ({ isNew }) => t(isNew ? 'proposals.isNew' : 'proposals.isVersion'),
    },
    { id: 'from', title: t('fields.from'), cell: ({ from }) => from },
    { id: 'region', title: t('proposals.region'), cell: ({ region }) => region.name },
    { id: 'proposer', title: t('proposals.proposer'), cell: ({ proposedBy }) => proposedBy.name },
    {
      id: 'state',
      title: t('proposals.state'),
      onCard: 'head',
      cell: ({ state }) => <ProposalState state={state} />,
    },
  ]
}
