import type { StatementView } from '../compared/contract.ts'
import type { FactView } from '../facts/contract.ts'
import type { HouseholdFile } from './contract.ts'

/** All that is known under one kind of fact of one subject. */
export interface KnownFact {
  readonly kind: string
  /** In force on the day, newest first: at most one of each source, and those that wait to be checked. */
  readonly current: readonly FactView[]
  readonly waiting: readonly FactView[]
  readonly past: readonly FactView[]
  /** Two sources say different things. */
  readonly differs: boolean
}

const isInForce = (fact: FactView, today: string): boolean =>
  fact.validFrom <= today && (fact.validUntil === null || fact.validUntil > today)

/** The facts of one subject, kind by kind, in the order of the list of kinds. */
export const factsOfSubject = (
  facts: readonly FactView[],
  subjectId: string,
  kinds: readonly string[],
  today: string,
): KnownFact[] =>
  kinds.flatMap((kind) => {
    const own = facts.filter((fact) => fact.subjectId === subjectId && fact.kind === kind)
    if (own.length === 0) return []
    const usable = own.filter((fact) => fact.usable)
    const current = usable.filter((fact) => isInForce(fact, today))
    return [
      {
        kind,
        current,
        waiting: own.filter((fact) => !fact.usable),
        past: usable.filter((fact) => !isInForce(fact, today)),
        differs: new Set(current.map(({ value }) => JSON.stringify(value))).size > 1,
      },
    ]
  })

/** The newest usable value of a kind in force; undefined when nobody knows. */
export const currentValue = (
  file: HouseholdFile,
  kind: string,
  today: string,
): FactView['value'] | undefined => factsOfSubject(file.facts, file.id, [kind], today)[0]?.current[0]?.value

/** What is in force of a list with validity. */
export const inForce = <T extends { readonly validFrom: string; readonly validUntil: string | null }>(
  list: readonly T[],
  today: string,
): T[] =>
  list.filter(
    ({ validFrom, validUntil }) => validFrom <= today && (validUntil === null || validUntil > today),
  )

/** The statements of departments that contradict what people told of a subject under one kind. */
export const statementsAgainst = (
  { contradictions, statements }: HouseholdFile,
  subjectId: string,
  kind: string,
): StatementView[] => {
  const found = contradictions.find((one) => one.subjectId === subjectId && one.kind === kind)
  return found ? statements.filter(({ id }) => found.statementIds.includes(id)) : []
}
