import { missingInSource, type SourceDraft, sourceOfDraft } from '../proposing/source-draft.ts'
import type { EditedCase, VersionChange } from './change.ts'
import type { EditorFact } from './contract.ts'

/** The editor as it is typed: the version, and its source as a form. */
export type EditDraft = Omit<VersionChange, 'source' | 'clause' | 'note'>

/** The version a draft means; its source is left out until the form of it is complete. */
export const changeOfDraft = (draft: EditDraft, source: SourceDraft): VersionChange => {
  const missing = missingInSource(source).filter((field) => field !== 'clause')
  return {
    ...draft,
    source: missing.length === 0 ? sourceOfDraft(source) : null,
    clause: source.clause.trim(),
    note: source.note.trim() || null,
  }
}

type CaseFact = EditedCase['facts'][number]

/** A fact of a case as text of its field, and the field's text as its value. */
export const textOfValue = ({ value }: Pick<CaseFact, 'value'>): string =>
  value === null ? 'null' : String(value)

/** What a field's text means for a fact; texts that are no value of its kind stay text, and the check says so. */
export const valueOfText = (fact: EditorFact | undefined, text: string): CaseFact['value'] => {
  if (text === 'unknown') return 'unknown'
  if (text === 'null') return null
  if (fact?.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  if (fact?.type === 'number' && /^-?\d{1,15}$/u.test(text.trim())) return Number(text)
  return text
}

/** A fact as a case begins with it: its first code, no, 0, or nothing yet. */
export const firstValue = ({ type, codes, mayBeAbsent }: EditorFact): CaseFact['value'] => {
  if (type === 'code') return codes[0]?.code ?? ''
  if (type === 'boolean') return false
  if (type === 'number') return 0
  return mayBeAbsent ? null : ''
}

/** An empty case that begins like the last one. */
export const nextCase = (cases: readonly EditedCase[], today: string): EditedCase => {
  const last = cases.at(-1)
  return last
    ? { ...last, name: '', facts: [...last.facts] }
    : { name: '', today, members: 0, facts: [], expect: 'holds' }
}
