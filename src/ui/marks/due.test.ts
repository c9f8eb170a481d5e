import { expect, test } from 'vitest'
import { dueStateOf } from './due.ts'

test('a deadline turns orange two working days before and red the day after', () => {
  expect(([3, 2, 1, 0, -1, 'awaiting', undefined] as const).map(dueStateOf)).toEqual([
    'later',
    'soon',
    'soon',
    'today',
    'overdue',
    'awaiting',
    'none',
  ])
})
