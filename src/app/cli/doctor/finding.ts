import type { Values, WordKey } from '../words.ts'

/** One thing doctor looked at. `open` is neither well nor ill: not there yet, or not needed here. */
export interface Finding {
  readonly id: string
  readonly state: 'good' | 'bad' | 'open'
  readonly text: WordKey
  readonly todo?: WordKey
  readonly values?: Values
}

export const good = (id: string, text: WordKey, values?: Values): Finding => ({
  ...{ id, state: 'good', text },
  ...(values ? { values } : {}),
})

export const bad = (id: string, text: WordKey, todo: WordKey, values?: Values): Finding => ({
  ...{ id, state: 'bad', text, todo },
  ...(values ? { values } : {}),
})

export const open = (id: string, text: WordKey, todo?: WordKey, values?: Values): Finding => ({
  ...{ id, state: 'open', text },
  ...(todo ? { todo } : {}),
  ...(values ? { values } : {}),
})
