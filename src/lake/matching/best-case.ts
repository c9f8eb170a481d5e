import { fieldLevels, type LevelOf, type MatchField, type MatchParameters } from './parameters.ts'
import { frequencyOf, weightsOf } from './score.ts'

/**
 * Whether the score of a pair could reach the threshold of asking, in SQL over `r` (what rows say) and `p` (people). Rather yes than no:
 * the pair that fails by this fails anyhow.
 */
export type BestCase = (block: {
  /** The block brings together names that are written or sound alike. */
  readonly hasName: boolean
  /** SQL that is true wherever the number may be the person's but for a slip. */
  readonly nearNumber: string
}) => string

export const bestCaseOf = (parameters: MatchParameters): BestCase => {
  const weights = weightsOf(parameters)
  const best = frequencyOf(parameters, 0, 0, 0)
  const most = <Field extends MatchField>(field: Field, ...levels: readonly LevelOf<Field>[]): number =>
    Math.max(
      ...levels.map(
        (level) => weights[field][(fieldLevels[field] as readonly string[]).indexOf(level) + 1] ?? 0,
      ),
    )
  const strange = most('name', 'surname', 'different')
  // An empty name weighs nothing, which may be more than a strange one.
  const like = Math.max(
    0,
    strange,
    most('name', 'placeholder', 'one-character', 'close'),
    most('name', 'homophone') - Math.log2(best.sound),
  )
  const alike = Math.max(like, most('name', 'exact', 'separators', 'variant') - Math.log2(best.written))
  const name = `case when r.written = p.written or r.sound = p.sound then ${alike} when ${mayBeLike} then ${like} else ${strange} end`
  const region = `case when r.county is null then 0.0 when r.county is distinct from p.county then ${most('region', 'elsewhere')}
    when r.marks & 2 <> 0 then ${most('region', 'county-whole')} else ${most('region', 'village', 'township', 'county-whole', 'county')} end`
  const birth = `case when r.birth is null or p.birth is null then 0.0
    when r.birth = p.birth then ${most('birth-date', 'exact')}
    when ${mayBeNear} then ${most('birth-date', 'swapped', 'one-digit', 'same-month', 'same-year')}
    when ${sameYear} then ${most('birth-date', 'same-year')} else ${most('birth-date', 'different')} end`
  // A birth date out of the number is not held against a pair whose number is only a slip away.
  const slip = Math.max(0, most('birth-date', 'number-slip'))
  const far = most('number', 'two-in-ending', 'birth-part', 'far')
  const near = most('number', ...fieldLevels.number)
  // What is rounded on the way may not decide.
  const enough = parameters.askFromBits - best.prior - 0.001
  return ({ hasName, nearNumber }) => `${hasName ? alike : name} + ${region}
    + greatest(${birth}, case when r.marks & 1 = 0 and ${nearNumber} then ${slip} else -99.0 end)
    + case when r.back is null or p.n is null then 0.0 when ${nearNumber} then ${near} else ${far} end >= ${enough}`
}

// What the outlines rule out is `surname` or `different` to `compareNames`.
const length = (outline: string): string => `(${outline} >> 28)`
const [ours, theirs] = ['r.outline', 'p.outline']
const together = `(${ours} & ${theirs})`
const sameFirst = `${together} & 16383 <> 0`
const sameLast = `(${together} >> 14) & 16383 <> 0`
const mayBeLike = `(${length(ours)} = 0 or ${length(theirs)} = 0 or (${length(ours)} >= 4 and ${length(theirs)} >= 4)
  or (${length(ours)} = ${length(theirs)} and ${sameFirst} and (${length(ours)} > 2 or ${sameLast}))
  or (abs(${length(ours)} - ${length(theirs)}) = 1 and (${sameFirst} or ${sameLast})))`

// Dates as 19870412. All that `compareBirths` takes for near, and a little more.
const both = (part: (date: string) => string): string => `${part('r.birth')} = ${part('p.birth')}`
const sameDay = both((date) => `${date} % 100`)
const sameMonth = both((date) => `divide(${date}, 100) % 100`)
const sameYear = both((date) => `divide(${date}, 10000)`)
const sameDecade = both((date) => `divide(${date}, 100000)`)
const mayBeNear = `(${sameDay} and (${sameMonth} or ${sameDecade}) or ${sameYear} and (${sameMonth}
  or ${both((date) => `${date} % 10`)} or divide(r.birth, 100) % 100 = p.birth % 100))`
