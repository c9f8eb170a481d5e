import type { FactType } from './source.ts'

/** A fact that the registry tells by itself. */
export type RegistryFact = {
  readonly fact: string
  readonly subject: 'household' | 'member'
  readonly type: FactType
  /** Whether it may be unknown; otherwise no row of `registry_fact` means false. */
  readonly unknown: boolean
  /** A column of the subject's own registry table instead of a row of `registry_fact`. */
  readonly column?: string
}

/** The facts that come as rows of `registry_fact` (values as text: 12345, true, 2026-06-15) or as a column. */
export const registryFacts: readonly RegistryFact[] = [
  { fact: 'category', subject: 'household', type: 'VARCHAR', unknown: false, column: 'category' },
  { fact: 'annualIncomeFen', subject: 'household', type: 'BIGINT', unknown: true },
  { fact: 'workStatus', subject: 'member', type: 'VARCHAR', unknown: true },
  { fact: 'pensionDeclared', subject: 'member', type: 'BOOLEAN', unknown: false },
  { fact: 'singlePersonDibao', subject: 'member', type: 'BOOLEAN', unknown: false },
  { fact: 'tekunPerson', subject: 'member', type: 'BOOLEAN', unknown: false },
  { fact: 'careAgreementFrom', subject: 'member', type: 'DATE', unknown: true },
  { fact: 'careAgreementUntil', subject: 'member', type: 'DATE', unknown: true },
]
