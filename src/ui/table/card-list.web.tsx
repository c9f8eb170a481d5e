import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { RowCheck, RowMain } from './row-table.web.tsx'
import type { FilledTableProps } from './types.ts'

/** The rows as cards, for narrow screens: nothing scrolls sideways. */
export const CardList = <Row,>(props: FilledTableProps<Row>) => {
  const { caption, columns, rows, rowKey, activeKey } = props
  const main = columns.find((column) => column.isMain)
  const heads = columns.filter((column) => column.onCard === 'head')
  const lines = columns.filter((column) => !column.isMain && column.onCard === undefined)
  return (
    <>
      <CardSort {...props} />
      <ul className="dd-cards" aria-label={caption}>
        {rows.map((row) => (
          <li
            key={rowKey(row)}
            data-dd-row={rowKey(row)}
            data-active={activeKey === rowKey(row) || undefined}
          >
            <div className="dd-card-head">
              <RowCheck row={row} table={props} />
              <div className="dd-card-title">{main && <RowMain row={row} column={main} table={props} />}</div>
              {heads.map((column) => (
                <span key={column.id}>{column.cell(row)}</span>
              ))}
            </div>
            {lines.length > 0 && (
              <dl>
                {lines.map((column) => (
                  <div key={column.id}>
                    <dt>{column.title}</dt>
                    <dd>{column.cell(row)}</dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

const CardSort = <Row,>({ columns, sort, onSort }: FilledTableProps<Row>) => {
  const { t } = useTexts(uiTexts)
  const sortable = columns.flatMap(({ sortBy, title }) => (sortBy ? [{ by: sortBy, title }] : []))
  if (!onSort || sortable.length === 0) return null
  const words = { ascending: '↑', descending: '↓' } as const
  const options = sortable.flatMap(({ by, title }) =>
    (['ascending', 'descending'] as const).map((direction) => ({ by, direction, title })),
  )
  return (
    <select
      className="dd-input dd-no-print"
      aria-label={t('table.sortOrder')}
      value={sort ? `${sort.by} ${sort.direction}` : ''}
      onChange={(event) => {
        const chosen = options.find(({ by, direction }) => `${by} ${direction}` === event.target.value)
        if (chosen) onSort({ by: chosen.by, direction: chosen.direction })
      }}
    >
      {!sort && <option value="">{t('table.sortOrder')}</option>}
      {options.map(({ by, direction, title }) => (
        <option key={`${by} ${direction}`} value={`${by} ${direction}`}>
          {t('table.sort', { column: title })} {words[direction]}
        </option>
      ))}
    </select>
  )
}
