import type { Scalar } from '#policy'

/** A source document that the pack's files do not know yet. */
export interface NewDocument {
  readonly title: string
  readonly number: string | null
  readonly issuer: string
  readonly issuedOn: string | null
}

/** A value of a parameter that two persons released in the console, of the same form as a value in a pack's files. */
export interface ReleasedValue {
  readonly id: string
  /** Number that people read. */
  readonly number: number
  /** The pack whose value it is. */
  readonly pack: string
  readonly parameter: string
  readonly value: Scalar | readonly Scalar[]
  readonly from: string
  readonly until: string | null
  /** Twelve digits. */
  readonly region: string
  /** Its name among the pack's sources. */
  readonly document: string
  readonly newDocument: NewDocument | null
  readonly clause: string
  readonly note: string | null
  readonly checkedOn: string
}
