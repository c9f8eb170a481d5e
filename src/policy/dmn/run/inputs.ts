import { type FeelType, type FeelValue, fromJson, normalName } from '../../feel/index.ts'
import type { Instance } from './link.ts'

/** JSON as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

type Given = ReadonlyMap<string, Json>

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

const namesOf = (json: JsonObject): Given =>
  new Map(Object.entries(json).map(([name, value]) => [normalName(name), value]))

/** What a line gives, by name: of an imported model under the import's name, or as `import.name`. */
export type Inputs = (instance: Instance, names: readonly string[]) => Json | undefined

/** Finds values in the inputs of one line. */
export const inputsIn = (json: JsonObject): Inputs => {
  const root = namesOf(json)
  const levels = new Map<Instance, Given>()
  const levelOf = (instance: Instance): Given => {
    const known = levels.get(instance)
    if (known) return known
    let level = root
    for (const name of instance.path.filter((one) => one !== '')) {
      const below = level.get(name)
      level = isObject(below) ? namesOf(below) : new Map()
    }
    levels.set(instance, level)
    return level
  }
  return (instance, names) => {
    const prefix = instance.path
      .filter((one) => one !== '')
      .map((one) => `${one}.`)
      .join('')
    for (const name of names) {
      const value = levelOf(instance).get(name) ?? root.get(`${prefix}${name}`)
      if (value !== undefined) return value
    }
    return undefined
  }
}

const baseOf = (type: FeelType): FeelType => (type.kind === 'named' ? baseOf(type.base) : type)

/**
 * A value given from outside, as its type reads it: ISO texts become dates where it says so, and members a caller left out are there as
 * null, since JSON has two ways to say nothing. What does not fit is null.
 */
export const inputValue = (json: Json | undefined, type: FeelType): FeelValue =>
  json === undefined ? null : fromJson(complete(json, type), type)

const complete = (json: Json, type: FeelType): Json => {
  const base = baseOf(type)
  if (Array.isArray(json)) return base.kind === 'list' ? json.map((item) => complete(item, base.of)) : json
  if (base.kind === 'list') return complete(json, base.of)
  if (!isObject(json) || base.kind !== 'context' || !base.members) return json
  const given = namesOf(json)
  const all = [...new Set([...base.members.keys(), ...given.keys()])]
  return Object.fromEntries(
    all.map((name) => {
      const member = base.members?.get(name)
      const value = given.get(name) ?? null
      return [name, member ? complete(value, member) : value]
    }),
  )
}
