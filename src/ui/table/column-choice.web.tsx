import { Button, Popover } from 'antd'
import { useState } from 'react'
import { remember, remembered } from '../browser-memory.web.ts'
import { Icon } from '../marks/icon.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { type Column, toggled } from './types.ts'

export interface ColumnsChoice<Row> {
  readonly visible: readonly Column<Row>[]
  readonly optional: readonly Column<Row>[]
  readonly hidden: ReadonlySet<string>
  readonly toggle: (id: string) => void
}

/** Which optional columns are hidden, remembered under `columnsKey` in this browser. */
export const useColumnChoice = <Row,>(
  columns: readonly Column<Row>[],
  columnsKey: string | undefined,
): ColumnsChoice<Row> => {
  const key = `doudi.columns.${columnsKey}`
  const [hidden, setHidden] = useState<ReadonlySet<string>>(
    () => new Set(columnsKey ? remembered(key)?.split(',').filter(Boolean) : []),
  )
  const toggle = (id: string) => {
    const next = toggled(hidden, id)
    setHidden(next)
    remember(key, [...next].join(','))
  }
  return {
    visible: columns.filter((column) => !(column.isOptional && hidden.has(column.id))),
    optional: columnsKey ? columns.filter((column) => column.isOptional) : [],
    hidden,
    toggle,
  }
}

/** The button with a checkbox for each optional column; nothing when there is none. */
export const ColumnChoice = <Row,>({ choice }: { readonly choice: ColumnsChoice<Row> }) => {
  const { t } = useTexts(uiTexts)
  const { optional, hidden, toggle } = choice
  if (optional.length === 0) return null
  const boxes = (
    <fieldset className="dd-column-choice">
      <legend>{t('table.columnsTitle')}</legend>
      {optional.map((column) => (
        <label key={column.id} className="dd-check">
          <input type="checkbox" checked={!hidden.has(column.id)} onChange={() => toggle(column.id)} />
          <span>{column.title}</span>
        </label>
      ))}
    </fieldset>
  )
  return (
    <Popover content={boxes} trigger="click" placement="bottomRight">
      <Button className="dd-no-print" size="small" type="text" icon={<Icon name="columns" />}>
        {t('table.columns')}
      </Button>
    </Popover>
  )
}
