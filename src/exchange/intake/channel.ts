/** Hands batches from one who pushes to one who pulls; pushing waits until the batch before it was taken. */
export interface Channel<T> {
  push(value: T): Promise<void>
  /** No more to come; a failure ends the reader with it. */
  end(failure?: unknown): void
  readonly values: AsyncIterable<T>
}

/** A channel that holds one value. */
export const openChannel = <T>(): Channel<T> => {
  let waiting: { value: T; taken: () => void } | undefined
  let ended = false
  let failure: unknown
  let wake: (() => void) | undefined
  const awaken = () => {
    wake?.()
    wake = undefined
  }
  async function* values(): AsyncGenerator<T> {
    for (;;) {
      if (waiting) {
        const { value, taken } = waiting
        waiting = undefined
        taken()
        yield value
      } else if (failure !== undefined) throw failure
      else if (ended) return
      else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  }
  return {
    push: (value) =>
      new Promise<void>((resolve, reject) => {
        if (ended) return reject(failure ?? new Error('the channel has ended'))
        waiting = { value, taken: resolve }
        awaken()
      }),
    end: (reason) => {
      ended = true
      failure = reason
      awaken()
    },
    values: values(),
  }
}
