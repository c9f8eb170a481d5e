/** Resident numbers that no living person can have: areas 99xxxx, with a right check character. */
import { assert, checkCharacterOf } from '#base'
import type { Sex } from './types.ts'

export interface NumberBook {
  /** The next free number of an area, a birth date and a sex. */
  next(county: string, birthDate: string, sex: Sex): string
}

export const numberBook = (): NumberBook => {
  const used = new Map<string, number>()
  return {
    next: (county, birthDate, sex) => {
      const area = `99${county.slice(2, 6)}`
      const body = area + birthDate.replaceAll('-', '')
      const slot = `${body}${sex}`
      const taken = used.get(slot) ?? 0
      used.set(slot, taken + 1)
      // Odd sequence numbers are men's.
      const sequence = taken * 2 + (sex === 'male' ? 1 : 2)
      assert(sequence < 1000, `no sequence left for ${area}`)
      const body17 = body + String(sequence).padStart(3, '0')
      return body17 + checkCharacterOf(body17)
    },
  }
}

/** The 15-digit form in use before 1999; undefined for births outside the 1900s. */
export const oldNumberOf = (number: string): string | undefined =>
  number.slice(6, 8) === '19' ? number.slice(0, 6) + number.slice(8, 17) : undefined

/** The same number with one digit wrong, so that the check character no longer fits. */
export const mistypedNumber = (number: string, at: number): string => {
  const digit = (Number(number[at]) + 1) % 10
  return number.slice(0, at) + String(digit) + number.slice(at + 1)
}
