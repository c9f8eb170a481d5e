import { Button } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { EmptyState, Icon, Loaded, Page, Section, usePermission, useSession, useTexts } from '#ui/web'
import { PolicyTabs } from '../library/parts.web.tsx'
import { AwaitedYears } from './awaited.web.tsx'
import { datesFrom, useCalendar } from './calendar-queries.web.ts'
import type { CalendarYear } from './contract.ts'
import { YearGrid } from './month-grid.web.tsx'
import { calendarTexts } from './texts.ts'
import { YearForm } from './year-form.web.tsx'
import './calendar.css'

/** The working-day calendar: a year at a time, the years that are waited for, and for the administrator the form. */
export const CalendarPage = () => {
  const { t } = useTexts(calendarTexts)
  const read = useCalendar()
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      help={
        <>
          <p>{t('help.what')}</p>
          <p>{t('help.how')}</p>
          <p>{t('help.who')}</p>
        </>
      }
    >
      <PolicyTabs />
      <Loaded of={read} lines={10}>
        {(data) => <Years years={data.years} awaited={data.awaited} />}
      </Loaded>
    </Page>
  )
}

interface YearsProps {
  readonly years: readonly CalendarYear[]
  readonly awaited: readonly number[]
}

const useChosenYear = (years: readonly CalendarYear[]): number => {
  const { businessDate } = useSession()
  const [address] = useSearchParams()
  const wanted = Number(address.get('year'))
  if (Number.isInteger(wanted) && wanted >= 2000 && wanted <= 2200) return wanted
  const now = Number(businessDate.slice(0, 4))
  const last = years.map(({ year }) => year).sort((a, b) => b - a)[0]
  return years.some(({ year }) => year === now) ? now : (last ?? now)
}

const Years = ({ years, awaited }: YearsProps) => {
  const { t } = useTexts(calendarTexts)
  const [address, setAddress] = useSearchParams()
  const mayEdit = usePermission('calendar.edit')
  const chosen = useChosenYear(years)
  const found = years.find(({ year }) => year === chosen)
  const isEditing = mayEdit && address.has('edit')
  if (isEditing) {
    return (
      <YearForm
        key={chosen}
        year={chosen}
        entered={years}
        onClose={(year) => setAddress({ year: String(year) })}
      />
    )
  }
  return (
    <>
      <AwaitedYears awaited={awaited} />
      {years.length > 0 && <YearLinks years={years} awaited={awaited} chosen={chosen} />}
      {found ? (
        <YearView year={found} mayEdit={mayEdit} />
      ) : (
        <EmptyState
          icon="calendar"
          title={years.length === 0 ? t('empty.title') : t('missing', { year: String(chosen) })}
          action={
            mayEdit && (
              <Link className="dd-link-button dd-link-primary" to={`/calendar?year=${chosen}&edit=1`}>
                {t('enter', { year: String(chosen) })}
              </Link>
            )
          }
        >
          {t('empty.body')}
        </EmptyState>
      )}
    </>
  )
}

const YearLinks = (props: YearsProps & { readonly chosen: number }) => {
  const { t } = useTexts(calendarTexts)
  const entered = props.years.map(({ year }) => year)
  // The administrator may enter the year after the last one as soon as its notice is out.
  const coming = usePermission('calendar.edit') ? [Math.max(...entered) + 1] : []
  const all = [...new Set([...entered, ...props.awaited, ...coming])].sort((a, b) => a - b)
  return (
    <nav className="calendar-years dd-no-print" aria-label={t('years')}>
      <ul>
        {all.map((year) => (
          <li key={year}>
            <Link to={`/calendar?year=${year}`} aria-current={year === props.chosen ? 'page' : undefined}>
              {entered.includes(year) ? String(year) : t('awaitedYear', { year: String(year) })}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const YearView = ({ year, mayEdit }: { readonly year: CalendarYear; readonly mayEdit: boolean }) => {
  const { t } = useTexts(calendarTexts)
  const [, setAddress] = useSearchParams()
  const isShipped = year.source.endsWith('/')
  return (
    <Section
      title={t('form.title', { year: String(year.year) })}
      actions={
        mayEdit && (
          <Button
            icon={<Icon name="edit" />}
            onClick={() => setAddress({ year: String(year.year), edit: '1' })}
          >
            {t('edit')}
          </Button>
        )
      }
    >
      <p className="calendar-summary">
        {t('summary', { holidays: year.holidays.length, workdays: year.workdays.length })}{' '}
        <span className="dd-quiet">{t(isShipped ? 'shipped' : 'source', { source: year.source })}</span>
      </p>
      <Legend />
      <YearGrid year={year.year} holidays={datesFrom(year.holidays)} workdays={datesFrom(year.workdays)} />
    </Section>
  )
}

/** What the two signs in the months mean. */
export const Legend = () => {
  const { t } = useTexts(calendarTexts)
  return (
    <ul className="calendar-legend" aria-label={t('legend.label')}>
      <li>
        <span data-kind="holiday">{t('rest')}</span> {t('legend.holiday')}
      </li>
      <li>
        <span data-kind="workday">{t('work')}</span> {t('legend.workday')}
      </li>
    </ul>
  )
}
