import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { isChangedMeanwhile } from '#access/web'
import { Icon, takeFocus, useTexts } from '#ui/web'
import { useReloadAlerts } from './alert-queries.web.ts'
import { alertTexts } from './texts.ts'

interface ChangedNoticeProps {
  readonly error: unknown
  readonly onReloaded: () => void
  /** Shown for every other error. */
  readonly children: ReactNode
}

/** For a step that came too late: says so, and loads what is true now without touching what was typed. */
export const ChangedNotice = ({ error, onReloaded, children }: ChangedNoticeProps) => {
  const { t } = useTexts(alertTexts)
  const reload = useReloadAlerts()
  const [isBusy, setIsBusy] = useState(false)
  if (!isChangedMeanwhile(error)) return children
  const load = async () => {
    setIsBusy(true)
    await reload()
    setIsBusy(false)
    onReloaded()
  }
  return (
    <section className="dd-error" tabIndex={-1} ref={takeFocus}>
      <h2 className="dd-error-title">
        <Icon name="warning" />
        {t('changed.title')}
      </h2>
      <p>{t('changed.body')}</p>
      <Button loading={isBusy} onClick={() => void load()}>
        {t('changed.reload')}
      </Button>
    </section>
  )
}
