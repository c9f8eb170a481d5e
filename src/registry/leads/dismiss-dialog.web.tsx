import { Button } from 'antd'
import { useState } from 'react'
import { callRoute } from '#access/web'
import { Dialog, ErrorState, RadioField, TextAreaField, useTexts, useToast, useWrite } from '#ui/web'
import { readLeadChain } from '../chain/contract.ts'
import { useLabels } from '../labels/labels.web.ts'
import { dismissLead, dismissReasons, type LeadFile, listLeadsRoute, readLead } from './contract.ts'
import { leadTexts } from './texts.ts'
import '../facts/facts.css'

type Reason = (typeof dismissReasons)[number]

/** Sets a lead aside with a reason, on the version that was seen. */
export const DismissDialog = (props: { readonly lead: LeadFile; readonly onClose: () => void }) => {
  const { lead, onClose } = props
  const { t } = useTexts(leadTexts)
  const { label } = useLabels()
  const toast = useToast()
  const [reason, setReason] = useState<Reason>()
  const [note, setNote] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const dismiss = useWrite({
    write: (body: { reason: Reason; note: string }, { idempotencyKey }) =>
      callRoute(dismissLead, { params: { id: lead.id }, version: lead.version, body, idempotencyKey }),
    invalidates: [[readLead.path], [listLeadsRoute.path], [readLeadChain.path]],
    onDone: () => {
      toast({ text: t('dismiss.done'), tone: 'good' })
      onClose()
    },
  })
  const send = () => (reason === undefined ? setIsMissing(true) : dismiss.mutate({ reason, note }))
  const actions = (
    <>
      <Button onClick={onClose}>{t('dismiss.cancel')}</Button>
      <Button type="primary" loading={dismiss.isPending} onClick={send}>
        {t('dismiss.button')}
      </Button>
    </>
  )
  return (
    <Dialog title={t('dismiss.title')} size="small" actions={actions} onClose={onClose}>
      <div className="registry-form">
        <p>{t('dismiss.body')}</p>
        {dismiss.error && <ErrorState error={dismiss.error} takesFocus />}
        <RadioField
          label={t('dismiss.reason')}
          {...(isMissing && reason === undefined ? { error: t('dismiss.needReason') } : {})}
          value={reason}
          onChange={setReason}
          options={dismissReasons.map((value) => ({ value, label: label('dismissal', value) }))}
        />
        <TextAreaField
          label={t('dismiss.note')}
          isOptional
          value={note}
          onChange={setNote}
          input={{ rows: 2, maxLength: 200 }}
        />
      </div>
    </Dialog>
  )
}
