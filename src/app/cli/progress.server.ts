import type { Stage, Teller } from '../tell.ts'
import { cutTo } from './width.ts'
import type { Words } from './words.ts'

/** Tells whoever waits how far the work is: a line that moves on a terminal, plain lines elsewhere. */
export interface Progress extends Teller {
  /** Work that cannot say how far it is, until the next step. */
  busy(text: string): void
  /** Work in units that can be counted: rows, bytes. */
  /** `units`: what is counted, where that is not what the share is told by; rows, say, beside the bytes of their file. */
  count(text: string, done: number, total: number, shown: string, units?: number): void
  /** How long each stage took last time, in seconds: what the time left is told by where a stage cannot count. */
  expect(seconds: Readonly<Record<string, number>>): void
  /** Ends the stage that is being told, and the telling. */
  done(): void
  /** Ends the telling where the work broke off: the stage is not called finished. */
  breakOff(): void
}

interface Task {
  readonly key: string
  readonly text: string
  readonly startedAt: number
  done: number
  total: number
  shown: string
  units: number | undefined
  toldAt: number
}

export interface ProgressOptions {
  readonly stream: NodeJS.WriteStream
  readonly words: Words
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number
}

const drawEveryMs = 250
const tellEveryMs = 5000
const barWidth = 20

/** Seconds as a person reads them. */
export const durationText = (seconds: number): string => {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`
  if (seconds < 90) return `${Math.round(seconds)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

const numberText = (value: number): string =>
  value >= 100
    ? Math.round(value).toLocaleString('en')
    : value.toLocaleString('en', { maximumFractionDigits: 1 })

const drawnBar = (share: number): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * barWidth)
  return `[${'█'.repeat(full)}${'·'.repeat(barWidth - full)}] `
}

const noBar = (): string => ''

/** Rate and time left of a task that counts; the time passed of one that cannot. */
const describe = (
  task: Task,
  words: Words,
  now: number,
  expected: number | undefined,
  bar: (share: number) => string,
): string => {
  const seconds = (now - task.startedAt) / 1000
  const { done, total, shown, units = done } = task
  if (total > 1) {
    const rate = seconds > 0 ? units / seconds : 0
    const left = done > 0 && seconds > 1 ? (seconds * (total - done)) / done : undefined
    return [
      `${bar(done / total)}${shown || `${numberText(done)}/${numberText(total)}`}`,
      ...(rate > 0 ? [`${numberText(rate)}/s`] : []),
      ...(left === undefined ? [] : [words.say('progress.left', { time: durationText(left) })]),
    ].join(' · ')
  }
  if (!expected) return durationText(seconds)
  const left = Math.max(0, expected - seconds)
  const share = Math.min(0.99, seconds / expected)
  return `${bar(share)}${durationText(seconds)} · ${words.say('progress.left', { time: durationText(left) })}`
}

// A scan tells which of its four stages has begun, not how far one is.
const scanStages: readonly string[] = ['match', 'facts', 'evaluate', 'raise']

type Taken = Pick<Task, 'done' | 'total' | 'shown' | 'units'>

const taken = (done: number, total: number): Taken => ({ done, total, shown: '', units: undefined })

/** Opens the telling on a stream; `done` must be called at the end. */
export const openProgress = ({ stream, words, now = () => performance.now() }: ProgressOptions): Progress => {
  const moves = stream.isTTY === true
  let task: Task | undefined
  let what = ''
  let expected: Readonly<Record<string, number>> = {}
  const text = (one: Task): string =>
    `${one.text} ${describe(one, words, now(), expected[one.key], moves ? drawnBar : noBar)}`
  const draw = (): void => {
    if (!task) return
    if (moves)
      stream.write(
        `\r\u001b[2K${cutTo(`${text(task)}${what ? ` · ${what}` : ''}`, (stream.columns || 80) - 2)}`,
      )
    else if (now() - task.toldAt >= tellEveryMs) {
      task.toldAt = now()
      stream.write(`${text(task)}\n`)
    }
  }
  const timer = setInterval(draw, moves ? drawEveryMs : tellEveryMs)
  timer.unref()
  const finish = (): void => {
    if (!task) return
    const seconds = (now() - task.startedAt) / 1000
    const amount = task.total > 1 ? ` ${task.shown || numberText(task.done)}` : ''
    stream.write(`${moves ? '\r\u001b[2K' : ''}✓ ${task.text}${amount} ${durationText(seconds)}\n`)
    task = undefined
  }
  const take = (key: string, label: string, at: Taken): void => {
    const { done, total } = at
    if (task?.key !== key) {
      finish()
      task = { key, text: label, startedAt: now(), toldAt: now(), ...at }
    }
    Object.assign(task, at)
    if (total > 0 && done >= total) finish()
    else draw()
  }
  return {
    step: (stage: Stage, done, total, at) => {
      what = at
      const isScan = scanStages.includes(stage)
      const ended = isScan && done >= total
      take(stage, words.say(`stage.${stage}`), taken(isScan && !ended ? 0 : done, isScan ? 1 : total))
    },
    busy: (label) => {
      what = ''
      if (!moves && task?.key !== label) {
        finish()
        stream.write(`${label}…\n`)
      }
      take(label, label, taken(0, 0))
    },
    count: (label, done, total, shown, units) => {
      what = ''
      take(label, label, { done, total, shown, units })
    },
    line: (told) => {
      if (moves && task) stream.write('\r\u001b[2K')
      stream.write(`${told}\n`)
    },
    expect: (seconds) => {
      expected = seconds
    },
    done: () => {
      finish()
      clearInterval(timer)
    },
    breakOff: () => {
      if (task && moves) stream.write('\r\u001b[2K')
      task = undefined
      clearInterval(timer)
    },
  }
}
