import { Button } from 'antd'
import { useMemo } from 'react'
import { Link } from 'react-router'
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
import { instantFrom } from '../call.web.ts'
import { useNames } from '../names/names.web.ts'
import type { FeedRow } from './contract.ts'
import { feedStatuses, toneOfStatus, useFeedList } from './feed-queries.web.ts'
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
            <Link className="exchange-link-button" to="/layouts">
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
    <Link className="exchange-link-button exchange-link-primary" to="/feeds/upload">
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
      width: '5em',
      cell: (row) => <Count value={count(row)} />,
    })
    return [
      {
        id: 'kind',
        title: t('column.kind'),
        isMain: true,
        cell: (row) => (row.kind ? names.kind(row.kind) : t('unknownKind')),
      },
      {
        id: 'status',
        title: t('column.status'),
        width: '6.5em',
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
      { id: 'region', title: t('column.region'), isOptional: true, cell: (row) => row.region.name },
      {
        id: 'receivedAt',
        title: t('column.receivedAt'),
        width: '10em',
        cell: (row) => {
          const at = instantFrom(row.receivedAt)
          return at ? <InstantText at={at} /> : row.receivedAt
        },
      },
      {
        id: 'file',
        title: t('column.file'),
        showFrom: 'wide',
        isOptional: true,
        cell: (row) => <span className="exchange-file-name">{row.fileName}</span>,
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
