import { Button } from 'antd'
import { useId, useState } from 'react'
import { callRoute } from '#access/web'
import { faultsByField, type Translate } from '#ui'
import {
  Dialog,
  ErrorState,
  ErrorSummary,
  Facts,
  type FormFault,
  RadioField,
  SelectField,
  TextAreaField,
  useTexts,
  useToast,
  useWrite,
} from '#ui/web'
import { type AlertDetail, alertKeys } from '../alerts/alert-queries.web.ts'
import { ChangedNotice } from '../alerts/changed-notice.web.tsx'
import { alertTexts } from '../alerts/texts.ts'
import { type DisposalRoute, type ResultLabel, resultLabels, routes, taskAfter } from '../states.ts'
import { disposeAlert } from './contract.ts'
import { EvidenceUpload } from './evidence.web.tsx'
import { disposeTexts, routeFrom } from './texts.ts'
import type { zhCN } from './zh-CN.ts'

interface DisposalDialogProps {
  readonly alert: AlertDetail
  readonly route: DisposalRoute
  readonly onClose: () => void
  /** Offered once it is done. */
  readonly nextLabel: string
  readonly onNext: () => void
}

interface Draft {
  readonly route: DisposalRoute
  readonly result: ResultLabel | undefined
  readonly reason: string
}

const shortestReason = 4

/** One alert's disposal in two steps: fill in, then check and confirm. Nothing typed is lost by a refusal. */
export const DisposalDialog = ({ alert, route, onClose, nextLabel, onNext }: DisposalDialogProps) => {
  const { t } = useTexts(disposeTexts)
  const toast = useToast()
  const [draft, setDraft] = useState<Draft>({ route, result: undefined, reason: '' })
  const [attempts, setAttempts] = useState(0)
  const [isChecking, setIsChecking] = useState(false)
  const id = useId()
  const dispose = useDispose(alert, () => {
    onClose()
    toast({
      text: t('done', { number: String(alert.number) }),
      action: { label: nextLabel, onSelect: onNext },
    })
  })
  const said = faultsByField(dispose.error)
  const faults = attempts === 0 ? [] : faultsOf(draft, alert, id, t, said)
  const check = () => {
    dispose.reset()
    setAttempts(attempts + 1)
    if (faultsOf(draft, alert, id, t, new Map()).length === 0) setIsChecking(true)
  }
  const confirm = () => {
    if (draft.result) dispose.mutate({ ...draft, result: draft.result, version: alert.version })
  }
  return (
    <Dialog
      title={isChecking ? t('form.checkTitle') : t('form.title', { number: String(alert.number) })}
      size="large"
      onClose={onClose}
      isDismissable={false}
      actions={
        isChecking ? (
          <>
            <Button onClick={() => setIsChecking(false)}>{t('form.back')}</Button>
            <Button type="primary" loading={dispose.isPending} onClick={confirm}>
              {t('form.confirm')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>{t('form.cancel')}</Button>
            <Button type="primary" onClick={check}>
              {t('form.check')}
            </Button>
          </>
        )
      }
    >
      <div className="dispose-form">
        {dispose.error && (
          <ChangedNotice error={dispose.error} onReloaded={dispose.reset}>
            <ErrorState error={dispose.error} takesFocus />
          </ChangedNotice>
        )}
        {isChecking ? (
          <CheckView draft={draft} alert={alert} />
        ) : (
          <>
            <ErrorSummary key={attempts} faults={faults} />
            <p>{t('form.about', { name: alert.maskedName || alert.subject, summary: alert.summary })}</p>
            <DraftFields draft={draft} onChange={setDraft} alert={alert} id={id} faults={faults} />
          </>
        )}
      </div>
    </Dialog>
  )
}

const useDispose = (alert: AlertDetail, onDone: () => void) =>
  useWrite({
    write: (
      { version, ...body }: Draft & { readonly result: ResultLabel; readonly version: number },
      { idempotencyKey },
    ) => callRoute(disposeAlert, { params: { id: alert.id }, version, body, idempotencyKey }),
    invalidates: alertKeys,
    onDone,
  })

const faultsOf = (
  draft: Draft,
  alert: AlertDetail,
  id: string,
  t: Translate<typeof zhCN>,
  said: ReadonlyMap<string, string>,
): FormFault[] => {
  const faults: FormFault[] = []
  const add = (field: string, own: string | undefined) => {
    const message = own ?? said.get(`body.${field}`)
    if (message) faults.push({ fieldId: `${id}-${field}`, message })
  }
  add('route', undefined)
  add('result', draft.result ? undefined : t('form.errors.result'))
  add('reason', draft.reason.trim().length < shortestReason ? t('form.errors.reason') : undefined)
  add('evidence', alert.evidence.length === 0 ? t('form.errors.evidence') : undefined)
  return faults
}

const DraftFields = (props: {
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  readonly alert: AlertDetail
  readonly id: string
  readonly faults: readonly FormFault[]
}) => {
  const { draft, onChange, alert, id, faults } = props
  const { t } = useTexts(disposeTexts)
  const labels = useTexts(alertTexts)
  const errorOf = (field: string) => faults.find(({ fieldId }) => fieldId === `${id}-${field}`)?.message
  return (
    <>
      <RadioField
        id={`${id}-route`}
        label={t('form.route')}
        value={String(draft.route)}
        error={errorOf('route')}
        onChange={(value) => onChange({ ...draft, route: routeFrom(value) ?? draft.route })}
        options={routes.map((route) => ({
          value: String(route),
          label: t(`route.r${route}`),
          hint: t(`effect.r${route}`),
        }))}
      />
      <SelectField
        id={`${id}-result`}
        label={t('form.result')}
        hint={t('form.resultHint')}
        value={draft.result}
        error={errorOf('result')}
        onChange={(result) => onChange({ ...draft, result })}
        options={resultLabels.map((value) => ({ value, label: labels.t(`result.${value}`) }))}
      />
      <p role="status">{draft.result && <EffectText draft={draft} />}</p>
      <TextAreaField
        id={`${id}-reason`}
        label={t('form.reason')}
        hint={t('form.reasonHint')}
        value={draft.reason}
        error={errorOf('reason')}
        onChange={(reason) => onChange({ ...draft, reason })}
        input={{ maxLength: 2000 }}
      />
      <EvidenceUpload
        id={`${id}-evidence`}
        alertId={alert.id}
        evidence={alert.evidence}
        error={errorOf('evidence')}
      />
    </>
  )
}

const EffectText = ({ draft }: { readonly draft: Draft }) => {
  const { t } = useTexts(disposeTexts)
  const task = draft.result && taskAfter(draft.route, draft.result)
  return <>{task ? t('opens', { task: t(`task.${task}`) }) : t('noTask')}</>
}

const CheckView = ({ draft, alert }: { readonly draft: Draft; readonly alert: AlertDetail }) => {
  const { t } = useTexts(disposeTexts)
  const labels = useTexts(alertTexts)
  return (
    <>
      <p>{t('form.about', { name: alert.maskedName || alert.subject, summary: alert.summary })}</p>
      <Facts
        items={[
          { label: t('form.route'), value: t(`route.r${draft.route}`) },
          {
            label: t('form.result'),
            value: draft.result ? labels.t(`result.${draft.result}`) : undefined,
          },
          { label: t('form.evidence'), value: t('form.files', { count: alert.evidence.length }) },
          { label: t('form.effect'), value: <EffectText draft={draft} /> },
          { label: t('form.reason'), value: draft.reason.trim() },
        ]}
      />
      <p>{t('form.checkNote')}</p>
    </>
  )
}
