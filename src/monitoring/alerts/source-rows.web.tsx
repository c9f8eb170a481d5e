import { useMemo } from 'react'
import { minuteText } from '#access/web'
import { type Column, DataTable, EmptyState, Section, useTexts } from '#ui/web'
import type { AlertDetail } from './alert-queries.web.ts'
import { alertTexts, isNamedFeed } from './texts.ts'

type SourceRow = AlertDetail['evidenceRows'][number]

/** The rows of department files that an alert rests on, by file and line. */
export const SourceRows = ({ rows }: { readonly rows: readonly SourceRow[] }) => {
  const { t } = useTexts(alertTexts)
  const columns = useMemo(
    (): readonly Column<SourceRow>[] => [
      {
        id: 'feed',
        title: t('detail.feed'),
        isMain: true,
        cell: ({ feed }) => (isNamedFeed(feed) ? t(`feed.${feed}`) : feed),
      },
      { id: 'period', title: t('detail.period'), width: '7em', cell: ({ period }) => period ?? '–' },
      { id: 'file', title: t('detail.file'), cell: ({ fileName }) => fileName },
      { id: 'row', title: t('detail.row'), width: '5em', align: 'end', cell: ({ row }) => row },
      {
        id: 'received',
        title: t('detail.receivedAt'),
        width: '10.5em',
        cell: ({ receivedAt }) => minuteText(receivedAt),
      },
    ],
    [t],
  )
  return (
    <Section title={t('detail.rows')}>
      {rows.length === 0 ? (
        <EmptyState icon="database" title={t('detail.rowsEmpty')}>
          {t('detail.rowsEmptyBody')}
        </EmptyState>
      ) : (
        <>
          <p className="dd-quiet">{t('detail.rowsLead')}</p>
          <DataTable
            caption={t('detail.rows')}
            columns={columns}
            rows={rows}
            rowKey={({ feedId, row }) => `${feedId} ${row}`}
            rowLabel={({ fileName, row }) => `${fileName} ${row}`}
          />
        </>
      )}
    </Section>
  )
}
