import { assert, unknown } from '#base'
import type { Facts, Value } from '../language/values.ts'
import { columnType } from '../sql/emit.ts'
import { factType } from './named-rules.ts'
import { missingNameOf, type Pack } from './pack.ts'

/** A column the tables of an entity must have. */
export interface FactColumn {
  readonly fact: string
  readonly name: string
  readonly sqlType: string
  readonly nullable: boolean
}

/** The fact columns of an entity's table, known-flags included, in the order of the dictionary; the keys are not among them. */
export const factColumns = (pack: Pick<Pack, 'facts'>, entity: string): readonly FactColumn[] =>
  Object.entries(pack.facts[entity] ?? {}).flatMap(([fact, entry]) => {
    const value = {
      fact,
      name: fact,
      sqlType: columnType(factType(entry).kind),
      nullable: entry.absent || entry.unknown,
    }
    const known = { fact, name: `${fact}__known`, sqlType: 'BOOLEAN', nullable: false }
    return entry.unknown ? [value, known] : [value]
  })

/** A table row as facts for the interpreter. Dates and months come as texts, numbers as numbers or bigints. */
export const factsFromRow = (
  pack: Pick<Pack, 'facts'>,
  entity: string,
  row: Readonly<Record<string, unknown>>,
): Facts => {
  const facts: Record<string, Value> = {}
  for (const [name, entry] of Object.entries(pack.facts[entity] ?? {})) {
    if (entry.unknown && row[`${name}__known`] !== true) {
      facts[name] = unknown(missingNameOf(pack, entity, name))
      continue
    }
    const value = row[name] ?? null
    assert(value !== null || entry.absent, `${entity}.${name} is null but may not be absent`)
    facts[name] = typeof value === 'bigint' ? Number(value) : (value as Value)
  }
  return facts
}
