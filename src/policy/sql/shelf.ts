import type { FactNode } from '../language/ast.ts'
import type { Pair, SqlContext } from '../language/operators/operator.ts'
import { literalSql, quoted } from './emit.ts'

/** Computed once in a layer and read by name above it; the same expression is never computed twice. */
export interface Shelf {
  put(prefix: string, pair: Pair): Pair
  columns(): string[]
}

export const shelf = (alias: string): Shelf => {
  const entries = new Map<string, { readonly pair: Pair; readonly columns: string }>()
  return {
    put: (prefix, { value, missing, absent }) => {
      const key = `${value}\n${missing}`
      const name = `${prefix}${entries.size}`
      const entry = entries.get(key) ?? {
        pair: { value: `${alias}."${name}_v"`, missing: missing && `${alias}."${name}_u"`, absent },
        columns: missing ? `${value} AS "${name}_v", ${missing} AS "${name}_u"` : `${value} AS "${name}_v"`,
      }
      entries.set(key, entry)
      return entry.pair
    },
    columns: () => [...entries.values()].map(({ columns }) => columns),
  }
}

/** Facts with their known-flags folded into the pair every operator works on. */
export interface FactShelf {
  read(node: FactNode, alias: string): Pair
  columns(): string[]
}

export const factShelf = (
  missingNameOf: (entity: string, fact: string) => string,
  { bitOf }: Pick<SqlContext, 'bitOf'>,
): FactShelf => {
  const columns = new Map<string, string>()
  return {
    read: (node, alias) => {
      const { entity, name, type, bound } = node
      const column = quoted(name)
      // A bound is read beside the fact itself, which is a fact that may be missing.
      if (!type.unknown && !bound) {
        if (!columns.has(name)) columns.set(name, column)
        return { value: `${alias}.${column}`, absent: type.absent }
      }
      const [known, missing] = [quoted(`${name}__known`), quoted(`${name}__u`)]
      const bit = bitOf(missingNameOf(entity, name))
      columns.set(
        name,
        `CASE WHEN ${known} THEN ${column} END AS ${column}, CASE WHEN ${known} THEN 0 ELSE ${bit} END AS ${missing}`,
      )
      const [value, bits] = [`${alias}.${column}`, `${alias}.${missing}`]
      if (!bound) return { value, missing: bits, absent: type.absent }
      const end = literalSql((bound === 'low' ? type.low : type.high) ?? 0, type)
      return { value: `(CASE WHEN ${bits} = 0 THEN ${value} ELSE ${end} END)`, absent: type.absent }
    },
    columns: () => [...columns.values()],
  }
}
