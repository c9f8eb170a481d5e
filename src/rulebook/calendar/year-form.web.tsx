import { Button } from 'antd'
import { useId, useState } from 'react'
import { isChangedMeanwhile } from '#access/web'
import { type BusinessDate, weekdayOf } from '#base'
import type { Translate } from '#ui'
import {
  ErrorState,
  ErrorSummary,
  type FormFault,
  Section,
  TextAreaField,
  TextField,
  useConfirm,
  useTexts,
  useToast,
} from '#ui/web'
import { datesFrom, useSaveYear } from './calendar-queries.web.ts'
import { ChangedYear } from './changed-year.web.tsx'
import type { CalendarYear } from './contract.ts'
import { faultsOfYear, readDays, readNotice, writeDays } from './day-lists.ts'
import { type DayKind, YearGrid } from './month-grid.web.tsx'
import { calendarTexts } from './texts.ts'
import type { zhCN } from './zh-CN.ts'

interface YearFormProps {
  readonly year: number
  /** What is entered so far: the form starts from it. */
  readonly entered: readonly CalendarYear[]
  readonly onClose: (year: number) => void
}

interface Draft {
  /** What the form was opened on; who saves on an older one is told. */
  readonly version: number
  readonly holidays: string
  readonly workdays: string
  readonly source: string
}

const draftFrom = (entered: CalendarYear | undefined): Draft => ({
  version: entered?.version ?? 0,
  holidays: writeDays(datesFrom(entered?.holidays ?? [])),
  workdays: writeDays(datesFrom(entered?.workdays ?? [])),
  source: entered?.source ?? '',
})

/** Enters a year by pasting the notice, by typing days, or by pressing them in the months; all three agree. */
export const YearForm = ({ year, entered, onClose }: YearFormProps) => {
  const { t } = useTexts(calendarTexts)
  const toast = useToast()
  const confirm = useConfirm()
  const id = useId()
  const [draft, setDraft] = useState(() => draftFrom(entered.find((one) => one.year === year)))
  const [attempts, setAttempts] = useState(0)
  const holidays = readDays(draft.holidays, year)
  const workdays = readDays(draft.workdays, year)
  const save = useSaveYear(() => {
    toast({ text: t('form.saved', { year: String(year) }) })
    onClose(year)
  })
  const faults = faultsOf(draft, year, id, t)
  const shown = attempts > 0 ? faults : []
  const submit = async () => {
    setAttempts(attempts + 1)
    save.reset()
    if (faults.length > 0) return
    const counts = { holidays: holidays.days.length, workdays: workdays.days.length }
    const answer = await confirm({
      title: t('form.confirmTitle', { year: String(year) }),
      body: t('form.confirmBody', counts),
      action: t('form.save', { year: String(year) }),
    })
    if (answer.confirmed) {
      const { version, source } = draft
      save.mutate({ year, version, holidays: holidays.days, workdays: workdays.days, source: source.trim() })
    }
  }
  const press = (day: BusinessDate, kind: DayKind) => {
    const next = nextKind(day, kind)
    const put = (days: readonly BusinessDate[], isIn: boolean) =>
      writeDays(isIn ? [...days, day] : days.filter((one) => one !== day))
    setDraft({
      ...draft,
      holidays: put(holidays.days, next === 'holiday'),
      workdays: put(workdays.days, next === 'workday'),
    })
  }
  const errorOf = (field: 'holidays' | 'workdays' | 'source') =>
    shown.find(({ fieldId }) => fieldId === `${id}-${field}`)?.message
  return (
    <Section title={t('form.title', { year: String(year) })}>
      <form
        className="calendar-form"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <div className="calendar-fields">
          <ErrorSummary key={attempts} faults={shown} />
          {isChangedMeanwhile(save.error) ? (
            <ChangedYear
              year={year}
              onLoaded={(latest) => {
                save.reset()
                setDraft(draftFrom(latest))
              }}
            />
          ) : (
            save.error && <ErrorState error={save.error} takesFocus />
          )}
          <NoticeField year={year} onFound={(found) => setDraft({ ...draft, ...found })} />
          <TextAreaField
            id={`${id}-holidays`}
            label={t('form.holidays')}
            hint={`${t('form.holidaysHint')} ${t('form.count', { count: holidays.days.length })}`}
            value={draft.holidays}
            error={errorOf('holidays')}
            onChange={(text) => setDraft({ ...draft, holidays: text })}
            input={{ rows: 8 }}
          />
          <TextAreaField
            id={`${id}-workdays`}
            label={t('form.workdays')}
            hint={`${t('form.workdaysHint')} ${t('form.count', { count: workdays.days.length })}`}
            isOptional
            value={draft.workdays}
            error={errorOf('workdays')}
            onChange={(text) => setDraft({ ...draft, workdays: text })}
            input={{ rows: 5 }}
          />
          <TextField
            id={`${id}-source`}
            label={t('form.source')}
            hint={t('form.sourceHint')}
            value={draft.source}
            error={errorOf('source')}
            onChange={(text) => setDraft({ ...draft, source: text })}
            input={{ maxLength: 200 }}
          />
          <div className="calendar-actions">
            <Button onClick={() => onClose(year)}>{t('form.cancel')}</Button>
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t('form.save', { year: String(year) })}
            </Button>
          </div>
        </div>
        <section aria-label={t('form.grid')}>
          <h3>{t('form.grid')}</h3>
          <p className="dd-quiet">{t('form.gridHint')}</p>
          <YearGrid year={year} holidays={holidays.days} workdays={workdays.days} onDay={press} />
        </section>
      </form>
    </Section>
  )
}

