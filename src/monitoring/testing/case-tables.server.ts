import { isUnknown } from '#base'
import type { Engine } from '#lake/server'
import { type Facts, factColumns, type Pack, type ReadyCase } from '#policy'

type Cell = string | number | bigint | boolean | null

const cellsOf = (pack: Pack, entity: string, facts: Facts): Cell[] =>
  factColumns(pack, entity).map(({ fact, name }): Cell => {
    const value = facts[fact] ?? null
    const missing = typeof value === 'object' && value !== null && 'outcome' in value && isUnknown(value)
    if (name !== fact) return !missing
    return missing ? null : (value as Cell)
  })

async function* once<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  if (rows.length) yield rows
}

const keyColumns = (...names: string[]) => names.map((name) => ({ name, type: 'VARCHAR' }))

const namedByRule = ({ rule }: ReadyCase, at: number): string => `${rule.id}-${at}`

/** Lays the subjects of written cases out as the tables that facts are built into: every threshold of the pack is among them. */
export const fillCases = async (
  engine: Engine,
  pack: Pack,
  cases: readonly ReadyCase[],
  idOf = namedByRule,
  memberIdOf = (id: string, member: string): string => `${id}-${member}`,
): Promise<void> => {
  for (const entity of ['household', 'member', 'lead'] as const) {
    const keys = entity === 'member' ? keyColumns('household_id', 'member_id') : keyColumns(`${entity}_id`)
    const columns = factColumns(pack, entity).map(({ name, sqlType }) => ({ name, type: sqlType }))
    const rows = cases.flatMap((one, at): Cell[][] => {
      const { rule, subject } = one
      const id = idOf(one, at)
      if (entity === 'member')
        return (subject.members ?? []).map((member) => [
          id,
          memberIdOf(id, member.id),
          ...cellsOf(pack, entity, member.facts),
        ])
      return rule.entity === entity ? [[id, ...cellsOf(pack, entity, subject.facts)]] : []
    })
    await engine.run(`drop table if exists ${entity}`)
    await engine.appendRows(entity, [...keys, ...columns] as never, once(rows) as never)
  }
}
