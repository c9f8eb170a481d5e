import { type Fen, fen } from '#base'
import type { TypicalHousehold } from './contract.ts'

/** The typical household as it is typed. */
export interface TypicalDraft {
  readonly residence: TypicalHousehold['residence']
  readonly adults: number
  readonly children: number
  readonly disabilityGrade: TypicalHousehold['disabilityGrade']
  readonly upToFen: Fen | undefined
  readonly stepFen: Fen | undefined
}

/** A couple with a child, income up to 6,000 yuan in steps of 50. */
export const firstTypical: TypicalDraft = {
  residence: 'urban',
  adults: 2,
  children: 1,
  disabilityGrade: 'none',
  upToFen: fen(600_000),
  stepFen: fen(5_000),
}

/** Which field is wrong; for too many points with the least step, in fen, that would do. */
export type TypicalFault =
  | { readonly field: 'upTo' | 'step' }
  | { readonly field: 'points'; readonly leastFen: number }

const mostSteps = 1_000

/** The household that is asked about, or what is wrong with it. */
export const readTypical = (
  draft: TypicalDraft,
):
  | { readonly typical: TypicalHousehold; readonly fault?: undefined }
  | { readonly typical?: undefined; readonly fault: TypicalFault } => {
  const { upToFen, stepFen } = draft
  if (upToFen === undefined || upToFen < 10_000 || upToFen > 10_000_000) return { fault: { field: 'upTo' } }
  if (stepFen === undefined || stepFen < 100 || stepFen > 1_000_000) return { fault: { field: 'step' } }
  if (upToFen > stepFen * mostSteps)
    return { fault: { field: 'points', leastFen: Math.ceil(upToFen / mostSteps) } }
  return { typical: { ...draft, upToFen, stepFen } }
}
