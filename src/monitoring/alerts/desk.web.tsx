import { Button } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import {
  DataTable,
  EmptyState,
  FilterBar,
  GradeBadge,
  Icon,
  Page,
  useMediaQuery,
  usePermission,
  useSession,
  useShortcuts,
  useTexts,
  useToast,
  WithSidePanel,
} from '#ui/web'
import { DispatchDialog } from '../dispatch/dispatch-dialog.web.tsx'
import { ExportLink } from '../export/export-link.web.tsx'
import { sendsDown } from '../raise/origins.ts'
import { PrintedFilters } from '../views/printed-filters.web.tsx'
import { SavedViews } from '../views/saved-views.web.tsx'
import { AlertPanelActions, AlertPanelBody } from './alert-panel.web.tsx'
import { type AlertQuery, alertHref, useAlertCounts, useAlertList } from './alert-queries.web.ts'
import type { AlertRow } from './contract.ts'
import { useDeskColumns } from './desk-columns.web.tsx'
import { useDeskFilters } from './desk-filters.web.ts'
import { StaleBanner } from './stale-banner.web.tsx'
import { alertTexts } from './texts.ts'
import './alerts.css'

const nobody: ReadonlySet<string> = new Set()

/** The alert desk: filters and views in the address, the list, the panel of one alert, dispatch of many. */
export const AlertDeskPage = () => {
  const { t } = useTexts(alertTexts)
  const desk = useDeskFilters()
  return (
    <Page title={t('title')} lead={t('lead')} help={<Help />} actions={<ExportLink query={desk.query} />}>
      <PrintedFilters fields={desk.fields} filters={desk.filters} />
      <SavedViews page="alerts" search={desk.search} builtIn={useBuiltInViews()} />
      <FilterBar fields={desk.fields} filters={desk.filters} />
      <Desk key={desk.search} desk={desk} />
    </Page>
  )
}

const Help = () => {
  const { t } = useTexts(alertTexts)
  return (
    <>
      <p>{t('help.what')}</p>
      <p>{t('help.keys')}</p>
      <p>{t('help.who')}</p>
    </>
  )
}

const useBuiltInViews = () => {
  const { t } = useTexts(alertTexts)
  const sends = usePermission('alert.dispatch')
  const verifies = usePermission('alert.dispose')
  const followsDown = sendsDown(useSession().account.role)
  return useMemo(
    () => [
      { name: t('status.open'), search: '' },
      { name: t('filter.mine'), search: '?holder=mine' },
      ...(sends ? [{ name: t('todo.send'), search: '?todo=send' }] : []),
      ...(verifies ? [{ name: t('todo.verify'), search: '?todo=verify' }] : []),
      { name: t('due.overdue'), search: '?due=overdue' },
      { name: t('due.today'), search: '?due=today' },
      ...(followsDown ? [{ name: t('sentDown'), search: '?status=all&origin=superior&raised=mine' }] : []),
    ],
    [t, sends, verifies, followsDown],
  )
}

