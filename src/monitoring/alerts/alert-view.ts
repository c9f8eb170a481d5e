import { type BusinessDate, maskName, type WorkCalendar, workdaysBetween } from '#base'
import type { AlertStatus } from '../states.ts'
import type { AlertRow, FeedAge } from './contract.ts'

/** What the pages say of an indicator; comes from the pack in force. */
export interface IndicatorTexts {
  readonly name: string
  readonly owner: string
  readonly ownerName: string
  readonly article: string
  /** Kinds of file that it reads. */
  readonly feeds: readonly string[]
}

export type IndicatorNames = (indicator: string, language: 'zh-CN' | 'en') => IndicatorTexts

interface Row {
  readonly id: string
  readonly number: number | bigint
  readonly grade: string
  readonly indicator: string
  readonly subject_kind: string
  readonly household_id: string | null
  readonly lead_id: string | null
  readonly household_number: string | null
  readonly head_name: string | null
  readonly lead_name: string | null
  readonly region_code: string
  readonly region_name: string | null
  readonly summary: string
  /** The sentence in English; null in Chinese, and where a person wrote the alert. */
  readonly english: string | null
  readonly status: string
  readonly raised_on: string
  readonly due_on: string | null
  readonly awaiting_calendar: boolean
  readonly holder_id: string | null
  readonly holder_name: string | null
  readonly repeats: number
  readonly escalation: number
  readonly source_withdrawn: boolean
  readonly version: number
}

/** Working days left until a due date; null where there is none yet or the calendar does not reach it. */
export const workdaysLeft = (
  today: BusinessDate,
  dueOn: string | null,
  calendar: WorkCalendar,
): number | null => {
  if (dueOn === null) return null
  const left = workdaysBetween(today, dueOn as BusinessDate, calendar)
  return typeof left === 'number' ? left : null
}

/** Who reads, on which day, by which calendar. */
export interface Reading {
  readonly names: IndicatorNames
  readonly language: 'zh-CN' | 'en'
  readonly today: BusinessDate
  readonly calendar: WorkCalendar
  /** How old the data of each kind of file are. */
  readonly ages: readonly FeedAge[]
}

/** A row of the desk: names masked, working days left counted by the calendar. */
export const alertRowOf = (row: Row, { names, language, today, calendar, ages }: Reading): AlertRow => {
  const texts = names(row.indicator, language)
  const name = row.head_name ?? row.lead_name
  const maskedName = name ? maskName(name) : ''
  return {
    id: row.id,
    number: Number(row.number),
    grade: row.grade as AlertRow['grade'],
    indicator: row.indicator,
    indicatorName: texts.name,
    ownerName: texts.ownerName,
    sources: ages.filter(({ feed }) => texts.feeds.includes(feed)),
    subjectKind: row.subject_kind as AlertRow['subjectKind'],
    householdId: row.household_id,
    leadId: row.lead_id,
    subject: row.household_number ?? maskedName,
    maskedName,
    region: { code: row.region_code, name: row.region_name ?? '' },
    summary: row.english ?? row.summary,
    status: row.status as AlertStatus,
    raisedOn: row.raised_on,
    dueOn: row.due_on,
    awaitingCalendar: row.awaiting_calendar,
    workdaysLeft: workdaysLeft(today, row.due_on, calendar),
    holder: row.holder_id && row.holder_name ? { id: row.holder_id, name: row.holder_name } : null,
    repeats: row.repeats - 1,
    escalation: row.escalation,
    sourceWithdrawn: row.source_withdrawn,
    version: row.version,
  }
}
