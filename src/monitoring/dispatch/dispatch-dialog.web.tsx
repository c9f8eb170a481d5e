import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useId, useState } from 'react'
import type { ReplyOf } from '#access'
import { callRoute } from '#access/web'
import type { Translate } from '#ui'
import {
  Dialog,
  ErrorState,
  ErrorSummary,
  type FormFault,
  LoadingSkeleton,
  RadioField,
  SelectField,
  TextAreaField,
  useTexts,
  useToast,
  useWrite,
} from '#ui/web'
import { alertKeys } from '../alerts/alert-queries.web.ts'
import { type DispatchTarget, dispatchAlerts, listOffices, previewDispatch } from './contract.ts'
import { dispatchTexts } from './texts.ts'
import type { zhCN } from './zh-CN.ts'
import './dispatch.css'

type Kind = DispatchTarget['kind']
type Preview = ReplyOf<typeof previewDispatch>

const kinds = ['township', 'village', 'department', 'office'] as const
/** As many as one request takes. */
const mostAtOnce = 200

interface DispatchDialogProps {
  readonly ids: readonly string[]
  readonly onClose: () => void
  readonly onDone?: () => void
}

const targetFrom = (kind: Kind | undefined, officeId: string | undefined): DispatchTarget | undefined => {
  if (kind === undefined) return undefined
  if (kind !== 'office') return { kind }
  return officeId ? { kind, id: officeId } : undefined
}

/** Sends alerts on: choose a target, see who gets how many and what stays, confirm. */
export const DispatchDialog = ({ ids, onClose, onDone }: DispatchDialogProps) => {
  const { t } = useTexts(dispatchTexts)
  const toast = useToast()
  const id = useId()
  const [kind, setKind] = useState<Kind>()
  const [officeId, setOfficeId] = useState<string>()
  const [note, setNote] = useState('')
  const [attempts, setAttempts] = useState(0)
  const to = targetFrom(kind, officeId)
  const preview = usePreview(ids, to)
  const count = preview.data?.groups.reduce((sum, group) => sum + group.count, 0) ?? 0
  const send = useWrite({
    write: (body: { ids: readonly string[]; to: DispatchTarget; note?: string }, { idempotencyKey }) =>
      callRoute(dispatchAlerts, { body, idempotencyKey }),
    invalidates: alertKeys,
    onDone: ({ dispatched, left }) => {
      toast({
        text:
          left.length > 0
            ? t('doneLeft', { count: dispatched, left: left.length })
            : t('done', { count: dispatched }),
      })
      onDone?.()
      onClose()
    },
  })
  const faults = attempts > 0 ? faultsOf(kind, officeId, id, t) : []
  const submit = () => {
    setAttempts(attempts + 1)
    if (to && count > 0) send.mutate({ ids, to, note: note.trim() || undefined })
  }
  const actions = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button
        type="primary"
        loading={send.isPending}
        disabled={(to !== undefined && count === 0) || ids.length > mostAtOnce}
        onClick={submit}
      >
        {t('confirm', { count: to ? count : ids.length })}
      </Button>
    </>
  )
  return (
    <Dialog title={t('title', { count: ids.length })} actions={actions} onClose={onClose}>
      <div className="monitoring-form">
        {ids.length > mostAtOnce && <p role="alert">{t('tooMany')}</p>}
        <ErrorSummary key={attempts} faults={faults} />
        {send.error && <ErrorState error={send.error} takesFocus />}
        <RadioField
          id={`${id}-kind`}
          label={t('target')}
          value={kind}
          error={faults.find(({ fieldId }) => fieldId === `${id}-kind`)?.message}
          onChange={setKind}
          options={kinds.map((value) => ({
            value,
            label: t(`targets.${value}`),
            hint: t(`hints.${value}`),
          }))}
        />
        {kind === 'office' && (
          <OfficeField
            id={`${id}-office`}
            value={officeId}
            error={faults.find(({ fieldId }) => fieldId === `${id}-office`)?.message}
            onChange={setOfficeId}
          />
        )}
        <PreviewView to={to} preview={preview} />
        <TextAreaField
          label={t('note')}
          hint={t('noteHint')}
          isOptional
          value={note}
          onChange={setNote}
          input={{ rows: 2, maxLength: 500 }}
        />
      </div>
    </Dialog>
  )
}

const faultsOf = (
  kind: Kind | undefined,
  officeId: string | undefined,
  id: string,
  t: Translate<typeof zhCN>,
): FormFault[] => {
  if (kind === undefined) return [{ fieldId: `${id}-kind`, message: t('errors.target') }]
  if (kind === 'office' && !officeId) return [{ fieldId: `${id}-office`, message: t('errors.office') }]
  return []
}

const usePreview = (ids: readonly string[], to: DispatchTarget | undefined) =>
  useQuery({
    queryKey: [previewDispatch.path, ids, to],
    enabled: to !== undefined && ids.length <= mostAtOnce,
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) => callRoute(previewDispatch, { body: { ids, to }, onlyReads: true, signal }),
  })

const OfficeField = (props: {
  readonly id: string
  readonly value: string | undefined
  readonly error: string | undefined
  readonly onChange: (id: string | undefined) => void
}) => {
  const { t } = useTexts(dispatchTexts)
  const { data, error, refetch } = useQuery({
    queryKey: [listOffices.path],
    queryFn: ({ signal }) => callRoute(listOffices, { signal }),
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingSkeleton lines={1} />
  return (
    <SelectField
      id={props.id}
      label={t('office')}
      emptyLabel={t('chooseOffice')}
      value={props.value}
      error={props.error}
      onChange={props.onChange}
      options={data.offices.map((office) => ({ value: office.id, label: office.name }))}
    />
  )
}

const PreviewView = (props: {
  readonly to: DispatchTarget | undefined
  readonly preview: ReturnType<typeof usePreview>
}) => {
  const { t } = useTexts(dispatchTexts)
  const { data, error, refetch } = props.preview
  return (
    <section className="monitoring-preview" aria-label={t('preview')} aria-live="polite">
      <h3>{t('preview')}</h3>
      {!props.to ? (
        <p className="dd-quiet">{t('previewWait')}</p>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <PreviewLists data={data} />
      ) : (
        <LoadingSkeleton lines={2} />
      )}
    </section>
  )
}

const PreviewLists = ({ data }: { readonly data: Preview }) => {
  const { t } = useTexts(dispatchTexts)
  const { groups, left } = data
  const count = groups.reduce((sum, group) => sum + group.count, 0)
  return (
    <>
      <p>{count > 0 ? t('groups', { count }) : t('none')}</p>
      {groups.length > 0 && (
        <ul>
          {groups.map((group) => (
            <li key={group.office.id}>{t('group', { office: group.office.name, count: group.count })}</li>
          ))}
        </ul>
      )}
      {left.length > 0 && (
        <>
          <p>{t('left', { count: left.length })}</p>
          <ul>
            {left.map((one) => (
              <li key={one.id}>
                {t('leftOne', { number: String(one.number), reason: t(`reason.${one.reason}`) })}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
