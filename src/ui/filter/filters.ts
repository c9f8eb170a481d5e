/** A filter of a list. */
export type FilterField = {
  /** The name in the address. */
  readonly id: string
  readonly label: string
  /** Stands behind 更多筛选. */
  readonly isFurther?: boolean
} & (
  | {
      readonly kind: 'text'
      readonly placeholder?: string
      /** For what must not stand in an address, such as a name: kept in the history entry of this tab only. */
      readonly isPersonal?: boolean
    }
  | {
      readonly kind: 'select'
      /** What no choice means; 全部 where it is not said. */
      readonly emptyLabel?: string
      readonly options: readonly { readonly value: string; readonly label: string }[]
    }
  | { readonly kind: 'date' }
  | { readonly kind: 'check' }
)

/** What is set, by id; what is not set is absent. A check is `'1'`. */
export type FilterValues = Readonly<Record<string, string | undefined>>

export const isPersonal = (field: FilterField): boolean => field.kind === 'text' && field.isPersonal === true

/** Reads the filters from an address and from what the history entry keeps; an unknown choice counts as none. */
export const readFilters = (
  fields: readonly FilterField[],
  address: URLSearchParams,
  kept: FilterValues,
): FilterValues => {
  const values: Record<string, string> = {}
  for (const field of fields) {
    const value = isPersonal(field) ? kept[field.id] : (address.get(field.id) ?? undefined)
    if (!value) continue
    if (field.kind === 'select' && !field.options.some((option) => option.value === value)) continue
    values[field.id] = value
  }
  return values
}

/** Writes changed filters, in the order of the fields: what is not named stays as it is, undefined takes away. */
export const writeFilters = (
  fields: readonly FilterField[],
  now: { readonly address: URLSearchParams; readonly kept: FilterValues },
  changes: FilterValues,
): { address: URLSearchParams; kept: FilterValues } => {
  const address = new URLSearchParams(now.address)
  const kept: Record<string, string> = {}
  for (const field of fields) {
    const before = isPersonal(field) ? now.kept[field.id] : now.address.get(field.id)
    const value = field.id in changes ? changes[field.id] : before
    address.delete(field.id)
    if (!value) continue
    if (isPersonal(field)) kept[field.id] = value
    else address.set(field.id, value)
  }
  return { address, kept }
}

/** The texts that were typed and not sent yet. */
export const unsentTexts = (
  fields: readonly FilterField[],
  values: FilterValues,
  typed: FilterValues,
): FilterValues => {
  const unsent = fields.filter(({ id, kind }) => kind === 'text' && (typed[id] ?? '') !== (values[id] ?? ''))
  return Object.fromEntries(unsent.map(({ id }) => [id, typed[id]]))
}