// Working days become holidays and back; at a weekend the third state is the make-up day.
const nextKind = (day: BusinessDate, kind: DayKind): DayKind => {
  if (kind === 'plain') return 'holiday'
  return kind === 'holiday' && weekdayOf(day) > 5 ? 'workday' : 'plain'
}

const faultsOf = (draft: Draft, year: number, id: string, t: Translate<typeof zhCN>): FormFault[] => {
  const lists = { holidays: readDays(draft.holidays, year), workdays: readDays(draft.workdays, year) }
  const ofDays = faultsOfYear(year, lists.holidays.days, lists.workdays.days)
  const faults = (['holidays', 'workdays'] as const).flatMap((list): FormFault[] => {
    const [piece] = lists[list].unread
    const [fault] = ofDays.filter((one) => one.list === list)
    const message =
      piece !== undefined
        ? t('form.errors.unread', { piece })
        : fault?.kind === 'empty'
          ? t('form.errors.empty')
          : fault && t(`form.errors.${fault.kind}`, { day: fault.day ?? '' })
    return message ? [{ fieldId: `${id}-${list}`, message }] : []
  })
  const isSourceShort = draft.source.trim().length < 2
  return isSourceShort ? [...faults, { fieldId: `${id}-source`, message: t('form.errors.source') }] : faults
}

const NoticeField = (props: {
  readonly year: number
  readonly onFound: (found: { holidays: string; workdays: string }) => void
}) => {
  const { t } = useTexts(calendarTexts)
  const [text, setText] = useState('')
  const [said, setSaid] = useState('')
  const find = () => {
    const { holidays, workdays } = readNotice(text, props.year)
    if (holidays.length + workdays.length === 0) return setSaid(t('form.foundNone'))
    props.onFound({ holidays: writeDays(holidays), workdays: writeDays(workdays) })
    setSaid(t('form.found', { holidays: holidays.length, workdays: workdays.length }))
  }
  return (
    <div className="calendar-notice">
      <TextAreaField
        label={t('form.notice')}
        hint={t('form.noticeHint')}
        isOptional
        value={text}
        onChange={setText}
        input={{ rows: 4 }}
      />
      <Button onClick={find}>{t('form.find')}</Button>
      <p role="status">{said}</p>
    </div>
  )
}
