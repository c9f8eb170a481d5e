import { Button } from 'antd'
import { addressOf, callRoute } from '#access/web'
import { ErrorState, Icon, useLanguage, useTexts, useWrite } from '#ui/web'
import { exportLeads, exportPeople } from './contract.ts'
import { exportTexts } from './texts.ts'

/** A link that saves the leads of these filters. */
export const ExportLeads = ({
  values,
}: {
  readonly values: Readonly<Record<string, string | undefined>>
}) => {
  const { t } = useTexts(exportTexts)
  const { language } = useLanguage()
  const query = new URLSearchParams({ language })
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value)
  return (
    <a className="registry-export" href={`${addressOf(exportLeads)}?${query}`} title={t('hint')} download>
      <Icon name="download" /> {t('action')}
    </a>
  )
}

const save = (fileName: string, content: string): void => {
  const address = URL.createObjectURL(new Blob([content], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  URL.revokeObjectURL(address)
}

/** A button that saves the people found. The text may be a number: it goes in the body, never in an address. */
export const ExportPeople = ({ text, anywhere }: { readonly text: string; readonly anywhere: boolean }) => {
  const { t } = useTexts(exportTexts)
  const taking = useWrite({
    write: (_: undefined, { idempotencyKey }) =>
      callRoute(exportPeople, { body: { text, ...(anywhere ? { anywhere } : {}) }, idempotencyKey }),
    invalidates: [],
    onDone: ({ fileName, content }) => save(fileName, content),
  })
  return (
    <>
      <Button
        icon={<Icon name="download" />}
        loading={taking.isPending}
        title={t('hint')}
        onClick={() => taking.mutate(undefined)}
      >
        {t('action')}
      </Button>
      {taking.error && <ErrorState error={taking.error} takesFocus />}
    </>
  )
}
