import { type About, type FactKind, factCatalogue, factKinds, type SubjectKind } from './catalogue.ts'

/** A person or household with the kinds of fact known of it. */
export interface FileSubject {
  readonly id: string
  readonly kind: SubjectKind
  readonly about: About
  readonly known: ReadonlySet<string>
}

/** A fact that a complete file would hold and this one does not. */
export interface MissingFact {
  readonly subjectId: string
  readonly kind: FactKind
}

export interface Completeness {
  /** Percent, rounded down: 100 only when nothing is missing. */
  readonly percent: number
  readonly expected: number
  readonly missing: readonly MissingFact[]
}

/** The share of the facts expected of a household and its members that are known. */
export const completenessOf = (subjects: readonly FileSubject[]): Completeness => {
  let expected = 0
  const missing: MissingFact[] = []
  for (const subject of subjects) {
    for (const kind of factKinds) {
      const definition = factCatalogue[kind]
      if (definition.subject !== subject.kind || !definition.isExpectedOf(subject.about)) continue
      expected += 1
      if (!subject.known.has(kind)) missing.push({ subjectId: subject.id, kind })
    }
  }
  const percent = expected === 0 ? 100 : Math.floor(((expected - missing.length) * 100) / expected)
  return { percent, expected, missing }
}
