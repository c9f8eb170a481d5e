import { fen, fenFromYuanText } from '#base'
import { absentCell, bad, type CellRule, found } from './cell.ts'
import { compact, saysNothing } from './clean.ts'

const longest = 60
const simple = /^(-?)(\d{1,12})(?:\.(\d{1,2})0*)?$/u
const decimals = /^(-?[\d,]+)\.(\d+)$/u

/** An exact amount in fen. The cell's own unit (`2万元`) goes before the column's. */
export const readMoney: CellRule = (text, { unit, column }) => {
  const plain = compact(text)
  if (saysNothing(plain)) return absentCell
  if (plain.length > longest) return bad('money-unreadable')
  const usual = unit === 'yuan' ? simple.exec(plain) : null
  if (usual) {
    const magnitude = Number(usual[2] + (usual[3] ?? '').padEnd(2, '0'))
    return found(fen(usual[1] ? -magnitude : magnitude))
  }
  const bare = withoutFloatNoise(plain)
  const stated = unit === 'wan' && !/(?:元|万)\)?$/u.test(bare) ? `${bare}万元` : bare
  const amount = fenFromYuanText(stated)
  if (amount !== undefined) return found(amount)
  const parts = decimals.exec(bare)
  if (!parts) return bad('money-unreadable')
  if (column.round !== 'half-up') return bad('money-fraction')
  const rounded = fenFromYuanText(roundHalfUp(parts[1] ?? '', parts[2] ?? '', unit === 'wan' ? 6 : 2, unit))
  return rounded === undefined ? bad('money-unreadable') : found(rounded)
}

// A sum made in binary arithmetic and written out in full (178.00000000000003): beyond the fifteenth digit there is
// nothing the sender meant.
const withoutFloatNoise = (plain: string): string => {
  const match = /^(-?)(\d+)\.(\d{9,})$/u.exec(plain)
  if (!match) return plain
  const [, sign = '', whole = '', fraction = ''] = match
  if (whole.length >= 15 || whole.length + fraction.length < 15) return plain
  const places = 15 - whole.length
  const digits = BigInt(whole + fraction.slice(0, places)) + (Number(fraction[places] ?? 0) >= 5 ? 1n : 0n)
  const padded = String(digits).padStart(places + 1, '0')
  return `${sign}${padded.slice(0, -places)}.${padded.slice(-places)}`
}

const roundHalfUp = (whole: string, fraction: string, places: number, unit: 'yuan' | 'wan'): string => {
  const negative = whole.startsWith('-')
  const digits = BigInt(whole.replace(/[-,]/gu, '') + fraction.slice(0, places))
  const rounded = digits + (Number(fraction[places] ?? 0) >= 5 ? 1n : 0n)
  const padded = String(rounded).padStart(places + 1, '0')
  return `${negative ? '-' : ''}${padded.slice(0, -places)}.${padded.slice(-places)}${unit === 'wan' ? '万元' : ''}`
}
