import type { ReplyOf } from '#access'
import { listFrom } from '#access/web'
import { type Column, DataTable, EmptyState, Page, StatusTag, useKeysetList, useTexts } from '#ui/web'
import { CheckButtons } from './check-buttons.web.tsx'
import { listFactsToCheck } from './contract.ts'
import { FactSource, FactText, useFactLabel } from './fact-text.web.tsx'
import { factTexts } from './texts.ts'
import './facts.css'

type Waiting = ReplyOf<typeof listFactsToCheck>['items'][number]

/** What colleagues typed in and a second person has to check. */
export const FactsToCheckPage = () => {
  const { t } = useTexts(factTexts)
  const list = useKeysetList<Waiting>(listFrom(listFactsToCheck))
  const columns = useColumns()
  const labelOf = useFactLabel()
  return (
    <Page title={t('title')} lead={t('lead')} help={<p>{t('help')}</p>}>
      <DataTable
        {...list}
        caption={t('caption')}
        columns={columns}
        rowKey={(fact) => fact.id}
        rowLabel={(fact) => `${labelOf(fact.kind)} ${fact.household.number}`}
        hrefOf={(fact) => `/households/${fact.household.id}`}
        empty={
          <EmptyState icon="check" title={t('none.title')}>
            {t('none.body')}
          </EmptyState>
        }
      />
    </Page>
  )
}

const useColumns = (): readonly Column<Waiting>[] => {
  const { t } = useTexts(factTexts)
  const labelOf = useFactLabel()
  return [
    { id: 'fact', title: t('column.fact'), isMain: true, cell: (fact) => labelOf(fact.kind) },
    {
      id: 'value',
      title: t('column.value'),
      cell: (fact) => <FactText kind={fact.kind} value={fact.value} />,
    },
    { id: 'who', title: t('column.who'), cell: (fact) => fact.personName ?? t('household') },
    {
      id: 'household',
      title: t('column.household'),
      cell: (fact) => fact.household.number,
    },
    { id: 'place', title: t('column.place'), showFrom: 'wide', cell: (fact) => fact.household.place },
    { id: 'source', title: t('column.source'), cell: (fact) => <FactSource fact={fact} /> },
    {
      id: 'action',
      title: t('column.action'),
      cell: (fact) => (fact.own ? <StatusTag>{t('own')}</StatusTag> : <CheckButtons fact={fact} />),
    },
  ]
}
