import type { ReactNode } from 'react'

/** A column of a DataTable. */
export interface Column<Row> {
  readonly id: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** `end` for figures and money. */
  readonly align?: 'start' | 'end'
  /** A CSS width such as `9em`; without it the column takes what it needs. */
  readonly width?: string
  /** The column that names the row: it holds the link or button that opens it and heads the card. Exactly one. */
  readonly isMain?: boolean
  /** Shown only where there is room: `wide` from 1200 px. Cards show all columns. */
  readonly showFrom?: 'wide'
  /** On cards: `head` stands beside the main text (a grade), `none` is left out; otherwise a line with its title. */
  readonly onCard?: 'head' | 'none'
  /** Gives a button in the head that calls `onSort` with this name. */
  readonly sortBy?: string
  /** The reader may hide it (needs `columnsKey` on the table). */
  readonly isOptional?: boolean
}

export interface Sort {
  readonly by: string
  readonly direction: 'ascending' | 'descending'
}

/** Rows chosen for an action on many. */
export interface Selection<Row> {
  readonly selected: ReadonlySet<string>
  readonly onChange: (selected: ReadonlySet<string>) => void
  /** Buttons for the chosen rows. */
  readonly actions: (rows: readonly Row[]) => ReactNode
}

export interface DataTableProps<Row> {
  /** What the list holds: the table's accessible name. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  /** Undefined while the first page is being read. */
  readonly rows: readonly Row[] | undefined
  readonly rowKey: (row: Row) => string
  /** A few words that tell the row from others, without personal numbers: names its checkbox. */
  readonly rowLabel: (row: Row) => string
  /** Where the row leads; a link is better than `onOpen` wherever there is an address. */
  readonly hrefOf?: (row: Row) => string
  /** Opens the row in place, as in a panel beside the list. */
  readonly onOpen?: (row: Row) => void
  /** The row that is open in the panel. */
  readonly activeKey?: string
  readonly selection?: Selection<Row>
  readonly sort?: Sort
  readonly onSort?: (sort: Sort) => void
  readonly more?: { readonly hasMore: boolean; readonly isLoading: boolean; readonly onMore: () => void }
  /** An estimate of all rows. */
  readonly total?: number
  readonly error?: unknown
  readonly onRetry?: () => void
  /** Shown when there are no rows: what belongs here and how to get it. */
  readonly empty?: ReactNode
  /** Stands at the head of the table while nothing is selected. */
  readonly toolbar?: ReactNode
  /** Under this name the browser remembers which optional columns are hidden. */
  readonly columnsKey?: string
}

/** The same, with rows present. */
export type FilledTableProps<Row> = DataTableProps<Row> & { readonly rows: readonly Row[] }

/** The set with one key put in or taken out. */
export const toggled = (selected: ReadonlySet<string>, key: string): ReadonlySet<string> => {
  const next = new Set(selected)
  if (!next.delete(key)) next.add(key)
  return next
}

/** The order after the head of a column is pressed: ascending first, then the other way round. */
export const nextSort = (sort: Sort | undefined, by: string): Sort => ({
  by,
  direction: sort?.by === by && sort.direction === 'ascending' ? 'descending' : 'ascending',
})
