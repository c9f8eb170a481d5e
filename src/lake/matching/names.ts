import { pinyin } from 'pinyin-pro'
import { usualForms } from './traditional.ts'

/** How two names agree, best first; `missing` when one of them is not known. */
export type NameLevel =
  | 'exact'
  | 'separators'
  | 'variant'
  | 'placeholder'
  | 'homophone'
  | 'one-character'
  | 'close'
  | 'surname'
  | 'different'
  | 'missing'

/** A name made ready to be compared with many. */
export type NameForm = {
  /** Full width and spaces of forms and input methods removed. */
  readonly plain: string
  /** … without the dot of transcribed names, which departments write in many ways or leave out. */
  readonly bare: string
  /** … and each character in its usual form. */
  readonly letters: readonly string[]
}

/** A name as compared: full width and spaces of forms and input methods removed. */
export const plainName = (name: string): string =>
  isPlain(name)
    ? name
    : name
        .normalize('NFKC')
        .replace(/[\s\p{Cf}]/gu, '')
        .toUpperCase()

/** … and without the dot of transcribed names, which departments write in many ways or leave out. */
export const bareName = (name: string): string => {
  const plain = plainName(name)
  return isPlain(plain) ? plain : plain.replace(/[.·•‧∙⋅․●・。]/gu, '')
}

export const nameForm = (name: string): NameForm => {
  const plain = plainName(name)
  const bare = bareName(plain)
  return { plain, bare, letters: Array.from(bare, usualOf) }
}

const usualOf = (letter: string): string => usualForms.get(letter) ?? letter

// Nearly every name is two to four characters of the common block, and a registry has millions of them.
const isPlain = (name: string): boolean => {
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at)
    if (code < 0x4e00 || code > 0x9fff) return false
  }
  return true
}

/** Compares two names; both ways round alike. */
export const compareNames = (a: NameForm, b: NameForm): NameLevel => {
  if (a.bare === '' || b.bare === '') return 'missing'
  if (a.plain === b.plain) return 'exact'
  if (a.bare === b.bare) return 'separators'
  const { letters: left } = a
  const { letters: right } = b
  if (left.length !== right.length) return compareLengths(left, right)
  const differing = left.flatMap((letter, at) => (letter === right[at] ? [] : [at]))
  if (differing.length === 0) return 'variant'
  const pairs = differing.map((at) => [left[at] ?? '', right[at] ?? ''] as const)
  if (pairs.every(([x, y]) => isPlaceholder(x) || isPlaceholder(y))) {
    // Of the name more than the surname must be there, or it fits every twentieth person.
    const inCommon = left.length - differing.length
    if (inCommon > 1) return 'placeholder'
    return inCommon === 1 && differing[0] !== 0 ? 'surname' : 'different'
  }
  if (pairs.every(([x, y]) => soundAlike(x, y))) return 'homophone'
  if (differing.length > 1 || differing[0] === 0) return closeness(left, right)
  // Of two characters one is the surname: what is left in common is little.
  return left.length > 2 ? 'one-character' : 'surname'
}

/** The letter stands for a character that a machine could not write, or that somebody did not want to. */
const isPlaceholder = (letter: string): boolean =>
  /^[?？□■▇〓*＊_＿某\u{FFFD}\u{E000}-\u{F8FF}\u{F0000}-\u{10FFFD}]$/u.test(letter)

const compareLengths = (a: readonly string[], b: readonly string[]): NameLevel => {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (long.length - short.length !== 1 || short.length < 2) return closeness(a, b)
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  const fits = short.slice(at).every((letter, rest) => letter === long[at + rest + 1])
  return fits ? 'one-character' : closeness(a, b)
}

// Only transcribed names are long enough for a likeness of letters to mean anything.
const closeness = (a: readonly string[], b: readonly string[]): NameLevel =>
  Math.min(a.length, b.length) >= 4 && jaroWinkler(a, b) >= closeFrom ? 'close' : 'different'

const closeFrom = 0.88

