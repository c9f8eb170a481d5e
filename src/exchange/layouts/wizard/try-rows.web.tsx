import { type Column, DataTable, useTexts } from '#ui/web'
import type { FeedKind } from '../../feeds.ts'
import { useNames } from '../../names/names.web.ts'
import type { TryReport } from '../contract.ts'
import { fieldOf } from '../mapping.ts'
import { layoutTexts } from '../texts.ts'

type Reject = TryReport['rejects'][number]

/** The first rows the trial rejected. */
export const TryRejects = ({ rejects }: Pick<TryReport, 'rejects'>) => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  if (rejects.length === 0) return null
  const placeOf = ({ sheet, line }: Reject): string =>
    sheet
      ? t('wizard.try.lineIn', { sheet, line: String(line) })
      : t('wizard.try.lineAt', { line: String(line) })
  const columns: readonly Column<Reject>[] = [
    { id: 'line', title: t('wizard.try.line'), isMain: true, width: '10em', cell: placeOf },
    { id: 'column', title: t('wizard.try.columnName'), width: '12em', cell: (row) => row.column || '–' },
    {
      id: 'value',
      title: t('wizard.try.value'),
      width: '14em',
      cell: (row) => <span className="exchange-file-name">{row.maskedValue || '–'}</span>,
    },
    { id: 'reason', title: t('wizard.try.reason'), cell: (row) => names.text(row.text) },
  ]
  return (
    <>
      <h3>{t('wizard.try.rejects')}</h3>
      <DataTable
        caption={t('wizard.try.rejects')}
        columns={columns}
        rows={rejects}
        rowKey={(row) => `${row.sheet} ${row.line}`}
        rowLabel={placeOf}
      />
    </>
  )
}

/** The first rows that would be kept, as our own content, masked. */
export const TryAccepted = (props: { readonly kind: FeedKind; readonly accepted: TryReport['accepted'] }) => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  if (props.accepted.length === 0) return null
  const textOf = (field: string, text: string): string => {
    const type = fieldOf(props.kind, field)?.type
    if (type === 'flag') return text === 'true' ? t('yes') : t('no')
    return type === 'code' ? names.code(props.kind, field, text) : text
  }
  return (
    <>
      <h3>{t('wizard.try.accepted')}</h3>
      <ul className="layout-accepted">
        {props.accepted.map(({ line, values }) => (
          <li key={line}>
            <strong>{t('wizard.try.lineAt', { line: String(line) })}</strong>
            <dl className="layout-values">
              {values.map(({ field, text }) => (
                <div key={field}>
                  <dt>{names.field(props.kind, field)}</dt>
                  <dd>{textOf(field, text)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </>
  )
}
