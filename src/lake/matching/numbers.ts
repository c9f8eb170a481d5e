/** How a number that fails its check agrees with a person's; `missing` when one of them is not known. */
export type NumberLevel =
  | 'equal'
  | 'check-differs'
  | 'one-digit'
  | 'swapped'
  | 'wrong-length'
  | 'one-in-ending'
  | 'two-digits'
  | 'all-but-birth'
  | 'two-in-ending'
  | 'birth-part'
  | 'far'
  | 'missing'

/** What is left of a number as written; undefined when that is no number a person could have meant. */
export const writtenNumber = (raw: string | undefined): string | undefined => {
  if (raw === undefined) return undefined
  const text = raw
    .normalize('NFKC')
    .replace(/[^0-9a-z]/giu, '')
    .toUpperCase()
  return /^\d{15,19}[\dX]$|^\d{15}$/u.test(text) ? text : undefined
}

const endingLength = 4

/**
 * Compares a written number with a person's of 18 characters. The ending is sequence and check character, which tell
 * people of one place and birthday apart: an error in front of an unbroken ending says more than one inside it.
 */
export const compareNumbers = (written: string | undefined, number: string | undefined): NumberLevel => {
  if (written === undefined || number === undefined) return 'missing'
  if (written === number) return 'equal'
  const distance = distanceUpTo2(written, number)
  const hasEnding = written.endsWith(number.slice(-endingLength))
  if (distance === 1) {
    if (written.length === number.length && written.slice(0, 17) === number.slice(0, 17))
      return 'check-differs'
    if (!hasEnding) return 'one-in-ending'
    if (written.length !== number.length) return 'wrong-length'
    return isOneDigit(written, number) ? 'one-digit' : 'swapped'
  }
  if (distance === 2) return hasEnding ? 'two-digits' : 'two-in-ending'
  if (hasEnding && written.length === number.length && written.slice(0, 6) === number.slice(0, 6))
    return 'all-but-birth'
  return written.slice(0, 14) === number.slice(0, 14) ? 'birth-part' : 'far'
}

const isOneDigit = (a: string, b: string): boolean => {
  let differing = 0
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) differing += 1
  return differing === 1
}

/**
 * Damerau–Levenshtein distance (neighbours that changed places count once, and are not changed again), 3 for anything
 * beyond two. Nearly all pairs are far apart, which shows after a few digits.
 */
export const distanceUpTo2 = (a: string, b: string): 0 | 1 | 2 | 3 =>
  distanceFrom(a, 0, b, 0, 2) as 0 | 1 | 2 | 3

// The distance of what follows, or one more than `most`. What is alike in front is never worth a change.
const distanceFrom = (a: string, fromA: number, b: string, fromB: number, most: number): number => {
  let [i, j] = [fromA, fromB]
  while (i < a.length && j < b.length && a.charCodeAt(i) === b.charCodeAt(j)) {
    i += 1
    j += 1
  }
  const [left, right] = [a.length - i, b.length - j]
  if (left === 0 || right === 0) return Math.min(left + right, most + 1)
  if (most === 0 || Math.abs(left - right) > most) return most + 1
  let least = distanceFrom(a, i + 1, b, j + 1, most - 1)
  least = Math.min(least, distanceFrom(a, i + 1, b, j, most - 1), distanceFrom(a, i, b, j + 1, most - 1))
  if (a.charCodeAt(i) === b.charCodeAt(j + 1) && a.charCodeAt(i + 1) === b.charCodeAt(j))
    least = Math.min(least, distanceFrom(a, i + 2, b, j + 2, most - 1))
  return least + 1
}

/**
 * The first fourteen digits with two neighbours put back that changed places across the border of two parts (area and
 * year, day, ending): such a slip breaks both parts.
 */
export const swappedBack = (number: string): string[] =>
  [9, 13].map((at) =>
    (number.slice(0, at) + number.charAt(at + 1) + number.charAt(at) + number.slice(at + 2)).slice(0, 14),
  )

/** The birth date inside a written number, `YYYY-MM-DD`, wherever one digit too few or too many leaves it readable. */
export const birthsIn = (written: string): string[] => {
  const starts = written.length === 18 ? [6] : [6, written.length - 12]
  return starts.flatMap((start) => {
    const digits = written.slice(start, start + 8)
    const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)]
    const isDate =
      year >= '1900' && year < '2100' && month >= '01' && month <= '12' && day >= '01' && day <= '31'
    return digits.length === 8 && isDate ? [`${year}-${month}-${day}`] : []
  })
}
