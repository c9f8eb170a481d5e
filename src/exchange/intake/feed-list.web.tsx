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
  Icon,
  InstantText,
  Page,
  StatusTag,
  useFilters,
  usePermission,
  useTexts,
} from '#ui/web'
import { useNames } from '../names/names.web.ts'
import type { FeedRow } from './contract.ts'
import { feedStatuses, isUnderWay, toneOfStatus, useFeedList } from './feed-queries.web.ts'
import { Freshness } from './freshness.web.tsx'
import { intakeTexts } from './texts.ts'
import './intake.css'

/** The files departments sent, beside the age of each kind of data. */
export const FeedListPage = () => {
  const { t } = useTexts(intakeTexts)
  const fields = useFields()
  const filters = useFilters(fields)
  const list = useFeedList(filters.values)
  const mayUpload = usePermission('feed.upload')
  const maySeeLayouts = usePermission('layout.read')
  const columns = useColumns()
  const isFiltered = Object.values(filters.values).some(Boolean)
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      help={<Help />}
      actions={
        <>
          {maySeeLayouts && (
            <Link className="dd-link-button" to="/layouts">
              {t('layouts')}
            </Link>
          )}
          {mayUpload && <UploadLink />}
        </>
      }
    >
      <div className="feed-columns">
        <div className="feed-list">
          <FilterBar fields={fields} filters={filters} />
          <DataTable
            {...list}
            caption={t('caption')}
            columns={columns}
            columnsKey="feeds"
            rowKey={(row) => row.id}
            rowLabel={(row) => row.fileName}
            hrefOf={(row) => `/feeds/${row.id}`}
            empty={<Empty isFiltered={isFiltered} onClear={filters.clear} />}
          />
        </div>
        <Freshness kinds={list.kinds} chosen={filters.values.kind} isFailed={list.error !== undefined} />
      </div>
    </Page>
  )
}

const UploadLink = () => {
  const { t } = useTexts(intakeTexts)
  return (
    <Link className="dd-link-button dd-link-primary" to="/feeds/upload">
      <Icon name="upload" />
      {t('upload')}
    </Link>
  )
}

const Help = () => {
  const { t } = useTexts(intakeTexts)
  return (
    <>
      <p>{t('help.what')}</p>
      <p>{t('help.fresh')}</p>
      <p>{t('help.who')}</p>
    </>
  )
}

const useFields = (): readonly FilterField[] => {
  const { t } = useTexts(intakeTexts)
  const { kindOptions } = useNames()
  return useMemo(
    () => [
      { id: 'kind', kind: 'select', label: t('filter.kind'), options: kindOptions },
      {
        id: 'status',
        kind: 'select',
        label: t('filter.status'),
        options: feedStatuses.map((status) => ({ value: status, label: t(`status.${status}`) })),
      },
    ],
    [t, kindOptions],
  )
}

// Counts of a file that was not read through are not nought but unknown.
const isRead = ({ status }: FeedRow): boolean => !isUnderWay(status) && status !== 'refused'

const useColumns = (): readonly Column<FeedRow>[] => {
  const { t } = useTexts(intakeTexts)
  const names = useNames()
  return useMemo(() => {
    const figures = (
      id: 'rows' | 'accepted' | 'rejected',
      count: (row: FeedRow) => number,
    ): Column<FeedRow> => ({
      id,
      title: t(`column.${id}`),
      align: 'end',
      width: '4.5em',
      cell: (row) => (isRead(row) ? <Count value={count(row)} /> : '–'),
    })
    return [
      {
        id: 'kind',
        title: t('column.file'),
        isMain: true,
        cell: (row) => (
          <span className="feed-name">
            {row.kind ? names.kind(row.kind) : t('unknownKind')}
            <span className="dd-quiet exchange-file-name">{row.fileName}</span>
          </span>
        ),
      },
      {
        id: 'status',
        title: t('column.status'),
        width: '9.2em',
        onCard: 'head',
        cell: (row) => <StatusTag tone={toneOfStatus[row.status]}>{t(`status.${row.status}`)}</StatusTag>,
      },
      {
        id: 'period',
        title: t('column.period'),
        width: '6em',
        cell: (row) => <span className="dd-figures">{row.period ?? '–'}</span>,
      },
      figures('rows', (row) => row.rowsIn),
      figures('accepted', (row) => row.rowsAccepted),
      figures('rejected', (row) => row.rowsRejected),
      {
        id: 'region',
        title: t('column.region'),
        width: '5.5em',
        isOptional: true,
        cell: (row) => row.region.name,
      },
      {
        id: 'receivedAt',
        title: t('column.receivedAt'),
        width: '9.6em',
        cell: (row) => {
          const at = instantFrom(row.receivedAt)
          return at ? <InstantText at={at} /> : row.receivedAt
        },
      },
    ]
  }, [t, names])
}

const Empty = ({ isFiltered, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) => {
  const { t } = useTexts(intakeTexts)
  if (isFiltered) {
    return (
      <EmptyState
        icon="filter"
        title={t('empty.filtered')}
        action={<Button onClick={onClear}>{t('empty.clear')}</Button>}
      />
    )
  }
  return (
    <EmptyState icon="inbox" title={t('empty.title')}>
      {t('empty.body')}
    </EmptyState>
  )
}
