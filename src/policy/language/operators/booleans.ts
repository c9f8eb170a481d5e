import { type Type, typeText } from '../types.ts'
import { type Clash, clash } from './operator.ts'

/** The clash when an operand is not a boolean. */
export const booleans = (sign: string, args: readonly Type[]): Clash | undefined => {
  const wrong = args.find(({ kind }) => kind !== 'boolean' && kind !== 'null')
  return wrong && clash('type-clash', { sign, left: 'boolean', right: typeText(wrong) })
}
