import { canonicalJson, unknown } from '#base'
import { quoteName, quoteText } from '#lake/server'
import { factColumns, missingNameOf, type Pack } from '#policy'

/** SQL for texts in canonical JSON (RFC 8785), so that what SQL seals, TypeScript can seal again. */

/** A constant as canonical JSON inside an SQL text. */
export const constantJson = (value: unknown): string => quoteText(canonicalJson(value))

/** A text column as a JSON string. */
export const stringJson = (column: string): string => `cast(to_json(${column}) as varchar)`

/** The value of a column by the type it has in the pack; `null` where it is null. */
export const valueJson = (column: string, sqlType: string): string => {
  const said =
    sqlType === 'VARCHAR'
      ? stringJson(column)
      : sqlType === 'DATE'
        ? `'"' || cast(${column} as varchar) || '"'`
        : `cast(${column} as varchar)`
  return `coalesce(${said}, 'null')`
}

/** The value of a fact of the row under an alias: the unknown with its name where it is missing. */
export const factJson = (pack: Pack, alias: string, entity: string, name: string): string => {
  const column = factColumns(pack, entity).find((one) => one.name === name)
  const value = valueJson(`${alias}.${quoteName(name)}`, column?.sqlType ?? 'VARCHAR')
  if (!pack.facts[entity]?.[name]?.unknown) return value
  const missing = constantJson(unknown(missingNameOf(pack, entity, name)))
  return `case when ${alias}.${quoteName(`${name}__known`)} then ${value} else ${missing} end`
}

/** An object whose fields are given as SQL of their values. */
export const objectJson = (fields: Readonly<Record<string, string>>): string => {
  const parts = Object.keys(fields)
    .toSorted()
    .map((name, at) => `${quoteText(`${at > 0 ? ',' : ''}${JSON.stringify(name)}:`)} || ${fields[name]}`)
  return `('{' || ${[...parts, "'}'"].join(' || ')})`
}

/** The facts of a row as an object. */
export const factsJson = (pack: Pack, alias: string, entity: string, names: readonly string[]): string =>
  objectJson(Object.fromEntries(names.map((name) => [name, factJson(pack, alias, entity, name)])))