/** Likeness of two texts from 0 to 1: letters in common near one another, those in front counting more (Jaro 1989, Winkler 1990). */
export const jaroWinkler = (a: readonly string[], b: readonly string[]): number => {
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Set<number>()
  const common = a.filter((letter, at) => {
    for (let other = Math.max(0, at - reach); other <= at + reach && other < b.length; other += 1) {
      if (b[other] !== letter || taken.has(other)) continue
      taken.add(other)
      return true
    }
    return false
  })
  if (common.length === 0) return 0
  const opposite = b.filter((_, at) => taken.has(at))
  const moved = common.filter((letter, at) => letter !== opposite[at]).length / 2
  const jaro =
    (common.length / a.length + common.length / b.length + (common.length - moved) / common.length) / 3
  const differs = a.findIndex((letter, at) => letter !== b[at])
  const inFront = Math.min(4, differs === -1 ? a.length : differs)
  return jaro + inFront * 0.1 * (1 - jaro)
}

// A character has few readings and occurs in thousands of names: looked up once, in the process's lifetime.
const readings = new Map<string, readonly string[]>()

/** All readings of a character, without tone; a letter or sign reads as itself. */
export const readingsOf = (letter: string): readonly string[] => {
  const known = readings.get(letter)
  if (known !== undefined) return known
  const found = pinyin(letter, { toneType: 'none', type: 'array', multiple: true })
  const read = found.length === 0 ? [letter] : found
  readings.set(letter, read)
  return read
}

const soundAlike = (a: string, b: string): boolean =>
  a === b || readingsOf(a).some((reading) => readingsOf(b).includes(reading))

/** Both hashes of a name that blocks and frequencies go by: as written in usual characters, and as read. */
export type NameHashes = { readonly written: number; readonly sound: number }

// By code unit, since everybody of a registry passes here: the hash of the usual form and that of its reading, 0 while unknown.
const writtenHashes = new Uint32Array(0x10000)
const soundHashes = new Uint32Array(0x10000)

const learn = (letter: string): { written: number; sound: number } => {
  const usual = usualOf(letter)
  return { written: hashText(usual) || 1, sound: hashText(readingsOf(usual)[0] ?? usual) || 1 }
}

/** Hashes of a bare name; 32 bits, so that what they bring together is compared afterwards. */
export const hashName = (bare: string): NameHashes => {
  let written = 0x811c9dc5
  let sound = 0x811c9dc5
  for (let at = 0; at < bare.length; at += 1) {
    const code = bare.charCodeAt(at)
    if (code >= 0xd800 && code < 0xdc00) {
      const hashes = learn(String.fromCodePoint(bare.codePointAt(at) ?? code))
      written = mix(written, hashes.written)
      sound = mix(sound, hashes.sound)
      at += 1
      continue
    }
    if (writtenHashes[code] === 0) {
      const hashes = learn(bare.charAt(at))
      writtenHashes[code] = hashes.written
      soundHashes[code] = hashes.sound
    }
    written = mix(written, writtenHashes[code] ?? 0)
    sound = mix(sound, soundHashes[code] ?? 0)
  }
  return { written: written >>> 0, sound: sound >>> 0 }
}

/**
 * What of a bare name is known without the other, in 31 bits: whether a name could be like it, but written otherwise, is told from
 * both outlines. From below: 14 bits for the readings of the first letter, as many for the last, and the number of letters;
 * that is 0 where what the name may be like is not told by this, because it holds more than letters of the common block.
 */
export const outlineOf = (bare: string): number => {
  if (bare === '' || bare.length > 7 || !isPlain(bare) || bare.includes('某')) return 0
  return (bare.length << 28) | (readingBits(bare, bare.length - 1) << 14) | readingBits(bare, 0)
}

const bitsByCode = new Uint16Array(0x10000)
const readingBits = (bare: string, at: number): number => {
  const code = bare.charCodeAt(at)
  const known = bitsByCode[code] ?? 0
  if (known !== 0) return known
  let bits = 0
  for (const reading of readingsOf(usualOf(bare.charAt(at)))) bits |= 1 << (hashText(reading) % 14)
  bitsByCode[code] = bits
  return bits
}

export const mix = (hash: number, value: number): number => {
  const product = Math.imul(hash ^ value, 0x5bd1e995)
  return product ^ (product >>> 15)
}

export const hashText = (text: string, from = 0, until = text.length, start = 0x811c9dc5): number => {
  let hash = start
  for (let at = from; at < until; at += 1) hash = mix(hash, text.charCodeAt(at))
  return hash >>> 0
}
