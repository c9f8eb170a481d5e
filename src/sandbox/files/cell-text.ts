/** How senders write values: the inverse of reading a cell, in the many shapes that are all correct. */
import type { FieldDefinition, LayoutColumn } from '#exchange'
import { dayNumberOf } from '../world/days.ts'
import { oldNumberOf } from '../world/numbers.ts'
import type { Random } from '../world/random.ts'

export type DateStyle = 'dashes' | 'solid' | 'short' | 'time' | 'dots' | 'chinese' | 'serial' | 'float'
export type MonthStyle = 'solid' | 'dashes' | 'chinese' | 'dots' | 'float'
export type AmountStyle = 'plain' | 'commas' | 'yen' | 'bare'

/** A text cell; a number of a spreadsheet; a day as a spreadsheet counts days; or what a broken formula leaves. */
export type Written =
  | string
  | { readonly number: string }
  | { readonly serial: string }
  | { readonly error: string }

const short = (part: string): string => String(Number(part))

export const dateText = (date: string, style: DateStyle): Written => {
  const [year = '', month = '', day = ''] = date.split('-')
  switch (style) {
    case 'dashes':
      return date
    case 'solid':
      return year + month + day
    case 'short':
      return `${year}-${short(month)}-${short(day)}`
    case 'time':
      return `${year}/${short(month)}/${short(day)} 0:00:00`
    case 'dots':
      return `${year}.${month}.${day}`
    case 'chinese':
      return `${year}年${short(month)}月${short(day)}日`
    case 'serial':
      return { serial: String(dayNumberOf(date) - dayNumberOf('1899-12-30')) }
    case 'float':
      return `${year}${month}${day}.0`
  }
}

export const monthText = (month: string, style: MonthStyle): string => {
  const [year = '', m = ''] = month.split('-')
  switch (style) {
    case 'solid':
      return year + m
    case 'dashes':
      return month
    case 'chinese':
      return `${year}年${short(m)}月`
    case 'dots':
      return `${year}.${m}`
    case 'float':
      return `${year}${m}.0`
  }
}

/** Fen with the point `places` digits from the right; trailing zeros kept. */
const decimalText = (fen: number, places: number): string => {
  const digits = String(Math.abs(fen)).padStart(places + 1, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

export const amountText = (fen: number, unit: 'yuan' | 'wan', style: AmountStyle): string => {
  if (unit === 'wan') return decimalText(fen, 6)
  const plain = decimalText(fen, 2)
  if (style === 'bare') return plain.replace(/\.?0+$/u, '') || '0'
  if (style === 'plain') return plain
  const grouped = plain.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/gu, ',')
  return style === 'yen' ? `¥${grouped}` : grouped
}

/** Square centimetres as square metres. */
export const areaText = (squareCentimetres: number): string =>
  decimalText(squareCentimetres, 4).replace(/00$/u, '')

/** A code as this sender writes it: one of the sender's own words for it, else the Chinese label. */
export const codeText = (code: string, column: LayoutColumn, field: FieldDefinition): string => {
  const own = Object.entries(column.codes ?? {}).find(([, target]) => target === code)
  if (own) return own[0]
  if (field.open) return code
  return field.codes?.find((c) => c.code === code)?.zh ?? code
}

export const flagText = (flag: boolean, column: LayoutColumn): string =>
  flag ? (column.yes?.[0] ?? '是') : (column.no?.[0] ?? '否')

/** Permille of each shape in which a number may arrive and still be read. */
export interface NumberHabits {
  readonly old?: number
  readonly quote?: number
  readonly fullWidth?: number
  readonly spaces?: number
  readonly float?: number
}

const fullWidth = (text: string): string =>
  text.replace(/[0-9X]/gu, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))

export const numberText = (number: string, habits: NumberHabits, random: Random): string => {
  const old = random.chance(habits.old ?? 0) ? oldNumberOf(number) : undefined
  const cased = number.endsWith('X') && random.chance(500) ? number.replace('X', 'x') : number
  const text = old ?? cased
  if (random.chance(habits.quote ?? 0)) return `'${text}`
  if (random.chance(habits.fullWidth ?? 0)) return fullWidth(old ?? number)
  if (random.chance(habits.spaces ?? 0)) return ` ${text.slice(0, 6)} ${text.slice(6)}\u00a0`
  if (random.chance(habits.float ?? 0) && /^\d+$/u.test(text)) return `${text}.0`
  return text
}

/** Two-character names are spread by a wide space, middle dots are typed in several ways. */
export const nameText = (name: string, random: Random): string => {
  if (name.includes('·')) return random.chance(250) ? name.replace('·', random.pick(['•', '．', '・'])) : name
  return [...name].length === 2 && random.chance(80) ? [...name].join('　') : name
}
