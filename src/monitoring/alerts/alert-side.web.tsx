import { Button } from 'antd'
import { useState } from 'react'
import { minuteText } from '#access/web'
import { DueLight, ErrorState, Facts, Section, StatusTag, useTexts, useToast } from '#ui/web'
import { DispatchDialog } from '../dispatch/dispatch-dialog.web.tsx'
import { DisposalDialog } from '../dispose/disposal-dialog.web.tsx'
import { EvidenceList } from '../dispose/evidence.web.tsx'
import { disposeTexts, routeFrom } from '../dispose/texts.ts'
import { type DisposalRoute, routes } from '../states.ts'
import { TaskLinks } from '../tasks/task-links.web.tsx'
import { type AlertDetail, dueOf, isOpen, useTakeAlert } from './alert-queries.web.ts'
import { ChangedNotice } from './changed-notice.web.tsx'
import { alertTexts, isResultName } from './texts.ts'

/** What to do with an alert: who holds it until when, taking, dispatch, and the four routes with their effects. */
export const AlertSide = ({
  alert,
  onNext,
}: {
  readonly alert: AlertDetail
  readonly onNext: () => void
}) => {
  const { t } = useTexts(alertTexts)
  const [route, setRoute] = useState<DisposalRoute>()
  const [isDispatching, setIsDispatching] = useState(false)
  return (
    <div className="alert-side">
      <Section title={t('detail.desk')}>
        <Facts
          items={[
            { label: t('columns.due'), value: isOpen(alert) ? <DueLight {...dueOf(alert)} /> : null },
            { label: t('columns.holder'), value: alert.holder?.name ?? t('noHolder') },
          ]}
        />
        <Outcome alert={alert} />
        <TakeButton alert={alert} />
        {alert.may.dispose && <RouteButtons suggested={alert.route} onChoose={setRoute} />}
        {alert.may.dispatch && (
          <div className="dd-no-print">
            <Button block onClick={() => setIsDispatching(true)}>
              {t('detail.dispatch')}
            </Button>
          </div>
        )}
      </Section>
      <Section title={t('detail.evidence')}>
        {alert.evidence.length === 0 ? (
          <p className="dd-quiet">{t('detail.noEvidence')}</p>
        ) : (
          <EvidenceList evidence={alert.evidence} byLine={(one) => byLine(one, t)} />
        )}
      </Section>
      {alert.tasks.length > 0 && (
        <Section title={t('detail.tasks')}>
          <TaskLinks tasks={alert.tasks} />
        </Section>
      )}
      {route && (
        <DisposalDialog
          alert={alert}
          route={route}
          onClose={() => setRoute(undefined)}
          nextLabel={t('nextAlert')}
          onNext={onNext}
        />
      )}
      {isDispatching && <DispatchDialog ids={[alert.id]} onClose={() => setIsDispatching(false)} />}
    </div>
  )
}

const byLine = (
  one: AlertDetail['evidence'][number],
  t: (key: 'detail.evidenceBy', gaps: { name: string; at: string }) => string,
): string => t('detail.evidenceBy', { name: one.addedBy, at: minuteText(one.addedAt) })

/** How it ended, or why the reader cannot act on it. */
const Outcome = ({ alert }: { readonly alert: AlertDetail }) => {
  const { t } = useTexts(alertTexts)
  const words = useTexts(disposeTexts)
  if (alert.status === 'withdrawn') return <p>{t('detail.withdrawn')}</p>
  if (alert.status === 'disposed') {
    const step = [...alert.steps].reverse().find((one) => one.step === 'disposed')
    const route = routeFrom(step?.route ?? alert.route)
    const result = alert.result && isResultName(alert.result) ? t(`result.${alert.result}`) : '–'
    return <p>{t('detail.closed', { route: route ? words.t(`route.r${route}`) : '–', result })}</p>
  }
  if (alert.may.dispose) return null
  return <p>{alert.holder ? t('detail.notHolder', { holder: alert.holder.name }) : t('detail.nobody')}</p>
}

const TakeButton = ({ alert }: { readonly alert: AlertDetail }) => {
  const { t } = useTexts(alertTexts)
  const toast = useToast()
  const take = useTakeAlert(() => toast({ text: t('detail.taken') }))
  if (!alert.may.take) return null
  return (
    <div className="alert-action dd-no-print">
      {take.error && (
        <ChangedNotice error={take.error} onReloaded={take.reset}>
          <ErrorState error={take.error} takesFocus />
        </ChangedNotice>
      )}
      <Button
        block
        type="primary"
        loading={take.isPending}
        onClick={() => take.mutate({ id: alert.id, version: alert.version })}
      >
        {t('detail.take')}
      </Button>
      <p className="dd-quiet">{t('detail.takeEffect')}</p>
    </div>
  )
}

const RouteButtons = (props: {
  /** The route that the indicator proposes. */
  readonly suggested: number
  readonly onChoose: (route: DisposalRoute) => void
}) => {
  const { t } = useTexts(alertTexts)
  const words = useTexts(disposeTexts)
  return (
    <section className="dd-no-print">
      <h3 className="alert-routes-title">{t('detail.dispositions')}</h3>
      <ul className="alert-routes">
        {routes.map((route) => (
          <li key={route}>
            <Button block onClick={() => props.onChoose(route)} aria-describedby={`route-${route}`}>
              {words.t(`route.r${route}`)}
            </Button>
            <p id={`route-${route}`} className="dd-quiet">
              {route === props.suggested && <StatusTag tone="primary">{t('detail.suggested')}</StatusTag>}{' '}
              {words.t(`effect.r${route}`)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
