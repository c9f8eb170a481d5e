import { Link } from 'react-router'
import { listFrom, minuteText } from '#access/web'
import { PolicyTabs } from '#rulebook/web'
import { type Column, DataTable, EmptyState, Page, useKeysetList, usePermission, useTexts } from '#ui/web'
import { listSimulations, type SavedSimulationRow } from './contract.ts'
import { signedYuan } from './figures.ts'
import { SimulationHelp } from './parts.web.tsx'
import { simulationTexts } from './texts.ts'

/** Saved reports, and the way to a new one. */
export const SimulationListPage = () => {
  const { t } = useTexts(simulationTexts)
  const list = useKeysetList<SavedSimulationRow>(listFrom(listSimulations))
  const mayRun = usePermission('simulation.run')
  const columns = useColumns()
  const start = mayRun && (
    <Link className="dd-link-button dd-link-primary" to="/simulations/new">
      {t('list.new')}
    </Link>
  )
  return (
    <Page title={t('title')} lead={t('list.lead')} actions={start} help={<SimulationHelp />}>
      <PolicyTabs />
      <DataTable
        {...list}
        caption={t('list.caption')}
        columns={columns}
        rowKey={({ id }) => id}
        rowLabel={({ number }) => number}
        hrefOf={({ id }) => `/simulations/${id}`}
        empty={
          <EmptyState icon="chart" title={t('list.empty')}>
            {t(mayRun ? 'list.emptyBody' : 'list.emptyRead')}
          </EmptyState>
        }
      />
    </Page>
  )
}

const useColumns = (): readonly Column<SavedSimulationRow>[] => {
  const { t } = useTexts(simulationTexts)
  return [
    { id: 'title', title: t('list.name'), isMain: true, cell: ({ title }) => title },
    { id: 'number', title: t('list.number'), width: '10em', cell: ({ number }) => number },
    { id: 'on', title: t('list.on'), width: '7em', cell: ({ on }) => on },
    { id: 'region', title: t('list.region'), cell: ({ region }) => region.name },
    {
      id: 'difference',
      title: t('list.difference'),
      align: 'end',
      cell: ({ monthlyBeforeFen, monthlyAfterFen }) =>
        t('yuan', { amount: signedYuan(monthlyAfterFen - monthlyBeforeFen) }),
    },
    {
      id: 'saved',
      title: t('list.saved'),
      cell: ({ savedBy, savedAt }) => t('list.by', { name: savedBy, at: minuteText(savedAt) }),
    },
  ]
}
