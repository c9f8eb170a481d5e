import type { BusinessDate } from '#base'
import type { ChangeSource } from './source.ts'

/** The part of a form that says what a change rests on, as it is typed. */
export interface SourceDraft {
  readonly isNew: boolean
  readonly document: string | undefined
  readonly title: string
  readonly number: string
  readonly issuer: string
  readonly issuedOn: BusinessDate | undefined
  readonly clause: string
  readonly note: string
}

export const emptySource: SourceDraft = {
  ...{ isNew: true, document: undefined, title: '', number: '', issuer: '', issuedOn: undefined },
  ...{ clause: '', note: '' },
}

/** A field of it that is not filled in as it must be. */
export type MissingSource = 'document' | 'title' | 'issuer' | 'clause'

/** What is still missing. */
export const missingInSource = (draft: SourceDraft): MissingSource[] => {
  const missing: MissingSource[] = []
  if (!draft.isNew && !draft.document) missing.push('document')
  if (draft.isNew && draft.title.trim().length < 4) missing.push('title')
  if (draft.isNew && draft.issuer.trim().length < 2) missing.push('issuer')
  if (draft.clause.trim() === '') missing.push('clause')
  return missing
}

/** The document a draft means. */
export const sourceOfDraft = ({
  isNew,
  document,
  title,
  number,
  issuer,
  issuedOn,
}: SourceDraft): ChangeSource =>
  isNew || !document
    ? {
        newDocument: {
          title: title.trim(),
          number: number.trim() || null,
          issuer: issuer.trim(),
          issuedOn: issuedOn ?? null,
        },
      }
    : { document }
