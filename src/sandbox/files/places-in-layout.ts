/** Where each column of a layout stands in the sender's header row. */
import { headerNamesOf, type Layout, type LayoutColumn } from '#exchange'

/** The place of a header, which may be written `group/name` or `name#2`; undefined when the row lacks it. */
export const placeOfHeader = (layout: Layout, header: string): number | undefined => {
  const [, base = header, nth = '1'] = /^(.*)#(\d)$/u.exec(header) ?? []
  const [group, name] = base.includes('/') ? [base.split('/')[0], base.split('/').slice(1).join('/')] : []
  const area = layout.carrier.groups.find((g) => g.title === group)
  if (area && name !== undefined) {
    const from = layout.headers.indexOf(area.from)
    const until = layout.headers.indexOf(area.until, from)
    const found = layout.headers.indexOf(name, from)
    if (found >= from && found <= until) return found
  }
  const places = layout.headers.flatMap((h, i) => (h === base ? [i] : []))
  return places[Number(nth) - 1]
}

/** The place of a column by the first of its names that the header row has. */
export const placeOfColumn = (layout: Layout, column: LayoutColumn): number | undefined => {
  for (const name of headerNamesOf(column)) {
    const place = placeOfHeader(layout, name)
    if (place !== undefined) return place
  }
  return undefined
}

/** The columns of a layout that stand in its header row, with their places. */
export const placedColumns = (
  layout: Layout,
): readonly { readonly column: LayoutColumn; readonly place: number }[] =>
  layout.columns.flatMap((column) => {
    const place = placeOfColumn(layout, column)
    return place === undefined ? [] : [{ column, place }]
  })
