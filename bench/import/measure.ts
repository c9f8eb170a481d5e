/** Processor time and resident memory of this process, of the child that reads a file, and of our PostgreSQL. Linux only. */
import { setTimeout } from 'node:timers/promises'
import { childrenOf, msPerTick, readIn, ticksOf } from '../machine/processes.ts'

const everyMs = 50

const secondsOf = (pid: number | string): { own: number; ended: number } => {
  const { own, ended } = ticksOf(pid)
  return { own: (own * msPerTick) / 1000, ended: (ended * msPerTick) / 1000 }
}

const processorTime = (postmaster: number) => {
  const us = secondsOf(process.pid)
  const record = secondsOf(postmaster)
  const servers = childrenOf(postmaster).map((pid) => secondsOf(pid).own)
  return {
    parent: us.own,
    child: us.ended,
    postgres: servers.reduce((sum, seconds) => sum + seconds, record.own + record.ended),
  }
}

const residentMiB = (pid: number | string): number =>
  Number(/^VmRSS:\s+(\d+) kB/mu.exec(readIn(`/proc/${pid}/status`))?.[1] ?? 0) / 1024

const readersOf = (pid: number): string[] =>
  childrenOf(pid).filter((child) => readIn(`/proc/${child}/cmdline`).includes('child-entry'))

/** Peaks of resident memory, in MiB: of each, and of both at one moment. */
const watchMemory = () => {
  const peaks = { parent: 0, child: 0, together: 0, heap: 0, readers: new Set<string>() }
  const look = (): void => {
    const parent = process.memoryUsage.rss() / 2 ** 20
    const readers = readersOf(process.pid)
    for (const pid of readers) peaks.readers.add(pid)
    const child = readers.reduce((sum, pid) => sum + residentMiB(pid), 0)
    if (parent > peaks.parent) peaks.heap = process.memoryUsage().heapTotal / 2 ** 20
    peaks.parent = Math.max(peaks.parent, parent)
    peaks.child = Math.max(peaks.child, child)
    peaks.together = Math.max(peaks.together, parent + child)
  }
  const timer = setInterval(look, everyMs)
  return () => {
    look()
    clearInterval(timer)
    return peaks
  }
}

const round = (value: number): string => Math.round(value).toLocaleString('en')

/** Does the work, and prints its speed, the processor time of all who took part, and the peak of memory. */
export const measured = async (
  what: string,
  rows: number,
  postmaster: number,
  work: () => Promise<unknown>,
): Promise<void> => {
  const before = process.memoryUsage.rss() / 2 ** 20
  const stop = watchMemory()
  const startedMs = performance.now()
  const started = processorTime(postmaster)
  await work()
  const seconds = (performance.now() - startedMs) / 1000
  const peaks = stop()
  // What a child took is told when it is gone, and not while it is dead and nobody has looked after it.
  while (childrenOf(process.pid).some((pid) => peaks.readers.has(pid))) await setTimeout(10)
  const ended = processorTime(postmaster)
  const taken = (who: keyof typeof ended): number => ((ended[who] - started[who]) * 100_000) / rows
  const all = taken('parent') + taken('child') + taken('postgres')
  console.log(`${what}: ${round(rows)} rows in ${seconds.toFixed(1)} s, ${round(rows / seconds)} rows/s`)
  console.log(
    `  processor seconds per 100,000 rows: ${all.toFixed(2)} (parent ${taken('parent').toFixed(2)}, child ${taken('child').toFixed(2)}, PostgreSQL ${taken('postgres').toFixed(2)}); two cores wholly ours would give at most ${round(200_000 / all)} rows/s`,
  )
  console.log(
    `  peak MiB: parent ${round(peaks.parent)} (${round(before)} before; ${round(peaks.heap)} of it the heap of JavaScript), child ${round(peaks.child)}; both together above what was there before ${round(peaks.together - before)}`,
  )
}
