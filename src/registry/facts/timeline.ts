/** Days from `from` up to, not including, `until`; null = without an end. */
export interface Period {
  readonly from: string
  readonly until: string | null
}

/** Whether two periods share a day. */
export const overlap = (a: Period, b: Period): boolean =>
  (b.until === null || a.from < b.until) && (a.until === null || b.from < a.until)

/**
 * What is left of a period when another takes its days: nothing, one piece or two. The old fact goes on to be known for
 * these pieces, so that a correction of one month does not erase the years around it.
 */
export const remaindersOf = (old: Period, taken: Period): Period[] => {
  if (!overlap(old, taken)) return [old]
  const pieces: Period[] = []
  if (old.from < taken.from) pieces.push({ from: old.from, until: taken.from })
  if (taken.until !== null && (old.until === null || taken.until < old.until))
    pieces.push({ from: taken.until, until: old.until })
  return pieces
}
