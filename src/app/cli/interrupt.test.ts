import { afterEach, expect, test, vi } from 'vitest'
import { type Interrupt, openInterrupt } from './interrupt.server.ts'

let interrupt: Interrupt | undefined
afterEach(() => {
  interrupt?.close()
  vi.useRealTimers()
})

test('the first signal asks to stop, its echo is ignored, and only another Ctrl-C does not wait', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const told: string[] = []
  interrupt = openInterrupt(
    () => told.push('stopping'),
    () => told.push('at once'),
  )
  const { signal } = interrupt
  expect(signal.aborted).toBe(false)
  process.emit('SIGINT', 'SIGINT')
  process.emit('SIGINT', 'SIGINT') // npm hands on what the terminal has sent already
  expect({ aborted: signal.aborted, told }).toEqual({ aborted: true, told: ['stopping'] })
  vi.advanceTimersByTime(2000)
  process.emit('SIGTERM', 'SIGTERM')
  expect(told).toEqual(['stopping'])
  process.emit('SIGINT', 'SIGINT')
  expect(told).toEqual(['stopping', 'at once'])
})
