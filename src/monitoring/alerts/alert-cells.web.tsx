import type { Translate } from '#ui'
import { DueLight, StatusTag, useTexts } from '#ui/web'
import { dueOf, isOpen } from './alert-queries.web.ts'
import type { AlertRow } from './contract.ts'
import { alertTexts, isNamedFeed } from './texts.ts'
import type { zhCN } from './zh-CN.ts'

/** Whom an alert is about: masked name, then household number or 线索, then the place. */
export const PersonCell = ({ row }: { readonly row: AlertRow }) => {
  const { t } = useTexts(alertTexts)
  return (
    <span className="alert-person">
      <span>
        {row.maskedName || row.subject}{' '}
        <span className="dd-quiet">{row.subjectKind === 'lead' ? t('leadTag') : row.subject}</span>
      </span>
      <span className="dd-quiet">{row.region.name}</span>
    </span>
  )
}

/** What else is to know of an alert at a glance: seen again, handed up, source withdrawn, data too old. */
export const AlertMarks = ({ row }: { readonly row: AlertRow }) => {
  const { t } = useTexts(alertTexts)
  const isStale = row.sources.some(({ stale }) => stale)
  if (row.repeats === 0 && row.escalation === 0 && !row.sourceWithdrawn && !isStale) return null
  return (
    <span className="alert-marks">
      {row.repeats > 0 && <StatusTag>{t('marks.repeats', { count: row.repeats })}</StatusTag>}
      {row.escalation > 0 && (
        <StatusTag tone="orange">{t('marks.escalation', { count: row.escalation })}</StatusTag>
      )}
      {row.sourceWithdrawn && <StatusTag tone="yellow">{t('marks.sourceWithdrawn')}</StatusTag>}
      {isStale && <StatusTag tone="yellow">{t('marks.stale')}</StatusTag>}
    </span>
  )
}

/** The department in charge of the indicator, and the last period of the data it reads. */
export const OwnerCell = ({ row }: { readonly row: AlertRow }) => {
  const { t } = useTexts(alertTexts)
  return (
    <span className="alert-person">
      <span>{row.ownerName}</span>
      {row.sources.map(({ feed, period }) => (
        <span key={feed} className="dd-quiet">
          {period ? t('dataOf', { period }) : t('dataNever')}
        </span>
      ))}
    </span>
  )
}

/** How old the data are that an indicator reads, and from which age they count as stale. */
export const DataAges = ({ sources }: { readonly sources: AlertRow['sources'] }) => {
  const { t } = useTexts(alertTexts)
  return (
    <ul className="alert-ages">
      {sources.map((source) => (
        <li key={source.feed}>
          {ageLineOf(source, t)} {source.stale && <StatusTag tone="yellow">{t('marks.stale')}</StatusTag>}
        </li>
      ))}
    </ul>
  )
}

/** The age of a kind of data in one sentence. */
export const ageLineOf = (
  { feed, period, days, staleDays }: AlertRow['sources'][number],
  t: Translate<typeof zhCN>,
): string => {
  const name = isNamedFeed(feed) ? t(`feed.${feed}`) : feed
  if (days === null || period === null) return t('stale.never', { feed: name })
  return t('stale.period', { feed: name, period, days, limit: staleDays })
}

/** The deadline of an open alert; of a closed one how it ended. */
export const DueCell = ({ row }: { readonly row: AlertRow }) => {
  const { t } = useTexts(alertTexts)
  if (!isOpen(row)) {
    return (
      <StatusTag tone={row.status === 'disposed' ? 'good' : 'neutral'}>{t(`status.${row.status}`)}</StatusTag>
    )
  }
  return <DueLight {...dueOf(row)} />
}

/** Who holds an alert, and how far it is. */
export const HolderCell = ({ row }: { readonly row: AlertRow }) => {
  const { t } = useTexts(alertTexts)
  return (
    <span className="alert-person">
      <span>{row.holder?.name ?? t('noHolder')}</span>
      {isOpen(row) && <span className="dd-quiet">{t(`status.${row.status}`)}</span>}
    </span>
  )
}
