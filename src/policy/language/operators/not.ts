import { carried, plain } from '../types.ts'
import { isUnknownValue } from '../values.ts'
import { booleans } from './booleans.ts'
import type { Operator } from './operator.ts'
import { strict, valueAt } from './sql-parts.ts'

export const not: Operator = {
  name: 'not',
  sign: 'not',
  typeOf: (args) => booleans('not', args) ?? plain('boolean', carried(...args)),
  interpret: (a) => (a === null || isUnknownValue(a) ? a : !a),
  sql: (args) => strict(args, `(NOT ${valueAt(args, 0)})`),
  swaps: [],
}