const Desk = ({ desk }: { readonly desk: ReturnType<typeof useDeskFilters> }) => {
  const { t } = useTexts(alertTexts)
  const { query, search } = desk
  const list = useAlertList(query)
  const total = useAlertCounts(query).data?.total
  const mayDispatch = usePermission('alert.dispatch')
  const isWide = useMediaQuery('(min-width: 1200px)')
  const [selected, setSelected] = useState(nobody)
  const [toDispatch, setToDispatch] = useState<readonly string[]>()
  const { active, open, close } = useActiveRow(list.rows, search, isWide)
  const columns = useDeskColumns(active !== undefined)
  const panel = active && {
    title: active.indicatorName,
    body: <AlertPanelBody key={active.id} row={active} />,
    actions: (
      <AlertPanelActions
        key={active.id}
        row={active}
        search={search}
        onDispatch={() => setToDispatch([active.id])}
      />
    ),
  }
  return (
    <>
      <StaleBanner stale={list.stale} />
      <WithSidePanel panel={panel} onClose={close}>
        <DataTable
          {...list}
          caption={t('caption')}
          columns={columns}
          columnsKey="alerts"
          total={total}
          rowKey={(row) => row.id}
          rowLabel={(row) => `${row.number} ${row.indicatorName}`}
          hrefOf={isWide ? undefined : (row) => alertHref(row.id, search)}
          onOpen={isWide ? open : undefined}
          activeKey={active?.id}
          selection={
            mayDispatch
              ? {
                  selected,
                  onChange: setSelected,
                  actions: (rows) => (
                    <Button
                      type="primary"
                      icon={<Icon name="send" />}
                      onClick={() => setToDispatch(rows.map(({ id }) => id))}
                    >
                      {t('dispatchSelected')}
                    </Button>
                  ),
                }
              : undefined
          }
          toolbar={<GradeLinks query={query} desk={desk} />}
          empty={<NoAlerts desk={desk} />}
        />
      </WithSidePanel>
      {toDispatch && (
        <DispatchDialog
          ids={toDispatch}
          onClose={() => setToDispatch(undefined)}
          onDone={() => setSelected(nobody)}
        />
      )}
    </>
  )
}

/** The row that is open beside the list, and `n`, which opens the one after it. */
const useActiveRow = (rows: readonly AlertRow[] | undefined, search: string, isWide: boolean) => {
  const { t } = useTexts(alertTexts)
  const navigate = useNavigate()
  const toast = useToast()
  const [activeId, setActiveId] = useState<string>()
  const active = isWide ? rows?.find(({ id }) => id === activeId) : undefined
  useEffect(() => {
    if (!isWide) setActiveId(undefined)
  }, [isWide])
  const open = (row: AlertRow) => {
    if (row.id === activeId) void navigate(alertHref(row.id, search))
    else setActiveId(row.id)
  }
  const shortcuts = useMemo(
    () => [
      {
        key: 'n',
        label: t('openNext'),
        run: () => {
          const at = rows?.findIndex(({ id }) => id === activeId) ?? -1
          const next = rows?.[at + 1]
          if (!next) toast({ text: t('noNext') })
          else if (isWide) setActiveId(next.id)
          else void navigate(alertHref(next.id, search))
          return true
        },
      },
    ],
    [t, rows, activeId, isWide, navigate, search, toast],
  )
  useShortcuts(shortcuts)
  return { active, open, close: () => setActiveId(undefined) }
}

/** The grades of what is listed, each a link that shows only that grade, and again all. */
const GradeLinks = (props: {
  readonly query: AlertQuery
  readonly desk: ReturnType<typeof useDeskFilters>
}) => {
  const { t } = useTexts(alertTexts)
  const { grade: chosen, ...others } = props.query
  const counts = useAlertCounts(others).data?.byGrade
  if (!counts) return null
  const searchWith = (grade: string | undefined) => {
    const address = new URLSearchParams(props.desk.search)
    if (grade) address.set('grade', grade)
    else address.delete('grade')
    return `?${address}`
  }
  return (
    <ul className="alert-grades" aria-label={t('byGrade')}>
      {(['red', 'orange', 'yellow'] as const).map((grade) => (
        <li key={grade}>
          <Link
            to={searchWith(grade === chosen ? undefined : grade)}
            replace
            aria-current={grade === chosen || undefined}
            aria-label={t('gradeCount', { grade: t(`grade.${grade}`), count: counts[grade] })}
          >
            <GradeBadge grade={grade} />
            <span className="dd-figures">{counts[grade]}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

const NoAlerts = ({ desk }: { readonly desk: ReturnType<typeof useDeskFilters> }) => {
  const { t } = useTexts(alertTexts)
  if (!desk.isFiltered) {
    return (
      <EmptyState icon="check" title={t('empty.title')}>
        {t('empty.body')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon="filter"
      title={t('empty.filtered')}
      action={<Button onClick={desk.filters.clear}>{t('empty.clear')}</Button>}
    >
      {t('empty.filteredBody')}
    </EmptyState>
  )
}
