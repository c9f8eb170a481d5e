import type { Fen } from '#base'
import { valueOfDraft } from '../parameters/draft.ts'
import type { TriedParameter } from './contract.ts'
import type { TriedValues } from './tried-values.ts'

/** A parameter that was chosen, with the value as it is typed. */
export interface ChosenValue {
  readonly name: string
  readonly amountFen: Fen | undefined
  readonly typed: string
}

/** Other values while they are being entered. */
export interface ValuesDraft {
  readonly chosen: readonly ChosenValue[]
  readonly file?: { readonly name: string; readonly text: string } | undefined
}

export const noValues: ValuesDraft = { chosen: [] }

/** What is wrong with the value of a parameter. */
export interface ValueFault {
  readonly parameter: TriedParameter
  readonly why: 'missing' | 'range'
}

type ReadValues =
  | { readonly values: TriedValues | undefined; readonly faults?: undefined }
  | { readonly values?: undefined; readonly faults: readonly ValueFault[] }

/** The values a form means, undefined where none was entered, or what is wrong with them. */
export const readValues = (
  parameters: readonly TriedParameter[],
  { chosen, file }: ValuesDraft,
): ReadValues => {
  const set: Record<string, NonNullable<TriedValues['set'][string]>> = {}
  const faults: ValueFault[] = []
  for (const one of chosen) {
    const parameter = parameters.find(({ name }) => name === one.name)
    if (!parameter) continue
    const value = valueOfDraft(parameter, one)
    if (value === undefined) faults.push({ parameter, why: 'missing' })
    else if (!isInside(parameter, value)) faults.push({ parameter, why: 'range' })
    else set[one.name] = typeof value === 'object' ? [...value] : value
  }
  if (faults.length > 0) return { faults }
  return { values: chosen.length > 0 || file ? { set, ...(file ? { file } : {}) } : undefined }
}

const isInside = ({ low, high }: TriedParameter, value: unknown): boolean =>
  [value].flat().every((one) => typeof one !== 'number' || (one >= (low ?? one) && one <= (high ?? one)))
