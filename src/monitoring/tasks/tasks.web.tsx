import { Link, useSearchParams } from 'react-router'
import { minuteText } from '#access/web'
import { type Column, DataTable, DueLight, EmptyState, Page, StatusTag, useSession, useTexts } from '#ui/web'
import { dueOf } from '../alerts/alert-queries.web.ts'
import { TaskDialog } from './task-dialog.web.tsx'
import { type Task, useKindText, useTask, useTaskList } from './task-queries.web.ts'
import { taskTexts } from './texts.ts'
import '../views/views.css'
import './tasks.css'

const tabs = [
  { name: 'mine', search: '', status: 'open', holder: 'mine' },
  { name: 'any', search: '?holder=any', status: 'open', holder: 'any' },
  { name: 'done', search: '?status=done', status: 'done', holder: 'mine' },
  { name: 'allDone', search: '?status=done&holder=any', status: 'done', holder: 'any' },
] as const

type Tab = (typeof tabs)[number]

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Tasks that follow from disposals: which ones, the list, and one task over it. */
export const TasksPage = () => {
  const { t } = useTexts(taskTexts)
  const [address, setAddress] = useSearchParams()
  const isDepartment = useSession().account.organisation.kind === 'department'
  const status = address.get('status') === 'done' ? 'done' : 'open'
  const holder = address.get('holder') === 'any' && !isDepartment ? 'any' : 'mine'
  const list = useTaskList({ status, holder })
  const wanted = wantedIn(address)
  const listed = list.rows?.find(({ id }) => id === wanted)
  // A link may name a task of a later page or of another tab.
  const single = useTask(list.rows && !listed ? wanted : undefined)
  const found = listed ?? single.data ?? undefined
  const show = (id: string | undefined) => {
    const next = new URLSearchParams(address)
    if (id) next.set('task', id)
    else next.delete('task')
    setAddress(next, { replace: true })
  }
  const current = tabs.find((tab) => tab.status === status && tab.holder === holder)
  return (
    <Page title={t('title')} lead={t('lead')} help={<Help />}>
      <Tabs shown={tabs.filter((tab) => !isDepartment || tab.holder === 'mine')} current={current} />
      {current && <p className="monitoring-printed">{t(`tabs.${current.name}`)}</p>}
      {wanted && single.data === null && (
        <p role="status" className="dd-quiet">
          {t('notFound')}
        </p>
      )}
      <DataTable
        caption={t('caption')}
        columns={useColumns(status)}
        {...list}
        rowKey={(task) => task.id}
        rowLabel={(task) => `${task.kind} ${task.subject}`}
        onOpen={(task) => show(task.id)}
        activeKey={wanted}
        empty={<NoTasks status={status} />}
      />
      {found && <TaskDialog key={found.id} task={found} onClose={() => show(undefined)} />}
    </Page>
  )
}

const wantedIn = (address: URLSearchParams): string | undefined => {
  const id = address.get('task') ?? ''
  return uuid.test(id) ? id : undefined
}

const Help = () => {
  const { t } = useTexts(taskTexts)
  return (
    <>
      <p>{t('help.what')}</p>
      <p>{t('help.keys')}</p>
      <p>{t('help.who')}</p>
    </>
  )
}

const Tabs = (props: { readonly shown: readonly Tab[]; readonly current: Tab | undefined }) => {
  const { t } = useTexts(taskTexts)
  return (
    <div className="monitoring-views dd-no-print">
      <nav aria-label={t('tabs.label')}>
        <ul>
          {props.shown.map((tab) => (
            <li key={tab.name}>
              <Link to={`/tasks${tab.search}`} aria-current={tab === props.current ? 'page' : undefined}>
                {t(`tabs.${tab.name}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  )
}

const useColumns = (status: 'open' | 'done'): readonly Column<Task>[] => {
  const { t } = useTexts(taskTexts)
  const kindText = useKindText()
  return [
    { id: 'kind', title: t('columns.kind'), isMain: true, cell: (task) => kindText(task.kind) },
    { id: 'subject', title: t('columns.subject'), cell: (task) => task.subject || t('noSubject') },
    { id: 'place', title: t('columns.place'), width: '12em', cell: (task) => task.region.name },
    {
      id: 'due',
      title: t('columns.due'),
      width: '18em',
      cell: (task) =>
        status === 'open' ? (
          <DueLight {...dueOf(task)} />
        ) : (
          <StatusTag tone="good">{t('status.done')}</StatusTag>
        ),
    },
    { id: 'holder', title: t('columns.holder'), width: '12em', cell: (task) => task.holder?.name ?? '–' },
    {
      id: 'opened',
      title: t('columns.opened'),
      width: '10.5em',
      showFrom: 'wide',
      cell: (task) => minuteText(task.openedAt),
    },
  ]
}

const NoTasks = ({ status }: { readonly status: 'open' | 'done' }) => {
  const { t } = useTexts(taskTexts)
  if (status === 'done') return <EmptyState icon="inbox" title={t('empty.done')} />
  return (
    <EmptyState icon="check" title={t('empty.title')}>
      {t('empty.body')}
    </EmptyState>
  )
}
