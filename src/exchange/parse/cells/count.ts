import { absentCell, bad, type CellRule, found } from './cell.ts'
import { compact, saysNothing } from './clean.ts'

/** A whole number of things; a counter word behind it is allowed (`3间`). */
export const readCount: CellRule = (text) => {
  const plain = compact(text)
  if (saysNothing(plain)) return absentCell
  const digits = /^(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0+)?(?:间|人|户|口|个|次|天|月|年)?$/u.exec(plain)?.[1]
  return digits === undefined ? bad('count-unreadable') : found(Number(digits.replaceAll(',', '')))
}
