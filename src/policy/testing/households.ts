import { addDays, addMonths, type BusinessDate, unknown } from '#base'
import type { Facts, Subject, Value } from '../language/values.ts'
import { listsOf } from '../pack/named-rules.ts'
import { missingNameOf, type Pack } from '../pack/pack.ts'
import type { FactEntry } from '../pack/schemas.ts'

/** A stream of whole numbers from a seed: below `limit`, the same on every machine. */
export type Draw = (limit: number) => number

export const drawFrom = (seed: number): Draw => {
  let state = seed >>> 0
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

export interface Near {
  readonly on: BusinessDate
  /** Amounts around which thresholds lie. */
  readonly amounts: readonly number[]
  /** Ages and periods in years around which thresholds lie. */
  readonly years: readonly number[]
  /** Terms in months around which thresholds lie; every third date is drawn near one of them. */
  readonly months?: readonly number[] | undefined
}

const pick = <T>(draw: Draw, choices: readonly T[]): T => choices[draw(choices.length)] as T

/** A value of a fact on or around what matters. */
export const valueNear = (entry: FactEntry, near: Near, draw: Draw): Value => {
  if (entry.type === 'boolean') return draw(2) === 0
  if (entry.type === 'date') return dateNear(near, draw)
  if (entry.values) return pick(draw, Object.keys(entry.values))
  if (entry.type !== 'number') return null
  const [low = 0, high = 0] = entry.range ?? []
  if (entry.unit !== 'fen') return Math.min(high, low + draw(Math.min(high - low, 100) + 1))
  return Math.min(high, Math.max(low, pick(draw, near.amounts) + draw(3) - 1))
}

const dateNear = ({ on, years, months }: Near, draw: Draw): BusinessDate => {
  const back = months && draw(3) === 0 ? pick(draw, months) : 12 * pick(draw, years)
  return addDays(addMonths(on, -back), pick(draw, [-1, 0, 0, 1]))
}

/** How often, of a hundred facts, one is missing and one is drawn at all; the others are as usual. */
interface Mix {
  readonly missing: number
  readonly drawn: number
}

const factsOf = (pack: Pack, entity: string, near: Near, draw: Draw, mix: Mix): Facts => {
  const facts: Record<string, Value> = {}
  for (const [name, entry] of Object.entries(pack.facts[entity] ?? {})) {
    const at = draw(100)
    if (entry.unknown && at < mix.missing) facts[name] = unknown(missingNameOf(pack, entity, name))
    else if (at < mix.missing + mix.drawn || entry.usual === undefined)
      facts[name] = drawn(entry, near, draw, at)
    else facts[name] = entry.usual
  }
  return { ...facts, ...yearsIn(pack, entity, facts) }
}

/** A year that follows from a date is that date's, as it is in life. */
const yearsIn = (pack: Pack, entity: string, facts: Facts): Facts => {
  const years: Record<string, Value> = {}
  for (const [name, { yearOf }] of Object.entries(pack.facts[entity] ?? {})) {
    const date = yearOf === undefined ? undefined : facts[yearOf]
    if (typeof date === 'string' && typeof facts[name] === 'number') years[name] = Number(date.slice(0, 4))
  }
  return years
}

const drawn = (entry: FactEntry, near: Near, draw: Draw, at: number): Value => {
  if (entry.absent && draw(2) === 0) return null
  // Most amounts are nothing, or no household would ever be poor.
  if (entry.type === 'number' && at % 5 !== 0) return Math.max(0, entry.range?.[0] ?? 0)
  return valueNear(entry, near, draw)
}

const mixes: readonly Mix[] = [
  { missing: 0, drawn: 20 },
  { missing: 0, drawn: 100 },
  { missing: 1, drawn: 20 },
  { missing: 3, drawn: 50 },
  { missing: 40, drawn: 60 },
]

/** A household with everything that belongs to it. */
export const subjectNear = (pack: Pack, entity: string, id: string, near: Near, draw: Draw): Subject => {
  const mix = pick(draw, mixes)
  const build = (of: string, name: string, depth: number): Subject => {
    const lists: Record<string, Subject[]> = {}
    for (const [list, { entity: item }] of Object.entries(listsOf(pack.entities, of)))
      lists[list] = Array.from({ length: draw(depth > 0 ? 2 : 5) }, (_, at) =>
        build(item, `${at}`, depth + 1),
      )
    return { id: name, facts: factsOf(pack, of, near, draw, mix), lists }
  }
  return build(entity, id, 0)
}
