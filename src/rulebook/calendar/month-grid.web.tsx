import { addDays, type BusinessDate, firstDayOf, lastDayOf, month, weekdayOf } from '#base'
import { useTexts } from '#ui/web'
import { calendarTexts } from './texts.ts'
import './calendar.css'

export type DayKind = 'holiday' | 'workday' | 'plain'

interface YearGridProps {
  readonly year: number
  readonly holidays: readonly BusinessDate[]
  readonly workdays: readonly BusinessDate[]
  /** Makes every day a button. */
  readonly onDay?: (day: BusinessDate, kind: DayKind) => void
}

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
const monthsOfYear = Array.from({ length: 12 }, (_, index) => index + 1)

/** The twelve months of a year, weeks from Monday; holidays and make-up days by colour and sign. */
export const YearGrid = (props: YearGridProps) => {
  const holidays = new Set(props.holidays)
  const workdays = new Set(props.workdays)
  const kindOf = (day: BusinessDate): DayKind =>
    holidays.has(day) ? 'holiday' : workdays.has(day) ? 'workday' : 'plain'
  return (
    <div className="calendar-months">
      {monthsOfYear.map((number) => (
        <MonthGrid key={number} year={props.year} number={number} kindOf={kindOf} onDay={props.onDay} />
      ))}
    </div>
  )
}

const weeksOf = (year: number, number: number): readonly (BusinessDate | undefined)[][] => {
  const first = firstDayOf(month(`${year}-${String(number).padStart(2, '0')}`))
  const last = lastDayOf(month(first.slice(0, 7)))
  const cells: (BusinessDate | undefined)[] = Array.from({ length: weekdayOf(first) - 1 })
  for (let day = first; day <= last; day = addDays(day, 1)) cells.push(day)
  const rows = Math.ceil(cells.length / 7)
  return Array.from({ length: rows }, (_, row) => weekdays.map((_, column) => cells[row * 7 + column]))
}

const MonthGrid = (props: {
  readonly year: number
  readonly number: number
  readonly kindOf: (day: BusinessDate) => DayKind
  readonly onDay?: YearGridProps['onDay']
}) => {
  const { year, number, kindOf, onDay } = props
  const { t } = useTexts(calendarTexts)
  return (
    <table className="calendar-month">
      <caption>{t('month', { year: String(year), month: String(number) })}</caption>
      <thead>
        <tr>
          {weekdays.map((weekday) => (
            <th key={weekday} scope="col">
              {t(`weekday.d${weekday}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, number).map((week, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a month never change places
          <tr key={row}>
            {week.map((day, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns are the weekdays
              <td key={column} data-kind={day && kindOf(day)} data-weekend={column > 4 || undefined}>
                {day && <Day day={day} kind={kindOf(day)} onDay={onDay} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Day = (props: {
  readonly day: BusinessDate
  readonly kind: DayKind
  readonly onDay: YearGridProps['onDay']
}) => {
  const { day, kind, onDay } = props
  const { t } = useTexts(calendarTexts)
  const content = (
    <>
      {Number(day.slice(8))}
      {kind !== 'plain' && <span>{kind === 'holiday' ? t('rest') : t('work')}</span>}
    </>
  )
  if (!onDay) return <span className="calendar-day">{content}</span>
  return (
    <button
      type="button"
      className="calendar-day"
      aria-label={t(`day.${kind}`, { day })}
      onClick={() => onDay(day, kind)}
    >
      {content}
    </button>
  )
}
