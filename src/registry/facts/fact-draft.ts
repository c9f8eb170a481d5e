import type { BusinessDate, Fen } from '#base'
import { type FactKind, factCatalogue, type Provenance } from './catalogue.ts'
import { type FactValue, faultOfValue } from './fact-value.ts'

/** What has been filled in so far in the form of a fact. */
export interface FactDraft {
  readonly subjectId?: string | undefined
  readonly kind?: FactKind | undefined
  readonly provenance?: Provenance | undefined
  /** Known to be absent: no value is asked. */
  readonly isAbsent: boolean
  readonly money?: Fen | undefined
  /** A count as typed. */
  readonly count: string
  readonly flag?: 'yes' | 'no' | undefined
  readonly code?: string | undefined
  readonly date?: BusinessDate | undefined
  readonly disabilityClass?: string | undefined
  readonly disabilityGrade?: string | undefined
  readonly from?: BusinessDate | undefined
  readonly until?: BusinessDate | undefined
  readonly validFrom?: BusinessDate | undefined
  readonly validUntil?: BusinessDate | undefined
}

export type DraftFault =
  | 'needSubject'
  | 'needKind'
  | 'needProvenance'
  | 'needValue'
  | 'needFrom'
  | 'notFuture'
  | 'wrongPeriod'

export type DraftField = 'subject' | 'kind' | 'provenance' | 'value' | 'validFrom' | 'validUntil'

const isWhole = (text: string): boolean => /^\d{1,5}$/u.test(text.trim())

/** The value that the draft stands for; undefined while it is not filled in. */
export const draftValueOf = (draft: FactDraft): FactValue | undefined => {
  if (draft.kind === undefined) return undefined
  if (draft.isAbsent) return null
  switch (factCatalogue[draft.kind].type) {
    case 'money':
      return draft.money
    case 'count':
      return isWhole(draft.count) ? Number(draft.count.trim()) : undefined
    case 'flag':
      return draft.flag === undefined ? undefined : draft.flag === 'yes'
    case 'code':
      return draft.code
    case 'date':
      return draft.date
    case 'disability':
      return disabilityOf(draft)
    case 'agreement':
      return draft.from === undefined ? undefined : { from: draft.from, until: draft.until ?? null }
  }
}

const disabilityOf = ({ disabilityClass, disabilityGrade, from, until }: FactDraft): FactValue | undefined =>
  disabilityClass === undefined || disabilityGrade === undefined
    ? undefined
    : {
        class: Number(disabilityClass),
        grade: Number(disabilityGrade),
        ...(from === undefined ? {} : { issuedOn: from }),
        ...(until === undefined ? {} : { expiresOn: until }),
      }

/** What has to be put right before the draft can be sent, by field, in the order of the form. */
export const faultsOfDraft = (draft: FactDraft, today: BusinessDate): ReadonlyMap<DraftField, DraftFault> => {
  const faults = new Map<DraftField, DraftFault>()
  if (draft.subjectId === undefined) faults.set('subject', 'needSubject')
  if (draft.kind === undefined) faults.set('kind', 'needKind')
  else {
    const value = draftValueOf(draft)
    if (value === undefined || faultOfValue(draft.kind, value)) faults.set('value', 'needValue')
  }
  if (draft.provenance === undefined) faults.set('provenance', 'needProvenance')
  if (draft.validFrom === undefined) faults.set('validFrom', 'needFrom')
  else if (draft.validFrom > today) faults.set('validFrom', 'notFuture')
  else if (draft.validUntil !== undefined && draft.validUntil <= draft.validFrom)
    faults.set('validUntil', 'wrongPeriod')
  return faults
}
