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
import { listProposals, type Proposal } from './contract.ts'
import { parameterTexts } from './texts.ts'

/** Changes of parameters, those that wait for a second person and those that are decided. */
export const ProposalsPage = () => {
  const { t } = useTexts(parameterTexts)
  const { t: tLibrary } = useTexts(libraryTexts)
  const fields = useFields()
  const filters = useFilters(fields)
  const list = useKeysetList<Proposal>({ ...listFrom(listProposals), query: filters.values })
  return (
    <Page
      title={t('list.title')}
      lead={t('list.lead')}
      breadcrumbs={[{ label: tLibrary('title'), to: '/policies' }, { label: t('list.title') }]}
      help={<p>{t('propose.help')}</p>}
    >
      <PolicyTabs />
      <FilterBar fields={fields} filters={filters} />
      <DataTable
        caption={t('list.caption')}
        columns={useColumns()}
        rowKey={({ id }) => id}
        rowLabel={({ number }) => String(number)}
        hrefOf={({ id }) => `/policies/proposals/${id}`}
        {...list}
        empty={
          <EmptyState icon="edit" title={t('list.empty')}>
            {t('list.emptyBody')}
          </EmptyState>
        }
      />
    </Page>
  )
}

const useFields = (): readonly FilterField[] => {
  const { t } = useTexts(parameterTexts)
  return useMemo(
    () => [
      {
        id: 'state',
        kind: 'select',
        label: t('list.state'),
        emptyLabel: t('list.all'),
        options: [
          { value: 'open', label: t('list.open') },
          { value: 'decided', label: t('list.decided') },
        ],
      },
      { id: 'parameter', kind: 'text', label: t('list.parameter'), isFurther: true },
    ],
    [t],
  )
}

const useColumns = (): readonly Column<Proposal>[] => {
  const { t } = useTexts(parameterTexts)
  const pick = usePick()
  return [
    { id: 'number', title: t('list.number'), width: '5em', align: 'end', cell: ({ number }) => number },
    { id: 'parameter', title: t('list.parameter'), isMain: true, cell: ({ label }) => pick(label) },
    { id: 'value', title: t('list.value'), align: 'end', cell: ({ value }) => pick(value) },
    { id: 'from', title: t('list.from'), cell: ({ from }) => from },
    { id: 'region', title: t('list.region'), cell: ({ region }) => region.name },
    { id: 'proposer', title: t('list.proposer'), cell: ({ proposedBy }) => proposedBy.name },
    {
      id: 'state',
      title: t('list.state'),
      onCard: 'head',
      cell: ({ state }) => <ProposalState state={state} />,
    },
  ]
}
