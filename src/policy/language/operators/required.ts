import { unknown } from '#base'
import { clash, type Operator } from './operator.ts'
import { valueAt } from './sql-parts.ts'

/**
 * `required(fact)`: our addition to FEEL. Where the rule cannot be judged without the fact, its known absence is a
 * missing fact too: the sentence without an end date, the certificate without a grade. The second operand is its name.
 */
export const required: Operator = {
  name: 'required',
  sign: 'required',
  typeOf: ([fact]) => (fact ? { ...fact, absent: false, unknown: true } : clash('syntax')),
  interpret: (fact, name) => (fact === null ? unknown(String(name)) : fact),
  sql: (args, { bitOf }, node) => {
    const [name] = node.args.slice(1)
    const bit = bitOf(name?.kind === 'literal' ? String(name.value) : '')
    const value = valueAt(args, 0)
    const missing = args[0]?.missing
    const own = `WHEN ${value} IS NULL THEN ${bit} ELSE 0 END`
    return {
      value,
      missing: missing === undefined ? `CASE ${own}` : `CASE WHEN ${missing} <> 0 THEN ${missing} ${own}`,
      absent: false,
    }
  },
  swaps: [],
}
