import { Button } from 'antd'
import { useRouteError } from 'react-router'
import { EmptyState, ErrorState, Page, useTexts } from '#ui/web'
import { consoleTexts } from '../texts.ts'

// After an upgrade the files an open page still asks for are gone; each browser words that in its own way.
const isOutdated = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|Importing a module script|preload CSS/i.test(error.message)

/** Stands where a page failed; the frame around it stays in use. */
export const CrashedPage = () => {
  const { t } = useTexts(consoleTexts)
  const error = useRouteError()
  const reload = () => window.location.reload()
  if (isOutdated(error)) {
    return (
      <Page title={t('crashed.outdated')}>
        <div className="dd-card">
          <EmptyState
            icon="refresh"
            title={t('crashed.outdated')}
            action={
              <Button type="primary" onClick={reload}>
                {t('crashed.reload')}
              </Button>
            }
          >
            {t('crashed.outdatedBody')}
          </EmptyState>
        </div>
      </Page>
    )
  }
  return (
    <Page title={t('crashed.title')}>
      <ErrorState error={error} title={t('crashed.title')} onRetry={reload} />
    </Page>
  )
}
