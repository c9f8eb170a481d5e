import type { Subject, Value } from '../language/values.ts'
import type { PackInForce } from '../pack/in-force.ts'
import { type Compiler, compilerFor, instanceOf } from './compile.ts'
import { outcomeOf, type RuleOutcome, settingOf } from './evaluate.ts'
import { locatedIn, placeText } from './places.ts'

/** What one programme says of the subject or of something that belongs to it. */
export interface DecidedProgramme {
  readonly programme: string
  readonly entity: string
  /** `members[2]`; empty for the root. */
  readonly place: string
  readonly outcome: RuleOutcome
  /** Unknown where facts are missing, null where the programme has no amount. */
  readonly amount: Value
  readonly per?: 'month' | 'year' | 'once' | undefined
}

/**
 * What every programme in force says of a subject and of everything that belongs to it, without the reasons: the outcomes
 * of `explainProgrammes`, in their order, for a hundredth of the cost. A compiler may be handed in to be used again.
 */
export const decideProgrammes = (
  force: PackInForce,
  entity: string,
  subject: Subject,
  compiler: Compiler = compilerFor(settingOf(force)),
): readonly DecidedProgramme[] => {
  const located = locatedIn(force.pack, entity, instanceOf(subject))
  return force.programmes.flatMap(({ id, entity: of, eligible, amount }) =>
    located
      .filter((one) => one.entity === of)
      .map(({ place, instance }) => ({
        programme: id,
        entity: of,
        place: placeText(place),
        outcome: outcomeOf(compiler.rule(of, eligible)(instance)),
        amount: amount ? compiler.rule(of, amount.rule)(instance) : null,
        per: amount?.per,
      })),
  )
}

/** `decideProgrammes` for many subjects: what is compiled for the first serves all others. */
export const programmeDecider = (
  force: PackInForce,
): ((entity: string, subject: Subject) => readonly DecidedProgramme[]) => {
  const compiler = compilerFor(settingOf(force))
  return (entity, subject) => decideProgrammes(force, entity, subject, compiler)
}
