import type { FeelFunction } from '../value/value.ts'
import { booleans } from './booleans.ts'
import { contexts } from './contexts.ts'
import { conversions } from './conversions.ts'
import { dates } from './dates.ts'
import { lists } from './lists.ts'
import { numbers } from './numbers.ts'
import { ranges } from './ranges.ts'
import { statistics } from './statistics.ts'
import { strings } from './strings.ts'

/** The built-in functions by name: the outermost scope of every expression. */
export const builtins: ReadonlyMap<string, FeelFunction> = new Map([
  ...conversions,
  ...booleans,
  ...strings,
  ...statistics,
  ...lists,
  ...numbers,
  ...dates,
  ...ranges,
  ...contexts,
])
