import { type ReactNode, useMemo } from 'react'
import type { Route } from '#access'
import { listFrom } from '#access/web'
import type { FeedKind } from '#exchange'
import type { FilterField } from '#ui'
import {
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  type IconName,
  Page,
  useFilters,
  useKeysetList,
} from '#ui/web'
import { useLabels } from '../labels/labels.web.ts'

type Values = Readonly<Record<string, string | undefined>>

interface Words {
  readonly title: string
  readonly lead: string
  readonly caption: string
  /** The tick that shows what is done instead of what is open. */
  readonly done: string
  readonly kind: string
  readonly none: { readonly title: string; readonly body: string; readonly filtered: string }
}

interface FeedRowListProps<Row> {
  readonly route: Route
  readonly words: Words
  readonly help: ReactNode
  readonly icon: IconName
  /** Name of the query field behind the tick. */
  readonly done: string
  readonly kinds: readonly FeedKind[]
  readonly columns: (isDone: boolean) => readonly Column<Row>[]
  readonly rowLabel: (row: Row) => string
  readonly hrefOf: (row: Row) => string
  /** Stands over the table; gets the filters as they are. */
  readonly toolbar?: (values: Values) => ReactNode
}

/** A list of what department files brought and people work off: open or done, of one kind of file or of all. */
export const FeedRowList = <Row extends { readonly id: string }>(props: FeedRowListProps<Row>) => {
  const { route, words, help, icon, done, kinds, columns, rowLabel, hrefOf, toolbar } = props
  const { feedName } = useLabels()
  const fields = useMemo<readonly FilterField[]>(
    () => [
      { id: done, label: words.done, kind: 'check' },
      {
        id: 'kind',
        label: words.kind,
        kind: 'select',
        options: kinds.map((value) => ({ value, label: feedName(value) })),
      },
    ],
    [done, words.done, words.kind, kinds, feedName],
  )
  const filters = useFilters(fields)
  const list = useKeysetList<Row>({ ...listFrom(route), query: filters.values } as Parameters<
    typeof useKeysetList<Row>
  >[0])
  const isFiltered = Object.values(filters.values).some(Boolean)
  return (
    <Page title={words.title} lead={words.lead} help={help}>
      <FilterBar fields={fields} filters={filters} />
      <DataTable
        {...list}
        caption={words.caption}
        columns={columns(filters.values[done] !== undefined)}
        rowKey={({ id }) => id}
        rowLabel={rowLabel}
        hrefOf={hrefOf}
        {...(toolbar ? { toolbar: toolbar(filters.values) } : {})}
        empty={
          <EmptyState icon={icon} title={isFiltered ? words.none.filtered : words.none.title}>
            {!isFiltered && words.none.body}
          </EmptyState>
        }
      />
    </Page>
  )
}
