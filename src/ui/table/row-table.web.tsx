import type { MouseEvent } from 'react'
import { Link } from 'react-router'
import { Icon } from '../marks/icon.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { type Column, type FilledTableProps, nextSort, toggled } from './types.ts'

/** The rows as a table. */
export const RowTable = <Row,>(props: FilledTableProps<Row>) => {
  const { caption, columns, rows, rowKey, selection } = props
  return (
    <table className="dd-table">
      <caption className="dd-unseen">{caption}</caption>
      <thead>
        <tr>
          {selection && <SelectAll {...props} />}
          {columns.map((column) => (
            <ColumnHead key={column.id} column={column} table={props} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TableRow key={rowKey(row)} row={row} table={props} />
        ))}
      </tbody>
    </table>
  )
}

const classOf = <Row,>(column: Column<Row>): string =>
  [column.align === 'end' && 'dd-end', column.showFrom === 'wide' && 'dd-wide-only'].filter(Boolean).join(' ')

const ColumnHead = <Row,>(props: { readonly column: Column<Row>; readonly table: FilledTableProps<Row> }) => {
  const { column } = props
  const { sort, onSort } = props.table
  const { t } = useTexts(uiTexts)
  const { sortBy } = column
  const isSorted = sortBy !== undefined && sort?.by === sortBy
  return (
    <th
      scope="col"
      className={classOf(column)}
      style={{ inlineSize: column.width }}
      aria-sort={isSorted ? sort?.direction : undefined}
    >
      {sortBy && onSort ? (
        <button
          type="button"
          className="dd-sort"
          title={t('table.sort', { column: column.title })}
          onClick={() => onSort(nextSort(sort, sortBy))}
        >
          {column.title}
          {isSorted && (
            <Icon name={sort?.direction === 'ascending' ? 'chevronUp' : 'chevronDown'} size={0.9} />
          )}
        </button>
      ) : (
        column.title
      )}
    </th>
  )
}

const SelectAll = <Row,>({ rows, rowKey, selection }: FilledTableProps<Row>) => {
  const { t } = useTexts(uiTexts)
  if (!selection) return null
  const keys = rows.map(rowKey)
  const chosen = keys.filter((key) => selection.selected.has(key)).length
  return (
    <th scope="col" className="dd-select-cell">
      <label className="dd-row-check">
        <span className="dd-unseen">{t('table.selectAll')}</span>
        <input
          type="checkbox"
          checked={chosen === keys.length}
          ref={(box) => {
            if (box) box.indeterminate = chosen > 0 && chosen < keys.length
          }}
          onChange={() => selection.onChange(new Set(chosen === keys.length ? [] : keys))}
        />
      </label>
    </th>
  )
}

/** The checkbox of a row, on tables and cards. */
export const RowCheck = <Row,>(props: { readonly row: Row; readonly table: FilledTableProps<Row> }) => {
  const { selection, rowKey, rowLabel } = props.table
  const { t } = useTexts(uiTexts)
  if (!selection) return null
  const key = rowKey(props.row)
  return (
    <label className="dd-row-check">
      <span className="dd-unseen">{t('table.selectRow', { row: rowLabel(props.row) })}</span>
      <input
        type="checkbox"
        data-dd-check
        checked={selection.selected.has(key)}
        onChange={() => selection.onChange(toggled(selection.selected, key))}
      />
    </label>
  )
}

/** The main text of a row, as the link or button that opens it. */
export const RowMain = <Row,>(props: {
  readonly row: Row
  readonly column: Column<Row>
  readonly table: FilledTableProps<Row>
}) => {
  const { row, column, table } = props
  const text = column.cell(row)
  const isActive = table.activeKey === table.rowKey(row)
  if (table.hrefOf) {
    return (
      <Link className="dd-row-main" data-dd-main to={table.hrefOf(row)} aria-current={isActive || undefined}>
        {text}
      </Link>
    )
  }
  const { onOpen } = table
  if (!onOpen) return text
  return (
    <button
      type="button"
      className="dd-row-main"
      data-dd-main
      aria-current={isActive || undefined}
      onClick={() => onOpen(row)}
    >
      {text}
    </button>
  )
}

const TableRow = <Row,>({ row, table }: { readonly row: Row; readonly table: FilledTableProps<Row> }) => {
  const { columns, selection, rowKey, activeKey, hrefOf, onOpen } = table
  const key = rowKey(row)
  const canOpen = hrefOf !== undefined || onOpen !== undefined
  return (
    // The whole row is a larger target for the mouse; keys use the control inside.
    <tr
      data-dd-row={key}
      data-active={activeKey === key || undefined}
      data-selected={selection?.selected.has(key) || undefined}
      data-opens={canOpen || undefined}
      onClick={canOpen ? openFromRow : undefined}
    >
      {selection && (
        <td className="dd-select-cell">
          <RowCheck row={row} table={table} />
        </td>
      )}
      {columns.map((column) =>
        column.isMain ? (
          <th key={column.id} scope="row" className={classOf(column)}>
            <RowMain row={row} column={column} table={table} />
          </th>
        ) : (
          <td key={column.id} className={classOf(column)}>
            {column.cell(row)}
          </td>
        ),
      )}
    </tr>
  )
}

// A click anywhere in the row counts for its main control, unless it meant another control or marked some text.
const openFromRow = (event: MouseEvent<HTMLTableRowElement>) => {
  const target = event.target as HTMLElement
  if (target.closest('a, button, input, select, textarea, label') || window.getSelection()?.toString()) return
  event.currentTarget.querySelector<HTMLElement>('[data-dd-main]')?.click()
}
