import { Link } from 'react-router'
import { listFrom, minuteText } from '#access/web'
import { type Column, DataTable, EmptyState, Page, useKeysetList, usePermission, useTexts } from '#ui/web'
import { PolicyTabs } from '../library/parts.web.tsx'
import { listTrials, type TrialRow } from './contract.ts'
import { tryTexts } from './texts.ts'
import './try.css'

/** Saved trials, and the way to a new one. */
export const TrialListPage = () => {
  const { t } = useTexts(tryTexts)
  const list = useKeysetList<TrialRow>(listFrom(listTrials))
  const mayTry = usePermission('rule.try')
  const columns = useTrialColumns()
  const start = mayTry && (
    <Link className="dd-link-button dd-link-primary" to="/trials/new">
      {t('list.new')}
    </Link>
  )
  return (
    <Page
      title={t('title')}
      lead={t('list.lead')}
      actions={start}
      help={
        <>
          <p>{t('help.how')}</p>
          <p>{t('help.save')}</p>
          <p>{t('help.who')}</p>
        </>
      }
    >
      <PolicyTabs />
      <DataTable
        {...list}
        caption={t('list.caption')}
        columns={columns}
        rowKey={({ id }) => id}
        rowLabel={({ on, place }) => t('list.row', { date: on, place })}
        hrefOf={({ id }) => `/trials/${id}`}
        empty={
          <EmptyState icon="book" title={t('list.empty')}>
            {t('list.emptyBody')}
          </EmptyState>
        }
      />
    </Page>
  )
}

const useTrialColumns = (): readonly Column<TrialRow>[] => {
  const { t } = useTexts(tryTexts)
  return [
    { id: 'on', title: t('list.on'), isMain: true, width: '8em', cell: ({ on }) => on },
    { id: 'place', title: t('list.place'), cell: ({ place }) => place },
    {
      id: 'eligible',
      title: t('list.eligible'),
      cell: ({ eligible }) => (eligible.length ? eligible.join(t('reasons.joiner')) : t('list.none')),
    },
    { id: 'counts', title: t('list.outcome'), cell: ({ counts }) => t('list.counts', counts) },
    { id: 'note', title: t('list.note'), cell: ({ note }) => note ?? '' },
    {
      id: 'saved',
      title: t('list.saved'),
      cell: ({ savedBy, savedAt }) => t('list.by', { name: savedBy, at: minuteText(savedAt) }),
    },
  ]
}
