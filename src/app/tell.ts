/** Tells whoever waits how far the work is. */
export interface Teller {
  /** Stage, how much of it is done, of how much, and what it is at. */
  step(stage: Stage, done: number, total: number, what: string): void
  /** A line of its own. */
  line(text: string): void
}

export const stages = [
  'database',
  'world',
  'registry',
  'files',
  'import',
  'match',
  'facts',
  'evaluate',
  'raise',
  'backup',
  'restore',
] as const
export type Stage = (typeof stages)[number]

/** Says nothing. */
export const silent: Teller = { step: () => undefined, line: () => undefined }
