import { Link } from 'react-router'
import { LoadingSkeleton, Section, StatusTag, useIsNarrow, useTexts } from '#ui/web'
import { useNames } from '../names/names.web.ts'
import type { KindAge } from './feed-queries.web.ts'
import { intakeTexts } from './texts.ts'

interface FreshnessProps {
  /** Undefined while the list is being read. */
  readonly kinds: readonly KindAge[] | undefined
  /** The kind the list is narrowed to. */
  readonly chosen: string | undefined
  readonly isFailed: boolean
}

/** Each kind of data with its newest period, out-of-date ones first; a kind narrows the list to itself. */
export const Freshness = ({ kinds, chosen, isFailed }: FreshnessProps) => {
  const { t } = useTexts(intakeTexts)
  const isNarrow = useIsNarrow()
  if (!kinds) {
    if (isFailed) return null
    return (
      <Section title={t('freshness.title')}>
        <LoadingSkeleton lines={8} />
      </Section>
    )
  }
  const stale = kinds.filter((kind) => kind.stale).length
  const summary = stale > 0 ? t('freshness.summary', { count: stale }) : t('freshness.allFresh')
  const list = <KindList kinds={kinds} chosen={chosen} />
  if (!isNarrow) return <Section title={summary}>{list}</Section>
  return (
    <details className="dd-card feed-freshness-fold">
      <summary>{summary}</summary>
      {list}
    </details>
  )
}

const KindList = (props: { readonly kinds: readonly KindAge[]; readonly chosen: string | undefined }) => {
  const { t } = useTexts(intakeTexts)
  const sorted = [...props.kinds].sort((a, b) => Number(b.stale) - Number(a.stale))
  return (
    <ul className="feed-kinds" aria-label={t('freshness.title')}>
      {sorted.map((kind) => (
        <KindLine key={kind.kind} age={kind} isChosen={kind.kind === props.chosen} />
      ))}
    </ul>
  )
}

const KindLine = ({ age, isChosen }: { readonly age: KindAge; readonly isChosen: boolean }) => {
  const { t } = useTexts(intakeTexts)
  const names = useNames()
  const { kind, stale, newestPeriod, ageDays, staleDays } = age
  return (
    <li data-chosen={isChosen || undefined}>
      <Link
        to={isChosen ? '/feeds' : `/feeds?kind=${kind}`}
        replace
        aria-current={isChosen || undefined}
        title={names.department(age.sender)}
        aria-label={t('freshness.filter', { kind: names.kind(kind) })}
      >
        {names.kind(kind)}
      </Link>
      <span
        className="dd-quiet dd-figures"
        title={ageDays === null ? undefined : t('freshness.age', { count: ageDays, limit: staleDays })}
      >
        {newestPeriod ?? t('freshness.never')}
      </span>
      <StatusTag tone={stale ? 'orange' : 'good'}>
        {stale ? t('freshness.stale') : t('freshness.fresh')}
      </StatusTag>
    </li>
  )
}
