import { Link } from 'react-router'
import { countText, isPermitted } from '#ui'
import { useSession, useTexts } from '#ui/web'
import { useAlertCounts } from '../alerts/alert-queries.web.ts'
import { useTasks } from '../tasks/task-queries.web.ts'
import { homeTexts } from './texts.ts'
import './home.css'

/** What waits for the reader's office; a number is undefined until it is known or when the reader may not see it. */
const useTodoCounts = () => {
  const { permissions } = useSession().account
  const readsAlerts = isPermitted(permissions, 'alert.read')
  const worksTasks = isPermitted(permissions, 'task.work')
  const alerts = useAlertCounts({ holder: 'mine' }, readsAlerts).data
  const tasks = useTasks({ status: 'open', holder: 'mine' }, worksTasks).data
  return { readsAlerts, worksTasks, alerts, tasks: tasks?.length }
}

/** The four numbers of the first page, each a link to exactly what it counts. */
export const HomeNumbers = () => {
  const { t } = useTexts(homeTexts)
  const { readsAlerts, worksTasks, alerts, tasks } = useTodoCounts()
  const numbers = [
    ...(readsAlerts
      ? ([
          { name: 'overdue', value: alerts?.overdue, to: '/alerts?due=overdue&holder=mine', unit: 'alerts' },
          { name: 'dueToday', value: alerts?.dueToday, to: '/alerts?due=today&holder=mine', unit: 'alerts' },
          { name: 'fresh', value: alerts?.fresh, to: '/alerts?holder=mine&status=new', unit: 'alerts' },
        ] as const)
      : []),
    ...(worksTasks ? ([{ name: 'review', value: tasks, to: '/tasks', unit: 'tasks' }] as const) : []),
  ]
  if (numbers.length === 0) return null
  return (
    <ul className="todo-numbers" aria-label={t('numbers')}>
      {numbers.map(({ name, value, to, unit }) => (
        <li key={name}>
          <Link to={to} data-alarm={name === 'overdue' && value ? true : undefined}>
            <span className="todo-number">{value === undefined ? '–' : countText(value)}</span>
            <span>
              {t(name)} <span className="dd-quiet">{t(`unit.${unit}`)}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
