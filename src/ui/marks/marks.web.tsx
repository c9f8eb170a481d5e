import type { ReactNode } from 'react'
import { type BusinessDate, daysBetween, type Fen, type Instant, shanghaiTextOf, yuanTextOf } from '#base'
import { useTexts } from '../texts/i18n.web.tsx'
import { countText } from '../texts/texts.ts'
import { uiTexts } from '../texts/ui-texts.ts'
import type { Tone } from '../tokens/tokens.ts'
import { dueStateOf, toneOfDue } from './due.ts'
import { Icon, type IconName, Shape, type ShapeName } from './icon.web.tsx'
import './marks.css'

export type Grade = 'red' | 'orange' | 'yellow'

const shapeOfGrade = { red: 'circle', orange: 'triangle', yellow: 'diamond' } as const

/** The grade of an alert: shape, word and colour together. `compact` leaves the word to screen readers only. */
export const GradeBadge = ({
  grade,
  compact = false,
}: {
  readonly grade: Grade
  readonly compact?: boolean
}) => {
  const { t } = useTexts(uiTexts)
  return (
    <span className={`dd-badge dd-tone-${grade}`} title={compact ? t(`grade.${grade}`) : undefined}>
      <Shape name={shapeOfGrade[grade]} />
      <span className={compact ? 'dd-unseen' : undefined}>{t(`grade.${grade}`)}</span>
    </span>
  )
}

const shapeOfTone: { readonly [T in Tone]: ShapeName | undefined } = {
  red: 'circle',
  orange: 'triangle',
  yellow: 'diamond',
  good: 'tick',
  primary: 'ring',
  neutral: undefined,
}

interface StatusTagProps {
  readonly tone?: Tone
  /** The word for the state: a tag never speaks by colour alone. */
  readonly children: ReactNode
  readonly icon?: IconName
}

/** A state or category in a word: `<StatusTag tone="good">已办结</StatusTag>` (the word from a catalog). */
export const StatusTag = ({ tone = 'neutral', children, icon }: StatusTagProps) => {
  const shape = shapeOfTone[tone]
  return (
    <span className={`dd-badge dd-tone-${tone}`}>
      {icon ? <Icon name={icon} /> : shape && <Shape name={shape} />}
      <span>{children}</span>
    </span>
  )
}

interface DueLightProps {
  /** The due date; absent when there is no deadline or it awaits the calendar. */
  readonly dueOn?: BusinessDate
  /** Working days left as the server counted them: 0 = today, negative = overdue, `'awaiting'` = not computable yet. */
  readonly workdaysLeft: number | 'awaiting' | undefined
}

/** A deadline as date, words and light. */
export const DueLight = ({ dueOn, workdaysLeft }: DueLightProps) => {
  const { t } = useTexts(uiTexts)
  const state = dueStateOf(workdaysLeft)
  const count = typeof workdaysLeft === 'number' ? Math.abs(workdaysLeft) : 0
  const words = {
    overdue: () => t('due.overdue', { count }),
    today: () => t('due.today'),
    soon: () => t('due.left', { count }),
    later: () => t('due.left', { count }),
    awaiting: () => t('due.awaiting'),
    none: () => t('due.none'),
  }[state]()
  return (
    <span className="dd-due">
      <StatusTag
        tone={toneOfDue[state]}
        icon={state === 'later' || state === 'awaiting' ? 'clock' : undefined}
      >
        {words}
      </StatusTag>
      {dueOn && <time dateTime={dueOn}>{dueOn}</time>}
    </span>
  )
}

/** Money: integer fen shown as yuan with two decimals and the unit. Undefined shows 待查明, null shows 无. */
export const Money = ({ fen }: { readonly fen: Fen | null | undefined }) => {
  const { t } = useTexts(uiTexts)
  if (fen === undefined) return <span className="dd-quiet">{t('unknown')}</span>
  if (fen === null) return <span className="dd-quiet">{t('absent')}</span>
  return (
    <span className="dd-money">
      {yuanTextOf(fen)} <span className="dd-unit">{t('yuan')}</span>
    </span>
  )
}

interface DateTextProps {
  readonly date: BusinessDate | null | undefined
  /** With the installation's business date the distance is shown beside the date, never instead of it. */
  readonly today?: BusinessDate
}

/** A business date. Undefined shows 待查明, null shows 无. */
export const DateText = ({ date, today }: DateTextProps) => {
  const { t } = useTexts(uiTexts)
  if (date === undefined) return <span className="dd-quiet">{t('unknown')}</span>
  if (date === null) return <span className="dd-quiet">{t('absent')}</span>
  const days = today === undefined ? undefined : daysBetween(date, today)
  const relative =
    days === undefined
      ? undefined
      : days === 0
        ? t('relative.today')
        : days > 0
          ? t('relative.ago', { count: days })
          : t('relative.ahead', { count: -days })
  return (
    <span className="dd-date">
      <time dateTime={date}>{date}</time>
      {relative && <span className="dd-quiet"> {relative}</span>}
    </span>
  )
}

/** An instant, shown in the time of Shanghai to the minute. */
export const InstantText = ({ at }: { readonly at: Instant }) => (
  <time className="dd-date" dateTime={at}>
    {shanghaiTextOf(at).slice(0, 16)}
  </time>
)

/** A count with separators above 9,999, in figures of equal width. */
export const Count = ({ value }: { readonly value: number }) => (
  <span className="dd-figures">{countText(value)}</span>
)
