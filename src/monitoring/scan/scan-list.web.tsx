import { Button } from 'antd'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { callRoute } from '#access/web'
import {
  type Column,
  Count,
  DataTable,
  EmptyState,
  ErrorState,
  Icon,
  Page,
  Section,
  StatusTag,
  useConfirm,
  usePermission,
  useSession,
  useTexts,
  useToast,
  useWrite,
} from '#ui/web'
import { requestScan, type ScanRow } from './contract.ts'
import { raisedIn } from './figures.ts'
import { At, Duration, ScanProgress } from './scan-parts.web.tsx'
import { isUnderWay, scanKeys, toneOfScan, useScans } from './scan-queries.web.ts'
import { scanTexts } from './texts.ts'
import './scan.css'

/** The runs of the scan: what goes on now, what there was, and the button that starts one. */
export const ScanListPage = () => {
  const { t } = useTexts(scanTexts)
  const { data, error, refetch } = useScans()
  const mayRun = usePermission('scan.run')
  const start = useStart()
  const current = data?.rows.find(({ status }) => isUnderWay(status))
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      help={<ScanHelp />}
      actions={
        mayRun && (
          <Button
            type="primary"
            icon={<Icon name="refresh" />}
            loading={start.isBusy}
            disabled={!data || current !== undefined}
            onClick={start.ask}
          >
            {t('start.action')}
          </Button>
        )
      }
    >
      {start.error && <ErrorState error={start.error} takesFocus />}
      {current && (
        <Section
          title={t('current')}
          actions={<Link to={`/scans/${current.id}`}>{<At at={current.requestedAt} />}</Link>}
        >
          <ScanProgress scan={current} />
        </Section>
      )}
      <DataTable
        rows={data?.rows}
        error={error ?? undefined}
        onRetry={() => void refetch()}
        caption={t('caption')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.requestedAt}
        hrefOf={(row) => `/scans/${row.id}`}
        empty={
          <EmptyState icon="refresh" title={t('empty.title')}>
            {t('empty.body')}
          </EmptyState>
        }
      />
    </Page>
  )
}

/** What a scan does, on both of its pages. */
export const ScanHelp = () => {
  const { t } = useTexts(scanTexts)
  return (
    <>
      <p>{t('help.what')}</p>
      <p>{t('help.when')}</p>
      <p>{t('help.who')}</p>
    </>
  )
}

const useStart = () => {
  const { t } = useTexts(scanTexts)
  const { businessDate } = useSession()
  const confirm = useConfirm()
  const toast = useToast()
  const start = useWrite({
    write: (_: null, { idempotencyKey }) => callRoute(requestScan, { body: {}, idempotencyKey }),
    invalidates: scanKeys,
    onDone: () => toast({ text: t('start.done') }),
  })
  const ask = async () => {
    const answer = await confirm({
      title: t('start.title'),
      body: (
        <>
          <p>{t('start.covers', { date: businessDate })}</p>
          <p>{t('start.effect')}</p>
          <p>{t('start.time')}</p>
        </>
      ),
      action: t('start.action'),
    })
    if (answer.confirmed) start.mutate(null)
  }
  return { ask: () => void ask(), isBusy: start.isPending, error: start.error }
}

const useColumns = (): readonly Column<ScanRow>[] => {
  const { t } = useTexts(scanTexts)
  return useMemo(
    () => [
      {
        id: 'requestedAt',
        title: t('column.requestedAt'),
        isMain: true,
        width: '11em',
        cell: (row) => <At at={row.requestedAt} />,
      },
      {
        id: 'status',
        title: t('column.status'),
        width: '7em',
        onCard: 'head',
        cell: (row) => <StatusTag tone={toneOfScan[row.status]}>{t(`status.${row.status}`)}</StatusTag>,
      },
      {
        id: 'businessDate',
        title: t('column.businessDate'),
        width: '8em',
        cell: (row) => <span className="dd-figures">{row.businessDate}</span>,
      },
      {
        id: 'requestedBy',
        title: t('column.requestedBy'),
        width: '10em',
        cell: (row) => row.requestedBy ?? t('automatic'),
      },
      {
        id: 'duration',
        title: t('column.duration'),
        align: 'end',
        width: '8em',
        cell: (row) => <Duration scan={row} />,
      },
      {
        id: 'raised',
        title: t('column.raised'),
        align: 'end',
        width: '7em',
        cell: (row) => {
          const raised = raisedIn(row.figures)
          return raised === undefined ? '–' : <Count value={raised} />
        },
      },
      {
        id: 'failure',
        title: t('column.failure'),
        cell: (row) => (row.failure === 'interrupted' ? t('detail.interrupted') : (row.failure ?? '–')),
      },
    ],
    [t],
  )
}
