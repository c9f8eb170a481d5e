import { Refusal } from '#base'
import type { Tx } from '#store/server'
import type { CheckedPack } from '../packs/packs.server.ts'
import type { Forces } from './forces.server.ts'
import { type ReadyTrial, readyTrial } from './judge.ts'
import type { TrialServices } from './services.server.ts'
import type { TrialSubject, Unsaid } from './subject.ts'
import { triedPack } from './tried-pack.ts'
import type { TriedValues } from './tried-values.ts'

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

/** The same with the values to try, where there are any. Refuses with `rulebook.strange-value`. */
export const readyToTry = (
  checked: CheckedPack,
  forces: Forces,
  input: TrialInput & { readonly values?: TriedValues | undefined },
  language: 'zh-CN' | 'en',
): ReadyTrial => {
  const { values, household, unsaid } = input
  if (!values) return readyFrom(checked, forces, input)
  return readyTrial(triedPack(checked.pack, { ...input, values, language }), household, unsaid)
}
