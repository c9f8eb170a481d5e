import { Link } from 'react-router'
import { DueLight, StatusTag, useTexts } from '#ui/web'
import { dueOf } from '../alerts/alert-queries.web.ts'
import { useKindText } from './task-queries.web.ts'
import { taskTexts } from './texts.ts'
import './tasks.css'

interface LinkedTask {
  readonly id: string
  readonly kind: string
  readonly status: string
  readonly dueOn: string | null
  readonly workdaysLeft: number | null
  readonly holder: { readonly name: string } | null
}

/** The tasks that follow from an alert, in short. */
export const TaskLinks = ({ tasks }: { readonly tasks: readonly LinkedTask[] }) => {
  const { t } = useTexts(taskTexts)
  const kindText = useKindText()
  return (
    <ul className="task-links">
      {tasks.map((task) => (
        <li key={task.id}>
          <Link to={`/tasks?holder=any&task=${task.id}${task.status === 'done' ? '&status=done' : ''}`}>
            {kindText(task.kind)}
          </Link>
          {task.status === 'open' ? (
            <DueLight {...dueOf(task)} />
          ) : (
            <StatusTag tone={task.status === 'done' ? 'good' : 'neutral'}>
              {t(task.status === 'done' ? 'status.done' : 'status.withdrawn')}
            </StatusTag>
          )}
          <span className="dd-quiet">{task.holder?.name ?? t('panel.nobody')}</span>
        </li>
      ))}
    </ul>
  )
}
