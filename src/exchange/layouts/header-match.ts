import { feedDefinition } from '../feeds.ts'
import { columnsOf, headerNamesOf, headersOf, type Layout, type LayoutColumn } from './layout.ts'

/** One column of a table's header; `group` is the merged cell above it in a header of two rows. */
export type HeaderCell = { readonly name: string; readonly group?: string }

export type HeaderMatch = {
  readonly layout: Layout
  /** Where each column of the layout is found; a column that is not in the file has no entry. */
  readonly places: ReadonlyMap<LayoutColumn, number>
  /** The same for headers named by transforms and row filters. */
  readonly named: ReadonlyMap<string, number>
  /** Required headers the file lacks. */
  readonly missing: readonly string[]
  /** How many different columns of the file the layout recognises. */
  readonly recognised: number
  /** Of the sender's whole header row, the share present in the file, in thousandths. */
  readonly likeness: number
}

/** A header as it is compared: no spaces, no asterisk of "required", ordinary brackets, capital letters. */
export const headerKey = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/gu, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u00a0\u3000\u200b-\u200f\ufeff*]/gu, '')
    .replace(/:$/u, '')
    .toUpperCase()

const withoutBrackets = (key: string): string => key.replace(/[([【].*?[)\]】]/gu, '')

/** How a layout fits a header row. */
export const matchHeader = (layout: Layout, header: readonly HeaderCell[]): HeaderMatch => {
  const index = indexOf(header)
  const places = new Map<LayoutColumn, number>()
  const missing: string[] = []
  for (const column of columnsOf(layout)) {
    const place = placeOf(index, headerNamesOf(column))
    if (place !== undefined) places.set(column, place)
    else if (isRequired(layout, column)) missing.push(headerNamesOf(column)[0] ?? '')
  }
  const named = new Map<string, number>()
  const others = [...layout.transforms.flatMap(headersOf), ...layout.noRecord.map((r) => r.header)]
  for (const name of others) {
    const place = placeOf(index, [name])
    if (place !== undefined) named.set(name, place)
  }
  for (const t of layout.transforms)
    if (headersOf(t).every((name) => !named.has(name))) missing.push(headersOf(t)[0] ?? '')
  const whole = layout.headers.filter((name) => placeOf(index, [name]) !== undefined).length
  return {
    layout,
    places,
    named,
    missing: [...new Set(missing)].filter((name) => !filledElsewhere(layout, name, places)),
    recognised: new Set([...places.values(), ...named.values()]).size,
    likeness: Math.round(
      (1000 * whole) / Math.max(layout.headers.length, header.filter((h) => h.name).length),
    ),
  }
}

/** Whether the second match describes the file better than the first. */
export const isBetter = (one: HeaderMatch | undefined, other: HeaderMatch): boolean => {
  if (!one) return true
  const complete = Number(other.missing.length === 0) - Number(one.missing.length === 0)
  if (complete !== 0) return complete > 0
  if (other.likeness !== one.likeness) return other.likeness > one.likeness
  return other.recognised > one.recognised
}

const isRequired = (layout: Layout, column: LayoutColumn): boolean => {
  if (column.optional !== undefined) return !column.optional
  const field = feedDefinition(layout.kind).fields[column.field]
  if (column.field === 'number') return true
  return field?.required === true && layout.constants[column.field] === undefined
}

// A second column for the same field is a fallback: it is missed only where the first is missing too.
const filledElsewhere = (
  layout: Layout,
  header: string,
  places: ReadonlyMap<LayoutColumn, number>,
): boolean => {
  const asked = layout.columns.find((c) => headerNamesOf(c)[0] === header)
  return (
    asked !== undefined &&
    [...places.keys()].some((c) => c.field === asked.field && layout.columns.includes(c))
  )
}

type HeaderIndex = ReadonlyMap<string, readonly number[]>

const indexOf = (header: readonly HeaderCell[]): HeaderIndex => {
  const index = new Map<string, number[]>()
  const add = (key: string, place: number) => {
    if (key === '') return
    const known = index.get(key)
    if (!known) index.set(key, [place])
    else if (!known.includes(place)) known.push(place)
  }
  header.forEach(({ name, group }, place) => {
    const key = headerKey(name)
    add(key, place)
    if (group) add(`${headerKey(group)}>${key}`, place)
  })
  // Bracketed additions count as the same header only where no header is written without them.
  header.forEach(({ name }, place) => {
    const bare = withoutBrackets(headerKey(name))
    if (!header.some((h) => headerKey(h.name) === bare)) add(bare, place)
  })
  return index
}

const placeOf = (index: HeaderIndex, names: readonly string[]): number | undefined => {
  for (const name of names) {
    const [, base = name, nth = '1'] = /^(.*)#(\d)$/u.exec(name) ?? []
    const key = headerKey(base)
    const found = index.get(key) ?? index.get(withoutBrackets(key))
    const place = found?.[Number(nth) - 1]
    if (place !== undefined) return place
  }
  return undefined
}
