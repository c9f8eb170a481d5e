import { expect, test } from 'vitest'
import { progressFigures } from './progress.ts'

const told = { bytes: 25_000, bytesTotal: 100_000, received: 5_000, accepted: 4_900, rejected: 100 }

test('how far a reading is: part of the file, rows a second, and the time the rest takes at that speed', () => {
  expect(progressFigures({ ...told, elapsedMs: 2_000 })).toEqual({
    received: 5_000,
    accepted: 4_900,
    rejected: 100,
    percent: 25,
    rowsPerSecond: 2_500,
    secondsLeft: 6,
  })
})

test('the time left is not guessed in the first second, nor for a file whose size is not known', () => {
  expect(progressFigures({ ...told, elapsedMs: 900 })).toMatchObject({ secondsLeft: undefined })
  const unknown = progressFigures({ ...told, bytes: 0, bytesTotal: 0, elapsedMs: 5_000 })
  expect(unknown).toMatchObject({ percent: 0, secondsLeft: undefined })
})

test('nothing told, or something else, gives no figures; more than all of the file is all of it', () => {
  for (const nothing of [null, undefined, {}, { bytes: 1 }, 'x'])
    expect(progressFigures(nothing)).toBeUndefined()
  const over = progressFigures({ ...told, bytes: 200_000, elapsedMs: 5_000 })
  expect(over).toMatchObject({ percent: 100, secondsLeft: 0 })
})
