import { Refusal } from '#base'
import type { Tx } from '#store/server'
import type { CheckedPack } from '../packs/packs.server.ts'
import type { Forces } from './forces.server.ts'
import { type ReadyTrial, readyTrial } from './judge.ts'
import type { TrialServices } from './services.server.ts'
import type { TrialSubject, Unsaid } from './subject.ts'

/** The pack of the place's programmes. Refuses with `rulebook.no-programmes` where there is none. */
export const placePack = async ({ rulebook }: TrialServices, tx: Tx): Promise<CheckedPack> => {
  const { placePackId } = rulebook
  if (placePackId === undefined) throw new Refusal('rulebook.no-programmes')
  return rulebook.packIn(tx, placePackId)
}

interface TrialInput {
  readonly on: string
  readonly region: string
  readonly unsaid: Unsaid
  readonly household: TrialSubject
}

/** The household of a request with the pack in force for it. */
export const readyFrom = (
  checked: CheckedPack,
  forces: Forces,
  { on, region, unsaid, household }: TrialInput,
): ReadyTrial => readyTrial(forces(checked, on, region), household, unsaid)
