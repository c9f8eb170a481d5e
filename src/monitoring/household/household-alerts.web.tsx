import { Button } from 'antd'
import { type ComponentProps, useState } from 'react'
import { Link } from 'react-router'
import { EmptyState, GradeBadge, Loaded, Section, usePermission, useTexts } from '#ui/web'
import { DueCell } from '../alerts/alert-cells.web.tsx'
import { type AlertQuery, alertHref, useAlertList } from '../alerts/alert-queries.web.ts'
import type { AlertRow } from '../alerts/contract.ts'
import { RaiseAlertDialog } from '../raise/raise-dialog.web.tsx'
import { householdTexts } from './texts.ts'
import './household.css'

const shown = 20

interface HouseholdAlertsProps {
  readonly householdId: string
  /** How the household is named in the dialog for raising an alert: its number; without it, as its alerts name it. */
  readonly householdNumber?: string
}

/** The alerts of one household, open ones first, with the button to raise one. Needs `alert.read`. */
export const HouseholdAlerts = ({ householdId, householdNumber }: HouseholdAlertsProps) => (
  <SubjectAlerts
    query={{ household: householdId }}
    subject={{ householdId }}
    subjectLabel={householdNumber}
  />
)

/** The same for a lead, a person known only from department data. */
export const LeadAlerts = ({ leadId }: { readonly leadId: string }) => (
  <SubjectAlerts query={{ lead: leadId }} subject={{ leadId }} />
)

interface SubjectAlertsProps {
  readonly query: AlertQuery
  readonly subject: ComponentProps<typeof RaiseAlertDialog>['subject']
  readonly subjectLabel?: string
}

const SubjectAlerts = ({ query, subject, subjectLabel }: SubjectAlertsProps) => {
  const { t } = useTexts(householdTexts)
  const list = useAlertList({ ...query, status: 'all' }, shown)
  const mayRaise = usePermission('alert.raise')
  const [isRaising, setIsRaising] = useState(false)
  return (
    <Section
      title={t('title')}
      actions={mayRaise && <Button onClick={() => setIsRaising(true)}>{t('raise')}</Button>}
    >
      <Loaded of={{ data: list.rows, error: list.error, refetch: list.onRetry }} lines={3}>
        {(rows) => <AlertLines rows={rows} />}
      </Loaded>
      {isRaising && (
        <RaiseAlertDialog
          subject={subject}
          subjectLabel={subjectLabel ?? list.rows?.[0]?.subject ?? t('thisSubject')}
          onClose={() => setIsRaising(false)}
        />
      )}
    </Section>
  )
}

const AlertLines = ({ rows }: { readonly rows: readonly AlertRow[] }) => {
  const { t } = useTexts(householdTexts)
  if (rows.length === 0) {
    return (
      <EmptyState icon="check" title={t('empty')}>
        {t('emptyBody')}
      </EmptyState>
    )
  }
  const isClosed = (row: AlertRow) => (row.status === 'disposed' || row.status === 'withdrawn' ? 1 : 0)
  const ordered = [...rows].sort((a, b) => isClosed(a) - isClosed(b))
  return (
    <ul className="household-alerts" aria-label={t('list')}>
      {ordered.map((row) => (
        <li key={row.id}>
          <GradeBadge grade={row.grade} />
          <Link to={alertHref(row.id)}>{row.summary}</Link>
          <span className="household-alerts-foot">
            <DueCell row={row} />
            <span className="dd-quiet">{t('raisedOn', { date: row.raisedOn })}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
