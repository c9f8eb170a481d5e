import { Button } from 'antd'
import { useId, useState } from 'react'
import { useNavigate } from 'react-router'
import type { BodyOf } from '#access'
import { callRoute } from '#access/web'
import { faultsByField, type Translate } from '#ui'
import {
  Dialog,
  ErrorState,
  ErrorSummary,
  type FormFault,
  type Grade,
  RadioField,
  TextAreaField,
  useSession,
  useTexts,
  useToast,
  useWrite,
} from '#ui/web'
import { alertHref, alertKeys } from '../alerts/alert-queries.web.ts'
import { disposeTexts, routeFrom } from '../dispose/texts.ts'
import { type DisposalRoute, routes } from '../states.ts'
import { raiseAlert } from './contract.ts'
import { originsFor } from './origins.ts'
import { raiseTexts } from './texts.ts'
import type { zhCN } from './zh-CN.ts'
import '../dispatch/dispatch.css'

type Body = BodyOf<typeof raiseAlert>
type Origin = Body['origin']

interface RaiseAlertDialogProps {
  /** Whom it is about: a registered household, or a lead known only from a feed. */
  readonly subject: Body['subject']
  /** A few words that name the subject to the reader, masked: a household number or a masked name. */
  readonly subjectLabel: string
  readonly onClose: () => void
  readonly onRaised?: (raised: { readonly id: string; readonly number: number }) => void
}

interface Draft {
  readonly origin?: Origin
  readonly grade?: Grade
  readonly route?: DisposalRoute
  readonly summary: string
}

const grades = ['red', 'orange', 'yellow'] as const
const summaryLength = { least: 4, most: 200 } as const

/** A person raises an alert after a visit or a call, or a higher level sends one down. Needs `alert.raise`; the server routes it like any other. */
export const RaiseAlertDialog = ({ subject, subjectLabel, onClose, onRaised }: RaiseAlertDialogProps) => {
  const { t } = useTexts(raiseTexts)
  const toast = useToast()
  const navigate = useNavigate()
  const id = useId()
  const [draft, setDraft] = useState<Draft>({ summary: '' })
  const [attempts, setAttempts] = useState(0)
  const raise = useWrite({
    write: (body: Body, { idempotencyKey }) => callRoute(raiseAlert, { body, idempotencyKey }),
    invalidates: alertKeys,
    onDone: (raised) => {
      toast({
        text: t('done', { number: String(raised.number) }),
        action: { label: t('see'), onSelect: () => void navigate(alertHref(raised.id)) },
      })
      onRaised?.(raised)
      onClose()
    },
  })
  const faults = attempts > 0 ? faultsOf(draft, id, t, faultsByField(raise.error)) : []
  const submit = () => {
    setAttempts(attempts + 1)
    raise.reset()
    const { origin, grade, route, summary } = draft
    if (!origin || !grade || !route || faultsOf(draft, id, t, new Map()).length > 0) return
    raise.mutate({ subject, origin, grade, route, summary: summary.trim() })
  }
  return (
    <Dialog
      title={t('title')}
      onClose={onClose}
      isDismissable={draft.summary === ''}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" form={`${id}-form`} loading={raise.isPending}>
            {t('submit')}
          </Button>
        </>
      }
    >
      <form
        id={`${id}-form`}
        className="monitoring-form"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <ErrorSummary key={attempts} faults={faults} />
        {raise.error && faults.length === 0 && <ErrorState error={raise.error} takesFocus />}
        <p>{t('about', { subject: subjectLabel })}</p>
        <DraftFields draft={draft} onChange={setDraft} id={id} faults={faults} />
      </form>
    </Dialog>
  )
}

const faultsOf = (
  draft: Draft,
  id: string,
  t: Translate<typeof zhCN>,
  said: ReadonlyMap<string, string>,
): FormFault[] => {
  const length = draft.summary.trim().length
  const isSummaryBad = length < summaryLength.least || length > summaryLength.most
  const own = {
    summary: isSummaryBad ? t('errors.summary') : undefined,
    origin: draft.origin ? undefined : t('errors.origin'),
    grade: draft.grade ? undefined : t('errors.grade'),
    route: draft.route ? undefined : t('errors.route'),
  }
  return Object.entries(own).flatMap(([field, fault]) => {
    const message = fault ?? said.get(`body.${field}`)
    return message ? [{ fieldId: `${id}-${field}`, message }] : []
  })
}

const DraftFields = (props: {
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  readonly id: string
  readonly faults: readonly FormFault[]
}) => {
  const { draft, onChange, id, faults } = props
  const { t } = useTexts(raiseTexts)
  const words = useTexts(disposeTexts)
  const origins = originsFor(useSession().account.role)
  const errorOf = (field: string) => faults.find(({ fieldId }) => fieldId === `${id}-${field}`)?.message
  return (
    <>
      <TextAreaField
        id={`${id}-summary`}
        label={t('summary')}
        hint={t('summaryHint')}
        value={draft.summary}
        error={errorOf('summary')}
        onChange={(summary) => onChange({ ...draft, summary })}
        input={{ maxLength: summaryLength.most, rows: 3 }}
      />
      <RadioField
        id={`${id}-origin`}
        label={t('origin')}
        value={draft.origin}
        error={errorOf('origin')}
        onChange={(origin) => onChange({ ...draft, origin })}
        options={origins.map((value) => ({ value, label: t(`origins.${value}`) }))}
      />
      <RadioField
        id={`${id}-grade`}
        label={t('grade')}
        value={draft.grade}
        error={errorOf('grade')}
        onChange={(grade) => onChange({ ...draft, grade })}
        options={grades.map((value) => ({ value, label: t(`grades.${value}`) }))}
      />
      <RadioField
        id={`${id}-route`}
        label={t('route')}
        value={draft.route === undefined ? undefined : String(draft.route)}
        error={errorOf('route')}
        onChange={(value) => onChange({ ...draft, route: routeFrom(value) })}
        options={routes.map((route) => ({
          value: String(route),
          label: words.t(`route.r${route}`),
          hint: words.t(`effect.r${route}`),
        }))}
      />
    </>
  )
}
