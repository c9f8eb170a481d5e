/** The steps of a scan in their order. */
export const scanStages = ['match', 'facts', 'evaluate', 'raise'] as const
export type ScanStage = (typeof scanStages)[number]

/** Counts of a finished run by the step they come from, in the order they are shown. */
const countsOfStage = {
  match: ['persons', 'households', 'leads', 'feedRows', 'matched', 'scored', 'rejected', 'adjudicated'],
  facts: [],
  evaluate: ['outcomes', 'unknown', 'checked'],
  raise: ['raised', 'merged', 'unchanged'],
} as const

export type ScanCount = (typeof countsOfStage)[ScanStage][number]

export const isScanStage = (text: string): text is ScanStage => scanStages.some((stage) => stage === text)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const countAt = (figures: unknown, name: string): number | undefined => {
  const value = isRecord(figures) ? figures[name] : undefined
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** The figures of a finished run as far as they are there; a run of an older program may lack some. */
export interface ScanFiguresShown {
  readonly stages: readonly {
    readonly stage: ScanStage
    readonly seconds: number | undefined
    readonly counts: readonly { readonly name: ScanCount; readonly count: number }[]
  }[]
  readonly byGrade: { readonly [G in 'red' | 'orange' | 'yellow']: number } | undefined
  readonly checksum: string | undefined
}

/** Picks the known figures out of what a run has left. */
export const shownFigures = (figures: Readonly<Record<string, unknown>>): ScanFiguresShown => ({
  stages: scanStages.map((stage) => ({
    stage,
    seconds: countAt(figures.seconds, stage),
    counts: countsOfStage[stage].flatMap((name) => {
      const count = countAt(figures, name)
      return count === undefined ? [] : [{ name, count }]
    }),
  })),
  byGrade: isRecord(figures.alerts)
    ? {
        red: countAt(figures.alerts, 'red') ?? 0,
        orange: countAt(figures.alerts, 'orange') ?? 0,
        yellow: countAt(figures.alerts, 'yellow') ?? 0,
      }
    : undefined,
  checksum: typeof figures.checksum === 'string' ? figures.checksum : undefined,
})

/** New alerts of a run, or undefined when it has none to tell. */
export const raisedIn = (figures: Readonly<Record<string, unknown>> | null): number | undefined =>
  countAt(figures, 'raised')
