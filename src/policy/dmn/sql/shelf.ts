import { isScalar, type Term } from './term.ts'

/**
 * Columns put aside so that what is used twice is computed once: each call of `put` makes one layer over all before it. Layers
 * are counted, since engines have a limit to columns.
 */
export type Shelf = {
  readonly put: (sqls: readonly string[]) => readonly string[]
  readonly layers: () => readonly (readonly { readonly name: string; readonly sql: string }[])[]
}

/** PostgreSQL holds 1,664 columns in a row. */
export const mostColumns = 1_200

export const newShelf = (): Shelf => {
  const layers: { readonly name: string; readonly sql: string }[][] = []
  let count = 0
  return {
    put: (sqls) => {
      const layer = sqls.map((sql) => {
        count += 1
        return { name: `k${count}`, sql }
      })
      if (layer.length > 0) layers.push(layer)
      return layer.map(({ name }) => name)
    },
    layers: () => layers,
  }
}

const isShort = (sql: string): boolean => sql.length <= 24

const sqlsOf = (term: Term): readonly string[] => {
  // A constant stays where it is: it is short to compute, and tables rank by it.
  if (isScalar(term)) return term.constant === undefined ? [term.sql] : []
  const inside =
    term.kind === 'context'
      ? [...term.members.values()].flatMap(sqlsOf)
      : term.items.flatMap(({ taken, value }) => [taken, ...sqlsOf(value)])
  return [term.present, ...inside]
}

const replaced = (term: Term, by: ReadonlyMap<string, string>): Term => {
  const of = (sql: string): string => by.get(sql) ?? sql
  if (isScalar(term)) return { ...term, sql: of(term.sql) }
  if (term.kind === 'context')
    return {
      ...term,
      present: of(term.present),
      members: new Map([...term.members].map(([name, member]) => [name, replaced(member, by)])),
    }
  const items = term.items.map(({ taken, value }) => ({ taken: of(taken), value: replaced(value, by) }))
  return { ...term, present: of(term.present), items }
}

/** The same terms, all that is long put into one layer of columns. */
export const shelved = <T extends Term>(shelf: Shelf, terms: readonly T[]): readonly T[] => {
  const long = [...new Set(terms.flatMap(sqlsOf))].filter((sql) => !isShort(sql))
  const names = shelf.put(long)
  const by = new Map(long.map((sql, at) => [sql, names[at] ?? sql]))
  return terms.map((term) => replaced(term, by) as T)
}
