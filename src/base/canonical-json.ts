import { assert } from './assert.ts'

/**
 * One text for one meaning, by RFC 8785: keys in the order of their UTF-16 code units, no spaces, numbers and strings
 * as ECMAScript writes them. Fields that are `undefined` are left out. What JSON cannot say (NaN, bigint, functions,
 * class instances, lone surrogates) stops the work.
 */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') {
    assert(value.isWellFormed(), 'a lone surrogate has no canonical form')
    return JSON.stringify(value)
  }
  if (typeof value === 'number') {
    assert(Number.isFinite(value), `no canonical form: ${value}`)
    return JSON.stringify(value === 0 ? 0 : value)
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`
  assert(isPlainObject(value), `no canonical form for ${typeof value}`)
  const fields = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .toSorted(byCodeUnits)
    .map((key) => `${canonicalJson(key)}:${canonicalJson(value[key])}`)
  return `{${fields.join(',')}}`
}

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const isPlainObject = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
