import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useId, useState } from 'react'
import { callRoute } from '#access/web'
import { ApiProblem } from '#ui'
import { Dialog, ErrorState, ErrorSummary, TextAreaField, useTexts, useToast, useWrite } from '#ui/web'
import { releaseFeed, takeBackFeed } from './contract.ts'
import { type FeedDetail, feedKeys } from './feed-queries.web.ts'
import { intakeTexts } from './texts.ts'

export type DecisionKind = 'release' | 'takeBack'

const shortestReason = 4

interface DecisionDialogProps {
  readonly feed: FeedDetail
  readonly kind: DecisionKind
  readonly onClose: () => void
}

/** Asks for a release or a take-back: what it brings about, whether it can be undone, and why it is done. */
export const DecisionDialog = ({ feed, kind, onClose }: DecisionDialogProps) => {
  const { t } = useTexts(intakeTexts)
  const id = useId()
  const [reason, setReason] = useState('')
  const [attempts, setAttempts] = useState(0)
  const decide = useDecide(feed, kind, onClose)
  const isShort = reason.trim().length < shortestReason
  const error = attempts > 0 && isShort ? t('reasonShort') : undefined
  const submit = () => {
    setAttempts(attempts + 1)
    if (!isShort) decide.mutate({ reason: reason.trim() })
  }
  const actions = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button type="primary" danger={kind === 'takeBack'} loading={decide.isPending} onClick={submit}>
        {t(`${kind}.action`)}
      </Button>
    </>
  )
  return (
    <Dialog title={t(`${kind}.title`)} actions={actions} onClose={onClose} isDismissable={!reason}>
      <div className="exchange-form">
        {error && <ErrorSummary key={attempts} faults={[{ fieldId: id, message: error }]} />}
        {decide.error && <ErrorState error={decide.error} takesFocus />}
        <Effects feed={feed} kind={kind} />
        <TextAreaField
          id={id}
          label={t('reason')}
          hint={t(`${kind}.reasonHint`)}
          value={reason}
          onChange={setReason}
          error={error}
          input={{ rows: 3, maxLength: 500 }}
        />
      </div>
    </Dialog>
  )
}

const Effects = ({ feed, kind }: Pick<DecisionDialogProps, 'feed' | 'kind'>) => {
  const { t } = useTexts(intakeTexts)
  const count = feed.rowsAccepted
  return (
    <ul className="feed-effects">
      <li>{t(`${kind}.effect`, { count })}</li>
      {kind === 'takeBack' && feed.status === 'accepted' && (
        <>
          <li>{t('takeBack.effectAlerts')}</li>
          <li>{t('takeBack.effectAid')}</li>
        </>
      )}
      <li>{t(`${kind}.undo`)}</li>
    </ul>
  )
}

const useDecide = (feed: FeedDetail, kind: DecisionKind, onClose: () => void) => {
  const { t } = useTexts(intakeTexts)
  const toast = useToast()
  const client = useQueryClient()
  const call = { params: { id: feed.id }, version: feed.version }
  return useWrite({
    write: async (body: { reason: string }, { idempotencyKey }) => {
      try {
        if (kind === 'release') {
          await callRoute(releaseFeed, { ...call, body, idempotencyKey })
          return t('release.done')
        }
        const { withdrawn, marked } = await callRoute(takeBackFeed, { ...call, body, idempotencyKey })
        return t('takeBack.done', { withdrawn, marked })
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.problem.status !== 412) throw error
        // Somebody was faster: what they decided is shown instead of this dialog.
        await Promise.all(feedKeys.map((queryKey) => client.invalidateQueries({ queryKey: [...queryKey] })))
        return t('changed')
      }
    },
    invalidates: feedKeys,
    onDone: (text) => {
      toast({ text })
      onClose()
    },
  })
}
