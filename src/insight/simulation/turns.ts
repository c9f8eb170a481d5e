import { Refusal } from '#base'

/** Lets one piece of work happen at a time, in the order in which they came. */
export interface Turns {
  /** Does the work when its turn comes. Refuses with `insight.busy` while too many wait already. */
  take<T>(work: () => Promise<T>): Promise<T>
}

/** Whoever waits holds a transaction, so few may. */
const mostWaiting = 3

/** Turns of one process. */
export const openTurns = (most = mostWaiting): Turns => {
  let last: Promise<unknown> = Promise.resolve()
  let present = 0
  return {
    take: async (work) => {
      if (present > most) throw new Refusal('insight.busy')
      present += 1
      const own = last.then(work)
      // That it fails is told to whoever asked; the next one's turn comes all the same.
      last = own.catch(() => undefined)
      try {
        return await own
      } finally {
        present -= 1
      }
    },
  }
}
