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
 * beyond two. What two numbers share in front and behind is cut off first, which leaves next to nothing of a near pair.
 */
export const distanceUpTo2 = (a: string, b: string): 0 | 1 | 2 | 3 => {
  if (Math.abs(a.length - b.length) > 2) return 3
  let front = 0
  const shorter = Math.min(a.length, b.length)
  while (front < shorter && a.charCodeAt(front) === b.charCodeAt(front)) front += 1
  let behind = 0
  while (
    behind < shorter - front &&
    a.charCodeAt(a.length - 1 - behind) === b.charCodeAt(b.length - 1 - behind)
  )
    behind += 1
  const [left, right] = [a.slice(front, a.length - behind), b.slice(front, b.length - behind)]
  if (left.length === 0 || right.length === 0) return cap(left.length + right.length)
  // Both remainders begin and end differently: two single changes, or a swap at each end, or something between.
  return cap(distance(left, right))
}

const cap = (value: number): 0 | 1 | 2 | 3 => (value < 3 ? (value as 0 | 1 | 2) : 3)

const distance = (a: string, b: string): number => {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least > 2) return 3
    before = last
    last = row
  }
  return last[b.length] ?? 3
}

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
