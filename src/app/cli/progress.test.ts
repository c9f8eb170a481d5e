import { expect, test } from 'vitest'
import { durationText, openProgress } from './progress.server.ts'
import { wordsIn } from './words.ts'

const opened = (isTTY: boolean) => {
  let text = ''
  let at = 0
  const stream = { isTTY, columns: 100, write: (part: string) => (text += part) }
  const progress = openProgress({
    stream: stream as unknown as NodeJS.WriteStream,
    words: wordsIn('en'),
    now: () => at,
  })
  return { progress, text: () => text, pass: (ms: number) => (at += ms) }
}

test('a pipe gets plain lines: one for each finished stage, and one from time to time', () => {
  const { progress, text, pass } = opened(false)
  progress.step('import', 0, 17, 'a.csv')
  pass(4000)
  progress.step('import', 4, 17, 'b.csv')
  pass(2000)
  progress.step('import', 6, 17, 'c.csv')
  pass(11_000)
  progress.step('import', 17, 17, '')
  progress.done()
  expect(text()).toBe('read department files 6/17 · 1/s · 11 s left\n✓ read department files 17 17 s\n')
})

test('a terminal sees a bar with rate and time left', () => {
  const { progress, text, pass } = opened(true)
  progress.step('import', 0, 10, 'a.csv')
  pass(5000)
  progress.step('import', 5, 10, 'b.csv')
  progress.done()
  expect(text()).toContain('[██████████··········] 5/10 · 1/s · 5 s left · b.csv')
})

test('a file is told in rows and rows a second, its time left by bytes', () => {
  const { progress, text, pass } = opened(true)
  progress.count('read a.csv', 0, 4_000_000, '0 rows', 0)
  pass(2000)
  progress.count('read a.csv', 1_000_000, 4_000_000, '40,000 rows', 40_000)
  progress.done()
  expect(text()).toContain('[█████···············] 40,000 rows · 20,000/s · 6 s left')
})

test('a stage of a scan tells the time left by how long it took last time', () => {
  const { progress, text, pass } = opened(true)
  progress.expect({ match: 20 })
  progress.step('match', 0, 4, '')
  pass(5000)
  progress.step('match', 0, 4, '')
  progress.step('facts', 1, 4, '')
  progress.done()
  expect(text()).toContain('5 s · 15 s left')
  expect(text()).toContain('✓ match 5 s')
})

test('a stage that broke off is not called finished', () => {
  const { progress, text } = opened(false)
  progress.step('database', 0, 1, '')
  progress.breakOff()
  expect(text()).toBe('')
})

test('durations read as people say them', () => {
  expect([0.04, 3.26, 12.4, 89, 200].map(durationText)).toEqual([
    '0 s',
    '3.3 s',
    '12 s',
    '89 s',
    '3 min 20 s',
  ])
})
