import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useCallback, useMemo } from 'react'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import { callRoute, dateFrom } from '#access/web'
import {
  DateText,
  Facts,
  GradeBadge,
  Icon,
  Loaded,
  Page,
  Section,
  StatusTag,
  useShortcuts,
  useTexts,
  useToast,
} from '#ui/web'
import { AlertMarks, DataAges } from './alert-cells.web.tsx'
import { type AlertDetail, alertHref, useAlert } from './alert-queries.web.ts'
import { AlertSide } from './alert-side.web.tsx'
import { nextAlert } from './contract.ts'
import { alertQueryFrom, filterSearch } from './desk-filters.web.ts'
import { History } from './history.web.tsx'
import { SourceRows } from './source-rows.web.tsx'
import { alertTexts, isNamedOrigin } from './texts.ts'
import { Why } from './why.web.tsx'
import './alerts.css'
import './alert-page.css'

/** One alert: what happened, why, what it rests on, what was done, and at the right what to do. */
export const AlertPage = () => {
  const { id = '' } = useParams()
  // Each alert starts afresh: no typing or open dialog of the one before stays when "next" is pressed.
  return <AlertView key={id} id={id} />
}

const AlertView = ({ id }: { readonly id: string }) => {
  const { t } = useTexts(alertTexts)
  const read = useAlert(id)
  const { data } = read
  const { search } = useLocation()
  const filters = useMemo(() => filterSearch(new URLSearchParams(search)), [search])
  const next = useNext(id, filters)
  const title = data ? t('detail.title', { number: String(data.number) }) : t('detail.loading')
  return (
    <Page
      title={title}
      breadcrumbs={[{ label: t('title'), to: `/alerts${filters}` }, { label: title }]}
      marks={data && <Marks alert={data} />}
      actions={
        <Button icon={<Icon name="chevronRight" />} onClick={() => void next()}>
          {t('nextAlert')}
        </Button>
      }
      help={
        <>
          <p>{t('help.what')}</p>
          <p>{t('help.who')}</p>
        </>
      }
    >
      <Loaded of={read} lines={10}>
        {(alert) => <Columns alert={alert} onNext={() => void next()} />}
      </Loaded>
    </Page>
  )
}

/** Goes to the alert that comes after this one in the same filters; also the key `n`. */
const useNext = (id: string, filters: string) => {
  const { t } = useTexts(alertTexts)
  const navigate = useNavigate()
  const toast = useToast()
  const client = useQueryClient()
  const next = useCallback(async () => {
    try {
      const found = await client.fetchQuery({
        queryKey: [nextAlert.path, id, filters],
        staleTime: 0,
        queryFn: ({ signal }) =>
          callRoute(nextAlert, {
            params: { id },
            query: alertQueryFrom(new URLSearchParams(filters)),
            signal,
          }),
      })
      if (found.id) void navigate(alertHref(found.id, filters))
      else toast({ text: t('noNext') })
    } catch {
      toast({ text: t('nextFailed'), tone: 'red' })
    }
  }, [client, id, filters, navigate, toast, t])
  const shortcuts = useMemo(
    () => [
      {
        key: 'n',
        label: t('openNext'),
        run: () => {
          void next()
          return true
        },
      },
    ],
    [t, next],
  )
  useShortcuts(shortcuts)
  return next
}

const Marks = ({ alert }: { readonly alert: AlertDetail }) => {
  const { t } = useTexts(alertTexts)
  return (
    <>
      <GradeBadge grade={alert.grade} />
      <StatusTag tone={alert.status === 'disposed' ? 'good' : 'neutral'}>
        {t(`status.${alert.status}`)}
      </StatusTag>
      <AlertMarks row={alert} />
    </>
  )
}

const Columns = ({ alert, onNext }: { readonly alert: AlertDetail; readonly onNext: () => void }) => {
  const { t } = useTexts(alertTexts)
  return (
    <div className="alert-columns">
      <div className="alert-lead">
        <Section title={alert.indicatorName}>
          <p className="alert-sentence">{alert.summary}</p>
          <AlertFacts alert={alert} />
          <p className="alert-file dd-no-print">
            {alert.householdId && (
              <Link to={`/households/${alert.householdId}`}>{t('detail.household')}</Link>
            )}
            {alert.leadId && <Link to={`/leads/${alert.leadId}`}>{t('detail.leadFile')}</Link>}
          </p>
        </Section>
      </div>
      <AlertSide alert={alert} onNext={onNext} />
      <div className="alert-rest">
        <Why alert={alert} />
        <SourceRows rows={alert.evidenceRows} />
        <History alert={alert} />
      </div>
    </div>
  )
}

const AlertFacts = ({ alert }: { readonly alert: AlertDetail }) => {
  const { t } = useTexts(alertTexts)
  const person = { label: t('detail.leadName'), value: alert.maskedName || null }
  return (
    <Facts
      items={[
        person,
        ...(alert.subjectKind === 'household' ? [{ label: t('detail.subject'), value: alert.subject }] : []),
        { label: t('detail.place'), value: alert.region.name || null },
        { label: t('detail.raisedOn'), value: <DateText date={dateFrom(alert.raisedOn)} /> },
        { label: t('detail.period'), value: alert.period || null },
        {
          label: t('detail.origin'),
          value: isNamedOrigin(alert.origin) ? t(`origin.${alert.origin}`) : alert.origin,
        },
        { label: t('detail.owner'), value: alert.ownerName || null },
        { label: t('detail.article'), value: alert.article || null },
        ...(alert.sources.length > 0
          ? [{ label: t('detail.ages'), value: <DataAges sources={alert.sources} /> }]
          : []),
      ]}
    />
  )
}
