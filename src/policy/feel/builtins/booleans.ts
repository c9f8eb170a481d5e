import { sameValue } from '../value/compare.ts'
import { anything, type Builtins, boolean, builtin, nullable, parameter, signature } from './make.ts'

/** Negation (DMN 1.5, table 73) and identity (10.3.4.6). */
export const booleans: Builtins = [
  builtin(
    'not',
    signature([parameter('negand', boolean)], ([negand]) => negand !== true),
  ),
  builtin(
    'is',
    signature([nullable('value1', anything), nullable('value2', anything)], ([a = null, b = null]) =>
      sameValue(a, b),
    ),
    signature([nullable('value1', anything)], () => false),
  ),
]
