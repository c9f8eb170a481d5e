/** Counts verdicts against the truth. */
import type { Verdict } from '#lake/server'
import type { SetAside } from './world.server.ts'

export interface Quality {
  readonly asides: number
  /** … of which speak of somebody registered. */
  readonly registered: number
  readonly accepted: number
  readonly right: number
  readonly asked: number
  /** Asked rows whose person is registered and among the candidates shown. */
  readonly askedWithTruth: number
  readonly precision: number
  readonly recall: number
  readonly askedShare: number
  /** Of those asked about somebody registered: how often that person is shown. */
  readonly askedRecall: number
}

export const qualityOf = (asides: readonly SetAside[], verdicts: readonly Verdict[]): Quality => {
  const count = { registered: 0, accepted: 0, right: 0, asked: 0, askedRegistered: 0, askedWithTruth: 0 }
  for (const [at, { truth }] of asides.entries()) {
    const verdict = verdicts[at]
    if (truth !== undefined) count.registered += 1
    if (verdict?.outcome === 'accept') {
      count.accepted += 1
      if (verdict.match.personId === truth) count.right += 1
    } else if (verdict?.outcome === 'ask') {
      count.asked += 1
      if (truth === undefined) continue
      count.askedRegistered += 1
      if (verdict.candidates.some(({ personId }) => personId === truth)) count.askedWithTruth += 1
    }
  }
  const { askedRegistered, ...shown } = count
  return {
    asides: asides.length,
    ...shown,
    precision: part(count.right, count.accepted),
    recall: part(count.right, count.registered),
    askedShare: part(count.asked, asides.length),
    askedRecall: part(count.askedWithTruth, askedRegistered),
  }
}

const part = (some: number, all: number): number => (all === 0 ? 1 : Math.round((1e6 * some) / all) / 1e6)

/** Of each kind of mistake: how many, and how they ended. */
export const byDefect = (
  asides: readonly SetAside[],
  verdicts: readonly Verdict[],
): Record<string, Record<'rows' | 'right' | 'wrong' | 'asked' | 'none', number>> => {
  const table: Record<string, Record<'rows' | 'right' | 'wrong' | 'asked' | 'none', number>> = {}
  for (const [at, { truth, defect }] of asides.entries()) {
    const kind = truth === undefined ? `${defect}, not registered` : defect
    table[kind] ??= { rows: 0, right: 0, wrong: 0, asked: 0, none: 0 }
    const line = table[kind]
    const verdict = verdicts[at]
    line.rows += 1
    if (verdict?.outcome === 'ask') line.asked += 1
    else if (verdict?.outcome !== 'accept') line.none += 1
    else if (verdict.match.personId === truth) line.right += 1
    else line.wrong += 1
  }
  return table
}
