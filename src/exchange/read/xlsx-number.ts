import { addDays, businessDate } from '#base'

/** Number formats that show a day: the built-in ones (27–36 and 50–58 are East Asian) and custom ones with year, month or day. */
export const isDateFormat = (id: number, code: string | undefined): boolean => {
  if (code === undefined)
    return (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\./gu, '')
  return /[yd年日]/iu.test(bare) || (/m/iu.test(bare) && !/[hs]/iu.test(bare))
}

/**
 * A number as its sender sees it: fifteen significant digits, which is all a spreadsheet keeps. What is longer is
 * written with an exponent, so that nobody takes its last digits for real.
 */
export const numberText = (stored: string): string => {
  if (/^-?\d{1,15}$/u.test(stored)) return stored
  const n = Number(stored)
  if (stored.trim() === '' || !Number.isFinite(n)) return stored
  if (Math.abs(n) >= 1e15) {
    const [digits = '', power = ''] = n.toExponential(14).split('e')
    return `${digits.replace(/\.?0+$/u, '')}E${power}`
  }
  return String(Number(n.toPrecision(15)))
}

/** The day (and time) of a spreadsheet's day count; undefined where it is none. */
export const dateText = (stored: string, date1904: boolean): string | undefined => {
  const n = Number(stored)
  // Day 60 of the 1900 system is the 29 February that year did not have.
  if (stored.trim() === '' || !(n >= 1 && n < 2_958_466) || (!date1904 && Math.floor(n) === 60))
    return undefined
  const whole = Math.floor(n)
  const base = businessDate(date1904 ? '1904-01-01' : whole < 60 ? '1899-12-31' : '1899-12-30')
  const seconds = Math.round((n - whole) * 86_400) % 86_400
  const day = addDays(base, whole)
  if (seconds === 0) return day
  const part = (value: number): string => String(value).padStart(2, '0')
  return `${day} ${part(Math.floor(seconds / 3600))}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}`
}
