import { useMemo } from 'react'
import { type Column, DataTable, useTexts } from '#ui/web'
import { useNames } from '../names/names.web.ts'
import { type RejectRow, useRejects } from './feed-queries.web.ts'
import { intakeTexts } from './texts.ts'

/** The rows that were not kept: where, which column, what it holds (masked), why. */
export const RejectTable = ({ feedId }: { readonly feedId: string }) => {
  const { t } = useTexts(intakeTexts)
  const names = useNames()
  const list = useRejects(feedId)
  const placeOf = useMemo(
    () =>
      ({ sheet, line }: RejectRow): string =>
        sheet
          ? t('detail.lineIn', { sheet, line: String(line) })
          : t('detail.lineAt', { line: String(line) }),
    [t],
  )
  const columns = useMemo<readonly Column<RejectRow>[]>(
    () => [
      { id: 'line', title: t('detail.line'), isMain: true, width: '11em', cell: placeOf },
      { id: 'column', title: t('detail.columnName'), width: '12em', cell: (row) => row.column || '–' },
      {
        id: 'value',
        title: t('detail.value'),
        width: '14em',
        cell: (row) => <span className="exchange-file-name">{row.maskedValue || '–'}</span>,
      },
      { id: 'reason', title: t('detail.reason'), cell: (row) => names.text(row.text) },
    ],
    [t, names, placeOf],
  )
  return (
    <DataTable
      {...list}
      caption={t('detail.rejects')}
      columns={columns}
      rowKey={(row) => String(row.seq)}
      rowLabel={placeOf}
    />
  )
}
