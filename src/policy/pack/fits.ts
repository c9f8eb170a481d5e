import type { Pack } from './pack.ts'

/** Whether a fact of the entity may have the value. */
export const fits = (pack: Pack, entity: string, name: string, value: unknown): boolean => {
  const entry = pack.facts[entity]?.[name]
  if (!entry) return false
  if (value === 'unknown') return entry.unknown
  if (value === null) return entry.absent
  if (entry.type === 'number')
    return typeof value === 'number' && value >= (entry.range?.[0] ?? 0) && value <= (entry.range?.[1] ?? 0)
  if (entry.type === 'boolean') return typeof value === 'boolean'
  return typeof value === 'string' && (entry.values ? Object.hasOwn(entry.values, value) : true)
}
