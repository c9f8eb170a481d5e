import { expect, test } from 'vitest'
import { raisedIn, shownFigures } from './figures.ts'

const figures = {
  persons: 20,
  feedRows: 7,
  outcomes: 96,
  unknown: 4,
  raised: 3,
  alerts: { red: 1, orange: 2 },
  checksum: 'a1',
  seconds: { match: 1.25, raise: 0.5 },
}

test('figures stand with the step they come from, and what is not there is left out', () => {
  const { stages, byGrade, checksum } = shownFigures(figures)
  expect(stages.map(({ stage, seconds }) => [stage, seconds])).toEqual([
    ['match', 1.25],
    ['facts', undefined],
    ['evaluate', undefined],
    ['raise', 0.5],
  ])
  expect(stages[0]?.counts).toEqual([
    { name: 'persons', count: 20 },
    { name: 'feedRows', count: 7 },
  ])
  expect(byGrade).toEqual({ red: 1, orange: 2, yellow: 0 })
  expect(checksum).toBe('a1')
})

test('figures of another shape are not believed', () => {
  expect(shownFigures({ persons: 'many', alerts: 3 })).toMatchObject({
    byGrade: undefined,
    checksum: undefined,
  })
  expect(raisedIn(null)).toBeUndefined()
  expect(raisedIn({ raised: Number.NaN })).toBeUndefined()
  expect(raisedIn(figures)).toBe(3)
})
