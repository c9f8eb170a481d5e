import type { Sex } from '#base'
import type { RecordedCategory, Relation } from '../categories.ts'
import type { FactKind, Provenance } from '../facts/catalogue.ts'
import type { FactValue } from '../facts/fact-value.ts'

/** A registry as another system or a generator hands it over. Dates are `YYYY-MM-DD`, money whole fen. */
export interface RegistryImport {
  /** Read once, in order; may be a generator so that millions of people need not be in memory together. */
  readonly households: Iterable<ImportHousehold> | AsyncIterable<ImportHousehold>
}

export interface ImportHousehold {
  /** Our id, where the sender wants to know it beforehand; made here otherwise. */
  readonly id?: string
  /** Household number that people read; unique. */
  readonly number: string
  /** Twelve digits, the village or the finest region known. */
  readonly regionCode: string
  readonly address?: string
  readonly areaType: 'urban' | 'rural'
  readonly registeredOn: string
  /** First day of the facts that name none of their own; the day of registration otherwise. */
  readonly declaredOn?: string
  /** At least one member; the first with the relation `head`, else the first of all, represents the household. */
  readonly members: readonly ImportMember[]
  /** Categories of the whole household; at least one of them without an end. */
  readonly categories: readonly ImportCategory[]
  /** Need labels (类). */
  readonly needs?: readonly string[]
  readonly facts?: readonly ImportFact[]
}

export interface ImportMember {
  readonly id?: string
  /** Absent where nobody knows it; the same holds for number, birth date and sex. */
  readonly name?: string
  readonly number?: string
  /** Read from the number where it is not given. */
  readonly birthDate?: string
  readonly sex?: Sex
  readonly relation: Relation
  readonly joinedOn?: string
  /** Categories of this member alone, such as `singlePersonDibao`. */
  readonly categories?: readonly ImportCategory[]
  /** Special-group tags (老、小、残、病). */
  readonly tags?: readonly string[]
  readonly facts?: readonly ImportFact[]
}

export interface ImportCategory {
  readonly category: RecordedCategory
  readonly validFrom: string
  readonly validUntil?: string
}

export interface ImportFact {
  readonly kind: FactKind
  readonly value: FactValue
  readonly provenance?: Provenance
  readonly validFrom?: string
  readonly validUntil?: string
}

/** What a load wrote. */
export interface LoadFigures {
  readonly households: number
  readonly persons: number
  readonly facts: number
  /** Leads that turned out to be members now. */
  readonly leadsRegistered: number
}
