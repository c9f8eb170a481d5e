import { absentCell, bad, type CellRule, found } from './cell.ts'
import { compact, saysNothing } from './clean.ts'

const unitWords = `(?:㎡|m²|m2|M2|平方米|平米)?`
const single = new RegExp(String.raw`^(\d{1,7})(?:\.(\d{1,}))?${unitWords}$`, 'u')
const house = /(?:房屋|建筑)(?:面积)?[:：]?(\d{1,7}(?:\.\d+)?)/u

/** Floor area in square centimetres; of a cell that names land and house, the house. */
export const readArea: CellRule = (text) => {
  const plain = compact(text)
  if (saysNothing(plain)) return absentCell
  const stated = plain.includes('房屋') || plain.includes('建筑') ? house.exec(plain)?.[1] : plain
  const match = single.exec(stated ?? '')
  if (!match) return bad('count-unreadable')
  // Four places are one square centimetre; what lies beyond is arithmetic residue of the sender's system.
  return found(Number(`${match[1]}${(match[2] ?? '').slice(0, 4).padEnd(4, '0')}`))
}
