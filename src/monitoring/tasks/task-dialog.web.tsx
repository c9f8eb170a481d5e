import { Button } from 'antd'
import { useId, useState } from 'react'
import { Link } from 'react-router'
import { minuteText } from '#access/web'
import {
  Dialog,
  DueLight,
  ErrorState,
  ErrorSummary,
  Facts,
  TextAreaField,
  useSession,
  useTexts,
  useToast,
} from '#ui/web'
import { dueOf } from '../alerts/alert-queries.web.ts'
import { ChangedNotice } from '../alerts/changed-notice.web.tsx'
import { type Task, useFinishTask, useKindText } from './task-queries.web.ts'
import { isTaskKind, taskTexts } from './texts.ts'

const shortestOutcome = 4

/** One task: what is to do, whom it is about, and the form that finishes it. */
export const TaskDialog = ({ task, onClose }: { readonly task: Task; readonly onClose: () => void }) => {
  const { t } = useTexts(taskTexts)
  const toast = useToast()
  const formId = useId()
  const fieldId = useId()
  const kindText = useKindText()
  const [outcome, setOutcome] = useState('')
  const [attempts, setAttempts] = useState(0)
  const { account } = useSession()
  const mayFinish = task.status === 'open' && task.holder?.id === account.organisation.id
  const finish = useFinishTask(() => {
    toast({ text: t('finished') })
    onClose()
  })
  const isShort = attempts > 0 && outcome.trim().length < shortestOutcome
  const submit = () => {
    setAttempts(attempts + 1)
    if (outcome.trim().length >= shortestOutcome) {
      finish.mutate({ id: task.id, version: task.version, outcome: outcome.trim() })
    }
  }
  const actions = mayFinish ? (
    <>
      <Button onClick={onClose}>{t('panel.cancel')}</Button>
      <Button type="primary" htmlType="submit" form={formId} loading={finish.isPending}>
        {t('panel.finish')}
      </Button>
    </>
  ) : (
    <Button onClick={onClose}>{t('panel.close')}</Button>
  )
  return (
    <Dialog
      title={t('panel.title', { kind: kindText(task.kind) })}
      onClose={onClose}
      actions={actions}
      isDismissable={outcome === ''}
    >
      <form
        id={formId}
        className="task-panel"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {isShort && <ErrorSummary key={attempts} faults={[{ fieldId, message: t('panel.outcomeShort') }]} />}
        {finish.error && (
          <ChangedNotice error={finish.error} onReloaded={finish.reset}>
            <ErrorState error={finish.error} takesFocus />
          </ChangedNotice>
        )}
        <About task={task} />
        {mayFinish ? (
          <TextAreaField
            id={fieldId}
            label={t('panel.outcome')}
            hint={t('panel.outcomeHint')}
            value={outcome}
            error={isShort ? t('panel.outcomeShort') : undefined}
            onChange={setOutcome}
            input={{ maxLength: 2000 }}
          />
        ) : (
          task.status === 'open' && (
            <p>{task.holder ? t('panel.notHolder', { holder: task.holder.name }) : t('panel.nobody')}</p>
          )
        )}
      </form>
    </Dialog>
  )
}

const About = ({ task }: { readonly task: Task }) => {
  const { t } = useTexts(taskTexts)
  return (
    <>
      {isTaskKind(task.kind) && <p>{t(`about.${task.kind}`)}</p>}
      <Facts
        items={[
          { label: t('columns.subject'), value: task.subject || undefined },
          { label: t('columns.place'), value: task.region.name || null },
          task.status === 'open'
            ? { label: t('columns.due'), value: <DueLight {...dueOf(task)} /> }
            : { label: t('panel.outcome'), value: task.outcome },
          { label: t('columns.holder'), value: task.holder?.name ?? null },
          { label: t('columns.opened'), value: minuteText(task.openedAt) },
        ]}
      />
      <p className="task-panel-links">
        {task.alertId && <Link to={`/alerts/${task.alertId}`}>{t('panel.alert')}</Link>}
        {task.householdId && <Link to={`/households/${task.householdId}`}>{t('panel.household')}</Link>}
        {task.leadId && <Link to={`/leads/${task.leadId}`}>{t('panel.lead')}</Link>}
      </p>
    </>
  )
}
