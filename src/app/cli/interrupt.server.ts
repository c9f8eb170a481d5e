/** Ctrl-C and its kin: the first one asks the work to stop, a second one does not wait. */
export interface Interrupt {
  readonly signal: AbortSignal
  close(): void
}

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
// A terminal and the programs above us may hand on the same Ctrl-C: that is no impatience.
const echoMs = 500

/** Listens for signals. `onFirst` tells that the work is stopping; `onSecond` ends the program. */
export const openInterrupt = (onFirst: () => void, onSecond: () => void): Interrupt => {
  const controller = new AbortController()
  let firstAt: number | undefined
  const take = (name: NodeJS.Signals): void => {
    if (firstAt === undefined) {
      firstAt = performance.now()
      onFirst()
      controller.abort()
    } else if (name === 'SIGINT' && performance.now() - firstAt > echoMs) onSecond()
  }
  for (const name of names) process.on(name, take)
  return {
    signal: controller.signal,
    close: () => {
      for (const name of names) process.off(name, take)
    },
  }
}
