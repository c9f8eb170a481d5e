import { v7, validate, version } from 'uuid'
import { assert } from './assert.ts'
import type { Instant } from './clock.ts'

/** A UUIDv7 in lower case; the brand keeps an alert's id from being passed for a person's. */
export type Id<Brand extends string> = string & { readonly id: Brand }

/** A new id; ids made later sort after it. */
export const newId = <Brand extends string>(): Id<Brand> => v7() as Id<Brand>

/** The id an instant and 16 random bytes give, for worlds that must come out the same from a seed. */
export const idFrom = <Brand extends string>(at: Instant, random: Uint8Array): Id<Brand> => {
  assert(random.length === 16, 'an id needs 16 random bytes')
  return v7({ msecs: Date.parse(at), random }) as Id<Brand>
}

/** Takes a UUIDv7 in either case; anything else gives `undefined`. */
export const parseId = <Brand extends string>(text: string): Id<Brand> | undefined => {
  const lower = text.toLowerCase()
  return validate(lower) && version(lower) === 7 ? (lower as Id<Brand>) : undefined
}
