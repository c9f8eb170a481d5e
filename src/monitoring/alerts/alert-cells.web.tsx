import { DueLight, StatusTag, useTexts } from '#ui/web'
import { dueOf, isOpen } from './alert-queries.web.ts'
import type { AlertRow } from './contract.ts'
import { alertTexts } from './texts.ts'

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

/** What else is to know of an alert at a glance: seen again, handed up, its source withdrawn. */
export const AlertMarks = ({ row }: { readonly row: AlertRow }) => {
  const { t } = useTexts(alertTexts)
  if (row.repeats === 0 && row.escalation === 0 && !row.sourceWithdrawn) return null
  return (
    <span className="alert-marks">
      {row.repeats > 0 && <StatusTag>{t('marks.repeats', { count: row.repeats })}</StatusTag>}
      {row.escalation > 0 && (
        <StatusTag tone="orange">{t('marks.escalation', { count: row.escalation })}</StatusTag>
      )}
      {row.sourceWithdrawn && <StatusTag tone="yellow">{t('marks.sourceWithdrawn')}</StatusTag>}
    </span>
  )
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
