import { Link } from 'react-router'
import { EmptyState, Page, useTexts } from '#ui/web'
import { useRoleName } from '../session/role-name.web.ts'
import { consoleTexts } from '../texts.ts'

const HomeLink = () => {
  const { t } = useTexts(consoleTexts)
  return <Link to="/">{t('notFound.home')}</Link>
}

/** For an address no page has. */
export const NotFoundPage = () => {
  const { t } = useTexts(consoleTexts)
  return (
    <Page title={t('notFound.title')}>
      <div className="dd-card">
        <EmptyState icon="search" title={t('notFound.title')} action={<HomeLink />}>
          {t('notFound.body')}
        </EmptyState>
      </div>
    </Page>
  )
}

/** For a page the reader's post may not open. */
export const ForbiddenPage = () => {
  const { t } = useTexts(consoleTexts)
  const role = useRoleName()
  return (
    <Page title={t('forbidden.title')}>
      <div className="dd-card">
        <EmptyState icon="lock" title={t('forbidden.title')} action={<HomeLink />}>
          {t('forbidden.body', { role })}
        </EmptyState>
      </div>
    </Page>
  )
}
