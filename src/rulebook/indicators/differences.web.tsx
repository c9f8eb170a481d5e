import { type Column, DataTable, useTexts } from '#ui/web'
import { usePick } from '../library/parts.web.tsx'
import type { VersionDifference } from './contract.ts'
import { indicatorTexts } from './texts.ts'

/** What a version changed, field by field. */
export const DifferencesTable = ({ differences }: { readonly differences: readonly VersionDifference[] }) => {
  const { t } = useTexts(indicatorTexts)
  const said = useSaid()
  const columns: readonly Column<VersionDifference>[] = [
    { id: 'field', title: t('one.field'), isMain: true, cell: ({ field }) => t(`fields.${field}`) },
    { id: 'before', title: t('one.before'), cell: ({ field, before }) => said(field, before) },
    { id: 'after', title: t('one.after'), cell: ({ field, after }) => said(field, after) },
  ]
  return (
    <DataTable
      caption={t('one.differsCaption')}
      columns={columns}
      rows={differences}
      rowKey={({ field }) => field}
      rowLabel={({ field }) => t(`fields.${field}`)}
      empty={<p>{t('one.same')}</p>}
    />
  )
}

const useSaid = () => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  return (field: VersionDifference['field'], text: VersionDifference['before']) => {
    if (!text) return '—'
    if (field === 'route') return t(`routes.r${text.zh as '1' | '2' | '3' | '4'}`)
    return <span className="policy-text">{pick(text)}</span>
  }
}
