import { fits } from './fits.ts'
import { listsOf } from './named-rules.ts'
import type { Pack } from './pack.ts'
import type { FactEntry, GivenFacts } from './schemas.ts'

type Dictionary = Pick<Pack, 'entities' | 'facts'>

/** The JSON Schema (2020-12) of a household file for a pack: facts by name, lists nested, `"unknown"` for what is missing. */
export const householdSchema = (pack: Dictionary, entity: string): Readonly<Record<string, unknown>> => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: `${pack.entities[entity]?.label.zh ?? entity} · ${pack.entities[entity]?.label.en ?? entity}`,
  ...objectSchema(pack, entity, {
    unsaid: {
      description:
        '没有写的事实：待查明（默认），或按通常情况 · facts not given: unknown (default), or as usual',
      enum: ['unknown', 'usual'],
    },
  }),
})

const objectSchema = (
  pack: Dictionary,
  entity: string,
  more: Readonly<Record<string, object>> = {},
): Readonly<Record<string, unknown>> => {
  const facts = Object.entries(pack.facts[entity] ?? {}).map(
    ([name, entry]) => [name, factSchema(entry)] as const,
  )
  const lists = Object.entries(listsOf(pack.entities, entity)).map(
    ([list, { entity: item, most }]) =>
      [list, { type: 'array', maxItems: most, items: objectSchema(pack, item) }] as const,
  )
  return {
    type: 'object',
    additionalProperties: false,
    properties: { ...more, ...Object.fromEntries([...facts, ...lists]) },
  }
}

const patterns: Readonly<Record<string, object>> = {
  date: { type: 'string', format: 'date' },
  month: { type: 'string', pattern: '^\\d{4}-\\d{2}$' },
  boolean: { type: 'boolean' },
  text: { type: 'string' },
}

const factSchema = (entry: FactEntry): Readonly<Record<string, unknown>> => {
  const options: object[] = [valueSchema(entry)]
  if (entry.absent) options.push({ type: 'null' })
  if (entry.unknown) options.push({ const: 'unknown' })
  const unit = entry.unit ? ` (${entry.unit})` : ''
  return { description: `${entry.label.zh} · ${entry.label.en}${unit}`, anyOf: options }
}

const valueSchema = ({ type, values, range }: FactEntry): object => {
  if (values) return { enum: Object.keys(values) }
  if (type === 'number') return { type: 'integer', minimum: range?.[0], maximum: range?.[1] }
  return patterns[type] ?? {}
}

/** The names and values in given facts that the dictionary does not know, as `members[2].wageFen: many`. */
export const strangeFactsIn = (pack: Pack, entity: string, given: GivenFacts, path = ''): string[] => {
  const lists = listsOf(pack.entities, entity)
  return Object.entries(given).flatMap(([name, value]) => {
    const list = lists[name]
    if (!Array.isArray(value)) return fits(pack, entity, name, value) ? [] : [`${path}${name}: ${value}`]
    if (!list) return [`${path}${name}`]
    return (value as readonly GivenFacts[]).flatMap((one, index) =>
      strangeFactsIn(pack, list.entity, one, `${path}${name}[${index + 1}].`),
    )
  })
}
