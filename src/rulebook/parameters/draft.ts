import type { BusinessDate, Fen } from '#base'
import {
  type MissingSource,
  missingInSource,
  type SourceDraft,
  sourceOfDraft,
} from '../proposing/source-draft.ts'
import type { ParameterChange } from './change.ts'

/** The form as it is typed. */
export interface Draft extends SourceDraft {
  readonly amountFen: Fen | undefined
  readonly typed: string
  readonly from: BusinessDate | undefined
  readonly until: BusinessDate | undefined
  readonly region: string | undefined
}

/** What the form needs to know of the parameter. */
export interface Wanted {
  readonly name: string
  readonly pack: string
  readonly type: 'boolean' | 'text' | 'date' | 'number'
  readonly unit: string | null
  readonly isList: boolean
}

/** A field of the form that is not filled in as it must be. */
export type Missing = 'value' | 'from' | 'region' | MissingSource

type Read =
  | { readonly change: ParameterChange; readonly missing?: undefined }
  | { readonly change?: undefined; readonly missing: readonly Missing[] }

/** The typed value in the parameter's own unit; undefined where it cannot be read. */
export const valueOfDraft = (
  { type, unit, isList }: Pick<Wanted, 'type' | 'unit' | 'isList'>,
  draft: Pick<Draft, 'amountFen' | 'typed'>,
): ParameterChange['value'] | undefined => {
  const text = draft.typed.trim()
  if (isList) {
    const parts = text.split(/[,，、\s]+/u).filter(Boolean)
    const values = parts.map((part) => oneValue(type, part))
    return values.length > 0 && values.every((value) => value !== undefined)
      ? (values as (string | number | boolean)[])
      : undefined
  }
  if (unit === 'fen') return draft.amountFen
  return oneValue(type, text)
}

const oneValue = (type: Wanted['type'], text: string): string | number | boolean | undefined => {
  if (text === '') return undefined
  if (type === 'boolean') return text === 'true'
  if (type !== 'number') return text
  return /^-?\d{1,15}$/u.test(text) ? Number(text) : undefined
}

/** The change that a form means, or the fields that are still missing. */
export const readDraft = (wanted: Wanted, draft: Draft): Read => {
  const value = valueOfDraft(wanted, draft)
  const { from, until, region } = draft
  const missing: Missing[] = []
  if (value === undefined) missing.push('value')
  if (!from) missing.push('from')
  if (!region) missing.push('region')
  missing.push(...missingInSource(draft))
  if (missing.length > 0 || value === undefined || !from || !region) return { missing }
  return {
    change: {
      pack: wanted.pack,
      parameter: wanted.name,
      value,
      from,
      until: until ?? null,
      region,
      source: sourceOfDraft(draft),
      clause: draft.clause.trim(),
      note: draft.note.trim() || null,
    },
  }
}
