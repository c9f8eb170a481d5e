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

/** Writes the filters: what the address holds of others stays. */
export const writeFilters = (
  fields: readonly FilterField[],
  address: URLSearchParams,
  values: FilterValues,
): { address: URLSearchParams; kept: FilterValues } => {
  const next = new URLSearchParams(address)
  const kept: Record<string, string> = {}
  for (const field of fields) {
    const value = values[field.id]
    next.delete(field.id)
    if (!value) continue
    if (isPersonal(field)) kept[field.id] = value
    else next.set(field.id, value)
  }
  return { address: next, kept }
}
