import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import type { BusinessDate } from '#base'
import { isPermitted } from '#ui'
import {
  type Column,
  DataTable,
  DueLight,
  EmptyState,
  type Grade,
  GradeBadge,
  Section,
  StatusTag,
  useSession,
  useTexts,
} from '#ui/web'
import { alertHref, dueOf, useAlertCounts, useAlertList } from '../alerts/alert-queries.web.ts'
import type { AlertRow } from '../alerts/contract.ts'
import { type Task, useKindText, useTaskList } from '../tasks/task-queries.web.ts'
import { homeTexts } from './texts.ts'

interface TodoLine {
  readonly id: string
  readonly grade?: Grade
  readonly title: string
  readonly place: string
  readonly due: { readonly dueOn: BusinessDate | undefined; readonly workdaysLeft: number | 'awaiting' }
  readonly href: string
}

/** Lines shown at first and added each time; never more than was read of each kind, so that the order is right. */
const atFirst = 8
const read = 40

// Awaiting the calendar counts as due soonest, as on the desk.
const dueKey = ({ due }: TodoLine): string => due.dueOn ?? '0000-00-00'

/** What the reader's office has to do: alerts and tasks in one list, overdue first. */
export const TodoList = () => {
  const { t } = useTexts(homeTexts)
  const { permissions } = useSession().account
  const readsAlerts = isPermitted(permissions, 'alert.read')
  const worksTasks = isPermitted(permissions, 'task.work')
  if (!readsAlerts) return null
  return (
    <Section
      title={t('todo')}
      actions={
        <>
          <Link to="/alerts?holder=mine">{t('moreAlerts')}</Link>
          {worksTasks && <Link to="/tasks">{t('moreTasks')}</Link>}
        </>
      }
    >
      <Lines worksTasks={worksTasks} />
    </Section>
  )
}

const Lines = ({ worksTasks }: { readonly worksTasks: boolean }) => {
  const { t } = useTexts(homeTexts)
  const kindText = useKindText()
  const [shown, setShown] = useState(atFirst)
  const alerts = useAlertList({ holder: 'mine' }, read)
  const total = useAlertCounts({ holder: 'mine' }).data?.total
  const tasks = useTaskList({ status: 'open', holder: 'mine' }, worksTasks, read)
  const lineOfAlert = (row: AlertRow): TodoLine => ({
    id: row.id,
    grade: row.grade,
    title: t('alertOf', { name: row.maskedName || row.subject, summary: row.summary }),
    place: row.region.name,
    due: dueOf(row),
    href: alertHref(row.id, '?holder=mine'),
  })
  const lineOfTask = (task: Task): TodoLine => ({
    id: task.id,
    title: t('taskOf', { kind: kindText(task.kind), subject: task.subject }),
    place: task.region.name,
    due: dueOf(task),
    href: `/tasks?task=${task.id}`,
  })
  const isReady =
    alerts.rows !== undefined && (!worksTasks || tasks.rows !== undefined || tasks.error !== undefined)
  const lines = [...(alerts.rows ?? []).map(lineOfAlert), ...(tasks.rows ?? []).map(lineOfTask)].sort(
    (a, b) => (dueKey(a) < dueKey(b) ? -1 : dueKey(a) > dueKey(b) ? 1 : 0),
  )
  const showMore = () => {
    setShown(shown + atFirst)
    for (const { rows, more } of [alerts, tasks])
      if (shown + atFirst > (rows?.length ?? 0) && more.hasMore) more.onMore()
  }
  return (
    <DataTable
      caption={t('todo')}
      columns={useColumns()}
      rows={isReady ? lines.slice(0, shown) : undefined}
      total={total === undefined ? undefined : total + (tasks.total ?? 0)}
      more={{
        hasMore: lines.length > shown || alerts.more.hasMore || tasks.more.hasMore,
        isLoading: alerts.more.isLoading || tasks.more.isLoading,
        onMore: showMore,
      }}
      error={alerts.error ?? tasks.error ?? undefined}
      onRetry={() => {
        alerts.onRetry()
        if (worksTasks) tasks.onRetry()
      }}
      rowKey={(line) => line.id}
      rowLabel={(line) => line.title}
      hrefOf={(line) => line.href}
      empty={
        <EmptyState icon="check" title={t('empty')}>
          {t('emptyBody')}
        </EmptyState>
      }
    />
  )
}

const useColumns = (): readonly Column<TodoLine>[] => {
  const { t } = useTexts(homeTexts)
  return useMemo(
    () => [
      {
        id: 'grade',
        title: t('columns.grade'),
        width: '6.5em',
        onCard: 'head',
        cell: (line) => (line.grade ? <GradeBadge grade={line.grade} /> : <StatusTag>{t('task')}</StatusTag>),
      },
      { id: 'what', title: t('columns.what'), isMain: true, cell: (line) => line.title },
      { id: 'place', title: t('columns.place'), width: '12em', cell: (line) => line.place },
      {
        id: 'due',
        title: t('columns.due'),
        width: '18em',
        cell: (line) => <DueLight {...line.due} />,
      },
    ],
    [t],
  )
}
