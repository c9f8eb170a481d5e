import { Button } from 'antd'
import { useState } from 'react'
import { ErrorState, Icon, takeFocus, useTexts } from '#ui/web'
import { useCalendar } from './calendar-queries.web.ts'
import type { CalendarYear } from './contract.ts'
import { calendarTexts } from './texts.ts'

interface ChangedYearProps {
  readonly year: number
  readonly onLoaded: (latest: CalendarYear | undefined) => void
}

/** Says that somebody else was faster; what was typed stays until the reader asks for the latest content. */
export const ChangedYear = ({ year, onLoaded }: ChangedYearProps) => {
  const { t } = useTexts(calendarTexts)
  const { refetch } = useCalendar(false)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const load = async () => {
    setIsBusy(true)
    const { data, error } = await refetch()
    setIsBusy(false)
    if (error) return setFailure(error)
    onLoaded(data?.years.find((one) => one.year === year))
  }
  if (failure !== undefined) return <ErrorState error={failure} onRetry={() => void load()} takesFocus />
  return (
    <section className="dd-error" tabIndex={-1} ref={takeFocus}>
      <h2 className="dd-error-title">
        <Icon name="warning" />
        {t('form.changed.title', { year: String(year) })}
      </h2>
      <p>{t('form.changed.body')}</p>
      <Button loading={isBusy} onClick={() => void load()}>
        {t('form.changed.load')}
      </Button>
    </section>
  )
}
