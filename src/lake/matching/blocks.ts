import { countyOf } from './dates-and-places.ts'
import { bareName, hashName, hashText, mix } from './names.ts'
import { swappedBack } from './numbers.ts'
import type { Candidate, Prepared } from './score.ts'

/**
 * The keys under which a row and a person meet. Two of name, birth date and county, one of them perhaps only sounding or
 * counting alike; or two of three parts of the number (area and year, day, ending), of which one slip leaves two whole.
 */
const blocks = {
  nameAndBirth: 1,
  nameAndCounty: 2,
  birthAndCounty: 3,
  soundYearAndCounty: 4,
  numberFront: 5,
  numberBack: 6,
  numberEnds: 7,
} as const

export const keysAtMost = 12

const keyOf = (block: number, a: number, b = 0, c = 0): number =>
  mix(mix(mix(mix(0x9747b28c, block), a), b), c) >>> 0

const digitAt = (text: string, at: number): number => text.charCodeAt(at) - 48
const digitsOf = (date: string): number =>
  ((digitAt(date, 0) * 10 + digitAt(date, 1)) * 10 + digitAt(date, 2)) * 100_000 +
  digitAt(date, 3) * 10_000 +
  (digitAt(date, 5) * 10 + digitAt(date, 6)) * 100 +
  digitAt(date, 8) * 10 +
  digitAt(date, 9)
const yearOf = (digits: number): number => Math.trunc(digits / 10_000)

const countyHash = (region: string): number => hashText(region, 0, 6)

const numberKeys = (number: string): [number, number, number] => {
  const { length } = number
  const areaAndYear = hashText(number, 0, 10)
  return [
    keyOf(blocks.numberFront, hashText(number, 10, 14, areaAndYear)),
    keyOf(blocks.numberBack, hashText(number, length - 8)),
    keyOf(blocks.numberEnds, areaAndYear, hashText(number, length - 4)),
  ]
}

const swappedFronts = (number: string): number[] =>
  swappedBack(number).map((front) => keyOf(blocks.numberFront, hashText(front)))

/** The block keys of a row, each once. */
export const keysOfRow = ({ form, births, birthDate, regionCode, number }: Prepared): number[] => {
  const { written, sound } = hashName(form.bare)
  const dates = birthDate === undefined ? births : [birthDate]
  const county = countyOf(regionCode) === undefined ? undefined : countyHash(regionCode ?? '')
  const hasName = form.bare !== ''
  const keys = [
    ...(hasName ? dates.map((date) => keyOf(blocks.nameAndBirth, written, digitsOf(date))) : []),
    ...(hasName && county !== undefined ? [keyOf(blocks.nameAndCounty, written, county)] : []),
    ...(county === undefined
      ? []
      : dates.map((date) => keyOf(blocks.birthAndCounty, digitsOf(date), county))),
    ...(hasName && county !== undefined
      ? dates.map((date) => keyOf(blocks.soundYearAndCounty, sound, yearOf(digitsOf(date)), county))
      : []),
    ...(number === undefined ? [] : [...numberKeys(number), ...swappedFronts(number)]),
  ]
  return [...new Set(keys)]
}

/** What of a person its blocks and the frequencies of names go by. Filled anew for each, to make nothing for millions. */
export type PersonKeys = { written: number; sound: number; count: number; readonly keys: Uint32Array }

export const noKeys = (): PersonKeys => ({ written: 0, sound: 0, count: 0, keys: new Uint32Array(7) })

/** Puts the block keys of a person into `into`. */
export const takeKeys = (into: PersonKeys, { name, birthDate, regionCode, number }: Candidate): void => {
  const { written, sound } = hashName(bareName(name))
  const { keys } = into
  const county = countyHash(regionCode)
  into.written = written
  into.sound = sound
  keys[0] = keyOf(blocks.nameAndCounty, written, county)
  into.count = 1
  if (number !== undefined) {
    keys.set(numberKeys(number), into.count)
    into.count += 3
  }
  if (birthDate === undefined) return
  const digits = digitsOf(birthDate)
  keys[into.count] = keyOf(blocks.nameAndBirth, written, digits)
  keys[into.count + 1] = keyOf(blocks.birthAndCounty, digits, county)
  keys[into.count + 2] = keyOf(blocks.soundYearAndCounty, sound, yearOf(digits), county)
  into.count += 3
}
