import { Button } from 'antd'
import { EmptyState, ErrorState, LoadingSkeleton } from '../page/states.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { useIsNarrow } from '../theme/media.web.ts'
import { CardList } from './card-list.web.tsx'
import { ColumnChoice, type ColumnsChoice, useColumnChoice } from './column-choice.web.tsx'
import { useRowKeys } from './row-keys.web.ts'
import { RowTable } from './row-table.web.tsx'
import type { DataTableProps } from './types.ts'
import './data-table.css'

/**
 * A list of records: a dense table on a desk, cards on a phone. Keys: j and k move, Enter opens, x selects.
 * Pages come by "load more"; loading, empty and failed states are its own.
 */
export const DataTable = <Row,>(props: DataTableProps<Row>) => {
  const { rows, error, onRetry, empty, more } = props
  const { t } = useTexts(uiTexts)
  const isNarrow = useIsNarrow()
  const choice = useColumnChoice(props.columns, props.columnsKey)
  const frame = useRowKeys(props)
  const shown = { ...props, columns: choice.visible }
  if (error !== undefined && rows === undefined) return <ErrorState error={error} onRetry={onRetry} />
  if (rows === undefined) return <LoadingSkeleton lines={8} />
  return (
    <div className="dd-table-frame" ref={frame} data-dd-table>
      <TableHead {...props} choice={choice} />
      {rows.length === 0 ? (
        (empty ?? <EmptyState />)
      ) : isNarrow ? (
        <CardList {...shown} rows={rows} />
      ) : (
        <RowTable {...shown} rows={rows} />
      )}
      {error !== undefined && <ErrorState error={error} onRetry={onRetry} />}
      <div className="dd-table-foot">
        <RowCount {...props} />
        {more?.hasMore && (
          <Button className="dd-no-print" loading={more.isLoading} onClick={more.onMore}>
            {more.isLoading ? t('table.loadingMore') : t('table.more')}
          </Button>
        )}
      </div>
    </div>
  )
}

const RowCount = <Row,>({ rows = [], more, total }: DataTableProps<Row>) => {
  const { t } = useTexts(uiTexts)
  const count = rows.length
  const words = !more?.hasMore
    ? t('table.all', { count })
    : total === undefined
      ? t('table.shown', { count })
      : t('table.shownOf', { count, total })
  return (
    <span className="dd-quiet" role="status">
      {count > 0 && words}
    </span>
  )
}

// What acts on the list stands above it; the line keeps its place when rows are selected, so that nothing jumps.
const TableHead = <Row,>(props: DataTableProps<Row> & { readonly choice: ColumnsChoice<Row> }) => {
  const { rows = [], selection, choice, toolbar } = props
  const { t } = useTexts(uiTexts)
  if (!selection && !toolbar && choice.optional.length === 0) return null
  const chosen = selection ? rows.filter((row) => selection.selected.has(props.rowKey(row))) : []
  return (
    <div className="dd-table-head">
      {selection && chosen.length > 0 ? (
        <section className="dd-selection dd-no-print" aria-label={t('table.selectionActions')}>
          <strong role="status">{t('table.selected', { count: chosen.length })}</strong>
          {selection.actions(chosen)}
          <Button type="text" onClick={() => selection.onChange(new Set())}>
            {t('table.clearSelection')}
          </Button>
        </section>
      ) : (
        <span className="dd-table-tools">{toolbar}</span>
      )}
      <ColumnChoice choice={choice} />
    </div>
  )
}
