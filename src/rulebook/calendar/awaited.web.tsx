import { Link } from 'react-router'
import { Icon, usePermission, useTexts } from '#ui/web'
import { useCalendar } from './calendar-queries.web.ts'
import { calendarTexts } from './texts.ts'
import './calendar.css'

/** Says which years are waited for, and to the administrator how to enter them; nothing where none is. */
export const AwaitedYears = ({ awaited }: { readonly awaited: readonly number[] }) => {
  const { t } = useTexts(calendarTexts)
  const mayEdit = usePermission('calendar.edit')
  if (awaited.length === 0) return null
  return (
    <section className="calendar-awaited dd-tone-yellow" aria-label={t('title')}>
      <p>
        <Icon name="warning" /> <strong>{t('awaited.title', { years: awaited.join('、') })}</strong>{' '}
        {t('awaited.body')}
        {!mayEdit && ` ${t('awaited.ask')}`}
      </p>
      {mayEdit &&
        awaited.map((year) => (
          <Link
            key={year}
            className="dd-link-button dd-link-primary dd-no-print"
            to={`/calendar?year=${year}&edit=1`}
          >
            {t('awaited.enter', { year: String(year) })}
          </Link>
        ))}
    </section>
  )
}

/** The same for other pages: reads the calendar itself, and shows nothing while reading or on failure. */
export const AwaitedCalendar = () => {
  const mayRead = usePermission('calendar.read')
  const { data } = useCalendar(mayRead)
  return <AwaitedYears awaited={data?.awaited ?? []} />
}
