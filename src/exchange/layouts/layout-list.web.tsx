import { Button } from 'antd'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { instantFrom } from '#access/web'
import type { FilterField } from '#ui'
import {
  type Column,
  Count,
  DataTable,
  EmptyState,
  FilterBar,
  InstantText,
  Page,
  StatusTag,
  useFilters,
  usePermission,
  useTexts,
} from '#ui/web'
import { useNames } from '../names/names.web.ts'
import type { LayoutRow } from './contract.ts'
import { toneOfLayout, useLayouts } from './layout-queries.web.ts'
import { layoutTexts } from './texts.ts'
import '../intake/intake.css'
import './layouts.css'

/** The layouts files are read by, shipped and made here. */
export const LayoutListPage = () => {
  const { t } = useTexts(layoutTexts)
  const { kindOptions } = useNames()
  const fields = useMemo<readonly FilterField[]>(
    () => [{ id: 'kind', kind: 'select', label: t('filter.kind'), options: kindOptions }],
    [t, kindOptions],
  )
  const filters = useFilters(fields)
  const { kind } = filters.values
  const { data, error, refetch } = useLayouts(kind)
  const mayEdit = usePermission('layout.edit')
  const newHref = kind ? `/layouts/new?kind=${kind}` : '/layouts/new'
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      help={<LayoutHelp />}
      actions={
        mayEdit && (
          <Link className="dd-link-button dd-link-primary" to={newHref}>
            {t('create')}
          </Link>
        )
      }
      breadcrumbs={[{ label: t('feeds'), to: '/feeds' }, { label: t('title') }]}
    >
      <FilterBar fields={fields} filters={filters} />
      <DataTable
        rows={data?.rows}
        error={error ?? undefined}
        onRetry={() => void refetch()}
        caption={t('caption')}
        columns={useColumns()}
        rowKey={(row) => `${row.id} ${row.origin}`}
        rowLabel={(row) => row.title.zh}
        hrefOf={(row) => `/layouts/${row.id}`}
        empty={
          <EmptyState
            icon="columns"
            title={t('empty.title')}
            action={<Button onClick={filters.clear}>{t('empty.clear')}</Button>}
          >
            {t('empty.body')}
          </EmptyState>
        }
      />
    </Page>
  )
}

/** What layouts are for, on each of their pages. */
export const LayoutHelp = () => {
  const { t } = useTexts(layoutTexts)
  return (
    <>
      <p>{t('help.what')}</p>
      <p>{t('help.versions')}</p>
      <p>{t('help.who')}</p>
    </>
  )
}

const useColumns = (): readonly Column<LayoutRow>[] => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  return useMemo(
    () => [
      { id: 'title', title: t('column.title'), isMain: true, cell: (row) => names.text(row.title) },
      {
        id: 'status',
        title: t('column.status'),
        width: '11em',
        onCard: 'head',
        cell: (row) => <StatusTag tone={toneOfLayout[row.status]}>{t(`status.${row.status}`)}</StatusTag>,
      },
      { id: 'kind', title: t('column.kind'), width: '11em', cell: (row) => names.kind(row.kind) },
      { id: 'sender', title: t('column.sender'), width: '11em', cell: (row) => names.department(row.sender) },
      {
        id: 'origin',
        title: t('column.origin'),
        width: '10em',
        cell: (row) =>
          row.origin === 'shipped'
            ? t('origin.shipped')
            : `${t('origin.local')} · ${t('versionNumber', { version: String(row.version) })}`,
      },
      {
        id: 'columns',
        title: t('column.columns'),
        align: 'end',
        width: '6em',
        cell: (row) => <Count value={row.columns} />,
      },
      {
        id: 'created',
        title: t('column.created'),
        width: '10em',
        showFrom: 'wide',
        cell: (row) => {
          const at = row.createdAt === null ? undefined : instantFrom(row.createdAt)
          return at ? <InstantText at={at} /> : '–'
        },
      },
    ],
    [t, names],
  )
}
