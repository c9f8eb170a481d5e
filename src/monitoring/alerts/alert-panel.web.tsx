import { Button } from 'antd'
import { Link } from 'react-router'
import { DueLight, ErrorState, Facts, GradeBadge, Loaded, StatusTag, useTexts, useToast } from '#ui/web'
import { AlertMarks, DataAges } from './alert-cells.web.tsx'
import { type AlertDetail, alertHref, dueOf, isOpen, useAlert, useTakeAlert } from './alert-queries.web.ts'
import { ChangedNotice } from './changed-notice.web.tsx'
import type { AlertRow } from './contract.ts'
import { alertTexts } from './texts.ts'
import { ConditionMark, Doubt } from './why.web.tsx'

/** The reason in short and the next step, beside the list. */
export const AlertPanelBody = ({ row }: { readonly row: AlertRow }) => {
  const { t } = useTexts(alertTexts)
  const read = useAlert(row.id)
  const holder = row.holder?.name ?? t('noHolder')
  return (
    <div className="alert-panel">
      <p className="alert-marks">
        <GradeBadge grade={row.grade} />
        {isOpen(row) && <DueLight {...dueOf(row)} />}
        <StatusTag>{t(`status.${row.status}`)}</StatusTag>
      </p>
      <AlertMarks row={row} />
      <p>
        <strong>{row.summary}</strong>
      </p>
      <Facts
        items={[
          { label: t('filter.indicator'), value: row.indicatorName },
          { label: t('columns.person'), value: row.maskedName || row.subject },
          { label: t('filter.region'), value: row.region.name || null },
          { label: t('columns.holder'), value: holder },
          { label: t('detail.owner'), value: row.ownerName || null },
        ]}
      />
      <section>
        <h3>{t('panel.why')}</h3>
        <Loaded of={read} lines={3}>
          {(alert) => (
            <>
              <Doubt alert={alert} />
              <Reasons alert={alert} />
            </>
          )}
        </Loaded>
      </section>
      {row.sources.length > 0 && (
        <section>
          <h3>{t('detail.ages')}</h3>
          <DataAges sources={row.sources} />
        </section>
      )}
      <section>
        <h3>{t('panel.next')}</h3>
        <p>
          {row.status === 'dispatched'
            ? t('panel.steps.dispatched', { holder })
            : t(`panel.steps.${row.status}`)}
        </p>
      </section>
    </div>
  )
}

const Reasons = ({ alert }: { readonly alert: AlertDetail }) => {
  const { t } = useTexts(alertTexts)
  const { conditions, origin } = alert
  if (conditions.length === 0) {
    return <p>{t(origin === 'scan' ? 'detail.whyNone' : 'detail.whyManual')}</p>
  }
  return (
    <ul className="alert-reasons">
      {conditions.map(({ sentence, result }) => (
        <li key={sentence}>
          <ConditionMark result={result} /> {sentence}
        </li>
      ))}
    </ul>
  )
}

/** Open, take, dispatch. What the reader may not do is not shown. */
export const AlertPanelActions = (props: {
  readonly row: AlertRow
  readonly search: string
  readonly onDispatch: () => void
}) => {
  const { row, search, onDispatch } = props
  const { t } = useTexts(alertTexts)
  const toast = useToast()
  const { data } = useAlert(row.id)
  const take = useTakeAlert(() => toast({ text: t('detail.taken') }))
  return (
    <>
      {take.error && (
        <ChangedNotice error={take.error} onReloaded={take.reset}>
          <ErrorState error={take.error} takesFocus />
        </ChangedNotice>
      )}
      <Link className="dd-link-button dd-link-primary" to={alertHref(row.id, search)}>
        {t('panel.open')}
      </Link>
      {data?.may.take && (
        <Button loading={take.isPending} onClick={() => take.mutate({ id: row.id, version: data.version })}>
          {t('detail.take')}
        </Button>
      )}
      {data?.may.dispatch && <Button onClick={onDispatch}>{t('detail.dispatch')}</Button>}
    </>
  )
}
