import { type RefObject, useMemo, useRef } from 'react'
import type { Shortcut } from '../keys/keys.ts'
import { useShortcuts } from '../keys/keys.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import type { DataTableProps } from './types.ts'

const rowsIn = (frame: HTMLElement): HTMLElement[] => [
  ...frame.querySelectorAll<HTMLElement>('[data-dd-row]'),
]

const focusRow = (row: HTMLElement | undefined): boolean => {
  const control =
    row?.querySelector<HTMLElement>('[data-dd-main]') ?? row?.querySelector<HTMLElement>('[data-dd-check]')
  control?.focus()
  control?.scrollIntoView({ block: 'nearest' })
  return control !== null && control !== undefined
}

/** The keys of the list: j and k move the focus from row to row, x selects; Enter is the focused link's own. */
export const useRowKeys = <Row>(props: DataTableProps<Row>): RefObject<HTMLDivElement | null> => {
  const frame = useRef<HTMLDivElement>(null)
  const { t } = useTexts(uiTexts)
  const canOpen = props.hrefOf !== undefined || props.onOpen !== undefined
  const canSelect = props.selection !== undefined
  const shortcuts = useMemo((): Shortcut[] => {
    const group = t('table.group')
    const mine = (): HTMLElement | undefined => {
      const focused = document.activeElement?.closest<HTMLElement>('[data-dd-table]')
      if (focused && focused !== frame.current) return undefined
      return frame.current ?? undefined
    }
    const move = (step: 1 | -1) => () => {
      const table = mine()
      if (!table) return false
      const rows = rowsIn(table)
      const at = rows.findIndex((row) => row.contains(document.activeElement))
      const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step
      return focusRow(rows[next])
    }
    const select = () => {
      const row = document.activeElement?.closest<HTMLElement>('[data-dd-row]')
      const box = row && mine()?.contains(row) ? row.querySelector<HTMLElement>('[data-dd-check]') : undefined
      box?.click()
      return box !== null && box !== undefined
    }
    return [
      ...(canOpen || canSelect
        ? [
            { key: 'j', label: t('table.next'), group, run: move(1) },
            { key: 'k', label: t('table.previous'), group, run: move(-1) },
          ]
        : []),
      // The focused link or button opens by itself; the line is here for the help.
      ...(canOpen ? [{ key: 'Enter', label: t('table.open'), group, run: () => false }] : []),
      ...(canSelect ? [{ key: 'x', label: t('table.select'), group, run: select }] : []),
    ]
  }, [t, canOpen, canSelect])
  useShortcuts(shortcuts)
  return frame
}
