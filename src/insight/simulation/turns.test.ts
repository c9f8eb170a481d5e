import { expect, test } from 'vitest'
import { openTurns } from './turns.ts'

/** A piece of work that ends when it is told to. */
const work = (log: string[], name: string) => {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const run = () => {
    log.push(name)
    return promise
  }
  return { run, end: () => resolve(name), fail: () => reject(new Error(name)) }
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

test('one question is computed at a time, the others in the order in which they came', async () => {
  const log: string[] = []
  const turns = openTurns(3)
  const [first, second, third] = ['first', 'second', 'third'].map((name) => work(log, name)) as [
    ReturnType<typeof work>,
    ReturnType<typeof work>,
    ReturnType<typeof work>,
  ]
  const answers = [first, second, third].map(({ run }) => turns.take(run))
  await settled()
  expect(log).toEqual(['first'])
  first.end()
  await settled()
  expect(log).toEqual(['first', 'second'])
  third.end()
  await settled()
  expect(log).toEqual(['first', 'second'])
  second.end()
  expect(await Promise.all(answers)).toEqual(['first', 'second', 'third'])
})

test('whoever comes while enough wait is refused, and may come again', async () => {
  const log: string[] = []
  const turns = openTurns(1)
  const [running, waiting, late] = [work(log, 'running'), work(log, 'waiting'), work(log, 'late')]
  const both = [turns.take(running.run), turns.take(waiting.run)]
  await expect(turns.take(late.run)).rejects.toMatchObject({ code: 'insight.busy' })
  running.end()
  waiting.end()
  await Promise.all(both)
  late.end()
  expect(await turns.take(late.run)).toBe('late')
  expect(log).toEqual(['running', 'waiting', 'late'])
})

test('work that fails leaves the turn to the next', async () => {
  const log: string[] = []
  const turns = openTurns()
  const [failing, next] = [work(log, 'failing'), work(log, 'next')]
  const [failed, done] = [turns.take(failing.run), turns.take(next.run)]
  failing.fail()
  next.end()
  await expect(failed).rejects.toThrow('failing')
  expect(await done).toBe('next')
})
