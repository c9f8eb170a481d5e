import { Link } from 'react-router'
import { HomeNumbers, TodoList } from '#monitoring/web'
import { AwaitedCalendar } from '#rulebook/web'
import { EmptyState, Page, usePermission, useTexts } from '#ui/web'
import { consoleTexts } from '../texts.ts'
import { Places } from './places.web.tsx'
import './home.css'

/** What is to do: the numbers of the reader's office, its list with the overdue first, and open alerts by place. */
export const HomePage = () => {
  const { t } = useTexts(consoleTexts)
  const readsAlerts = usePermission('alert.read')
  const raisesAlerts = usePermission('alert.raise')
  const help = (
    <>
      <p>{t('home.help')}</p>
      <p>{t('home.helpKeys')}</p>
      <p>{t('home.helpWho')}</p>
    </>
  )
  return (
    <Page
      title={t('home.title')}
      help={help}
      // An alert is about somebody: first the household is found, its file has the form.
      actions={raisesAlerts && <Link to="/people">{t('home.raise')}</Link>}
    >
      <AwaitedCalendar />
      {readsAlerts ? (
        <>
          <HomeNumbers />
          <TodoList />
          <Places />
        </>
      ) : (
        <EmptyState icon="check" title={t('home.noDesk')}>
          {t('home.noDeskBody')}
        </EmptyState>
      )}
    </Page>
  )
}
