import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { callRoute } from '#access/web'
import { countText } from '#ui'
import { ErrorState, LoadingSkeleton, useTexts } from '#ui/web'
import { readTodo } from './contract.ts'
import { homeTexts } from './texts.ts'
import './home.css'

const alarming: ReadonlySet<string> = new Set(['overdue', 'areaOverdue'])

/** The numbers of the first page, each a link to exactly what it counts; the server decides which a role has. */
export const HomeNumbers = () => {
  const { t } = useTexts(homeTexts)
  const { data, error, refetch } = useQuery({
    queryKey: [readTodo.path],
    queryFn: ({ signal }) => callRoute(readTodo, { signal }),
  })
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingSkeleton lines={2} />
  const numbers = [
    ...data.counters.map(({ name, filters, count }) => ({
      name,
      count,
      to: filters ? `/alerts?${filters}` : '/alerts',
      unit: 'alerts' as const,
    })),
    ...(data.tasks === null
      ? []
      : ([{ name: 'review', count: data.tasks, to: '/tasks', unit: 'tasks' }] as const)),
  ]
  return (
    <ul className="todo-numbers" aria-label={t('numbers')}>
      {numbers.map(({ name, count, to, unit }) => (
        <li key={name}>
          <Link to={to} data-alarm={(alarming.has(name) && count > 0) || undefined}>
            <span className="todo-number">{countText(count)}</span>
            <span>
              {t(name)} <span className="dd-quiet">{t(`unit.${unit}`)}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
