import { parseDate } from '#base'
import type { EncryptBlocks } from '../tokens/permutation.ts'
import { keysOfRow, noKeys, takeKeys } from './blocks.ts'
import type { Remembered, Verdict } from './decide.ts'
import { type Compared, decideEach, settle } from './decide-all.ts'
import { bareName, hashName } from './names.ts'
import { swappedBack } from './numbers.ts'
import { handSet, type MatchParameters } from './parameters.ts'
import { type Candidate, frequencyOf, prepareRow, type ScoredRow, type Veto } from './score.ts'

/** A person who may be meant by an identity, as it is kept: levels and vetoes in one whole number, no name and no date. */
export type KeptPair = { readonly personId: string; readonly comparison: number }

const levelBits = 4
const keptVetoes: readonly Veto[] = ['sex-differs', 'born-years-apart']

/** Packs what was seen: four bits a field in the order name, birth date, region, number, then a bit a veto. */
export const packPair = ({ personId, comparison, against }: Compared): KeptPair => {
  const levels = [comparison.name, comparison['birth-date'], comparison.region, comparison.number]
  const vetoes = keptVetoes.map((veto) => (against.includes(veto) ? 1 : 0))
  const packed = levels.reduce((sum, level, at) => sum | (level << (levelBits * at)), 0)
  return {
    personId,
    comparison: vetoes.reduce<number>((sum, bit, at) => sum | (bit << (4 * levelBits + at)), packed),
  }
}

const unpackPair = ({ personId, comparison }: KeptPair): Compared => {
  const level = (at: number): number => (comparison >> (levelBits * at)) & (2 ** levelBits - 1)
  return {
    personId,
    comparison: { name: level(0), 'birth-date': level(1), region: level(2), number: level(3) },
    against: keptVetoes.filter((_, at) => (comparison >> (4 * levelBits + at)) & 1),
  }
}

/** An identity by what is kept of it. Namesakes are the people of the registry who bear its name, and one that sounds like it. */
type KeptIdentity = {
  readonly pairs: readonly KeptPair[]
  readonly decisions: readonly Remembered[]
  readonly namesakes: number
  readonly soundalikes: number
}

/**
 * Decides about identities by what is kept of them: the verdicts that a matcher gives to whom all `people` were offered.
 * `rowsOf` is asked what those identities say that several claim one person.
 */
export const decideKept = async (
  identities: readonly KeptIdentity[],
  people: number,
  rowsOf: (places: readonly number[]) => Promise<ReadonlyMap<number, ScoredRow>>,
  parameters: MatchParameters = handSet,
): Promise<Verdict[]> => {
  const undecided = identities.map(({ pairs, decisions, namesakes, soundalikes }) => ({
    pairs: pairs.map(unpackPair),
    decisions,
    frequency: frequencyOf(parameters, people, namesakes, soundalikes),
  }))
  const decided = decideEach(undecided, parameters)
  const rows = decided.contested.length > 0 ? await rowsOf(decided.contested.flat()) : new Map()
  return settle(decided, undecided, (at) => prepareRow(rows.get(at) ?? { name: '' }), parameters)
}

/** Keyed hashes of a name in usual characters, of its sound, and of what identities and people meet by. */
type MatchKeys = {
  readonly written: bigint
  readonly sound: bigint
  readonly blocks: readonly bigint[]
}

/** Under which keys rows meet people. */
export const keysOfRows = (rows: readonly ScoredRow[], encryptBlocks: EncryptBlocks): MatchKeys[] =>
  seal(
    rows.map((row) => {
      const prepared = prepareRow(row)
      return { ...hashName(prepared.form.bare), blocks: keysOfRow(prepared) }
    }),
    encryptBlocks,
  )

/** Under which keys people meet rows. */
export const keysOfPeople = (people: readonly Candidate[], encryptBlocks: EncryptBlocks): MatchKeys[] => {
  const own = noKeys()
  return seal(
    people.map((person) => {
      takeKeys(own, person)
      return { written: own.written, sound: own.sound, blocks: [...own.keys.subarray(0, own.count)] }
    }),
    encryptBlocks,
  )
}

/** The same of names alone. */
export const keysOfNames = (names: readonly string[], encryptBlocks: EncryptBlocks): MatchKeys[] =>
  seal(
    names.map((name) => ({ ...hashName(bareName(name)), blocks: [] })),
    encryptBlocks,
  )

/** Besides names: the birth dates of people whom rows may meet, and the last four characters of their numbers. */
type Meeting = { readonly birthDates: readonly string[]; readonly endings: readonly string[] }

/**
 * Whom rows may meet in a block, told by what a database knows of people: one of these birth dates, one of these endings, a name written
 * or sounding alike, or a number that holds another birth date than theirs (`isOddlyBorn`). Whoever has none of it meets none.
 */
export const meetingOf = (rows: readonly ScoredRow[]): Meeting => {
  const [birthDates, endings] = [new Set<string>(), new Set<string>()]
  for (const row of rows) {
    const { birthDate, births, number } = prepareRow(row)
    for (const date of birthDate === undefined ? births : [birthDate]) birthDates.add(date)
    if (number === undefined) continue
    endings.add(number.slice(-4))
    for (const front of [number, ...swappedBack(number)]) birthDates.add(birthInside(front))
  }
  return {
    birthDates: [...birthDates].filter((date) => parseDate(date) !== undefined),
    endings: [...endings],
  }
}

/** The person's number does not hold their birth date. */
export const isOddlyBorn = ({ birthDate, number }: Candidate): boolean =>
  number !== undefined && birthInside(number) !== birthDate

const birthInside = (number: string): string =>
  `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`

type Hashes = { readonly written: number; readonly sound: number; readonly blocks: readonly number[] }

const blockBytes = 16
// What tells these blocks of the cipher from those of the permutation of numbers, which begin with a small number.
const [tag, ofWritten, ofSound, ofBlock] = [0x6d617463, 1, 2, 3]

const seal = (hashes: readonly Hashes[], encryptBlocks: EncryptBlocks): MatchKeys[] => {
  const plain = hashes.flatMap(({ written, sound, blocks }) => [
    [ofWritten, written] as const,
    [ofSound, sound] as const,
    ...blocks.map((block) => [ofBlock, block] as const),
  ])
  const words = new DataView(new ArrayBuffer(plain.length * blockBytes))
  for (const [at, [purpose, hash]] of plain.entries()) {
    words.setUint32(at * blockBytes, tag)
    words.setUint32(at * blockBytes + 4, purpose)
    words.setUint32(at * blockBytes + 12, hash >>> 0)
  }
  const sealed = encryptBlocks(new Uint8Array(words.buffer))
  const output = new DataView(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  let next = 0
  const take = (): bigint => {
    const key = output.getBigUint64(next * blockBytes) >> 1n
    next += 1
    return key
  }
  return hashes.map(({ blocks }) => ({ written: take(), sound: take(), blocks: blocks.map(take) }))
}
