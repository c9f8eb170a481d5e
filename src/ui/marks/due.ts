import type { Tone } from '../tokens/tokens.ts'

/** How a deadline stands. `awaiting` means the working-day calendar of that year is not published yet. */
export type DueState = 'overdue' | 'today' | 'soon' | 'later' | 'awaiting' | 'none'

/**
 * The traffic light in working days: red when overdue, orange when two or fewer are left, green above.
 * `'awaiting'` stands for a due date that cannot be computed yet, `undefined` for no deadline at all.
 */
export const dueStateOf = (workdaysLeft: number | 'awaiting' | undefined): DueState => {
  if (workdaysLeft === undefined) return 'none'
  if (workdaysLeft === 'awaiting') return 'awaiting'
  if (workdaysLeft < 0) return 'overdue'
  if (workdaysLeft === 0) return 'today'
  return workdaysLeft <= 2 ? 'soon' : 'later'
}

export const toneOfDue: { readonly [S in DueState]: Tone } = {
  overdue: 'red',
  today: 'orange',
  soon: 'orange',
  later: 'good',
  awaiting: 'yellow',
  none: 'neutral',
}
