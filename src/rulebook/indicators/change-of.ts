import type { Rule } from '#policy'
import type { ReleasedVersion } from '../packs/released-version.ts'
import { editedCase } from './cases.ts'
import type { VersionChange } from './change.ts'

type Written = Pick<Rule, 'name' | 'grade' | 'owner' | 'route' | 'period' | 'when' | 'values' | 'sentence'>

/** The fields of the editor that a version fills by itself. */
const fieldsOf = ({ name, grade, owner, route, period, when, values, sentence }: Written) => ({
  ...{ name, grade, owner, route, period, sentence },
  when: when.trim(),
  values: Object.entries(values).map(([one, text]) => ({ name: one, text: text.trim() })),
})

/** What the editor starts from: a version that is there, with its cases; days and source are for the new one to say. */
export const changeFrom = (rule: Rule, cases: ReleasedVersion['cases'], region: string): VersionChange => ({
  basedOn: rule.key,
  isNew: false,
  region,
  ...{ from: null, until: null, source: null, clause: '', note: null },
  ...fieldsOf(rule),
  cases: cases.map(editedCase),
})

interface Kept {
  readonly version: ReleasedVersion
  readonly basedOn: string
  readonly isNew: boolean
  readonly region: string
  readonly note: string | null
}

/** A proposed version as the editor had it. */
export const changeOfProposal = ({ version, basedOn, isNew, region, note }: Kept): VersionChange => {
  const { entry, cases, document, newDocument } = version
  return {
    ...{ basedOn, isNew, region, note },
    from: entry.effective.from,
    until: entry.effective.until ?? null,
    ...fieldsOf(entry),
    source: newDocument ? { newDocument } : { document },
    clause: entry.sources[0]?.clause ?? '',
    cases: cases.map(editedCase),
  }
}
