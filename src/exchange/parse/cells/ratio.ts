import { absentCell, bad, type CellRule, found } from './cell.ts'
import { compact, saysNothing } from './clean.ts'

/**
 * A share in ten-thousandths: `0.08`, `8` and `8%` are all 800. Exactly 1 without a sign may be one per cent or all of
 * it and is not read.
 */
export const readRatio: CellRule = (text) => {
  const plain = compact(text)
  if (saysNothing(plain)) return absentCell
  const match = /^(\d{1,3})(?:\.(\d*?)0*)?(%)?$/u.exec(plain)
  if (!match) return bad('ratio-unreadable')
  const [, whole = '', fraction = '', sign] = match
  const one = Number(whole) === 1 && fraction === ''
  if (one && !sign) return bad('ratio-unreadable')
  const places = sign || Number(whole) >= 1 ? 2 : 4
  const share = Number(whole + fraction.padEnd(places, '0'))
  return fraction.length <= places && share <= 10_000 ? found(share) : bad('ratio-unreadable')
}
