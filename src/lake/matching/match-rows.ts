import { assert } from '#base'
import { openBlockIndex, openHashCounter } from './block-index.ts'
import { keysAtMost, keysOfRow, noKeys, takeKeys } from './blocks.ts'
import type { Remembered, Verdict } from './decide.ts'
import { type Compared, decideEach, settle } from './decide-all.ts'
import type { Pattern } from './estimate.ts'
import { bareName, hashName, type NameForm, type NameHashes, nameForm } from './names.ts'
import { handSet, type MatchParameters, matchFields } from './parameters.ts'
import {
  bitsOf,
  type Candidate,
  type Comparison,
  compareName,
  compareRest,
  type Frequency,
  frequencyOf,
  type Prepared,
  prepareRow,
  type ScoredRow,
  type Weights,
  weightsOf,
} from './score.ts'
import { vetoesOf } from './vetoes.ts'

export type MatchOptions = {
  readonly parameters?: MatchParameters | undefined
  /** What persons decided, by row key. */
  readonly remembered?: ReadonlyMap<string, readonly Remembered[]> | undefined
  /** Compares the hopeless pairs to the end as well, and counts what is seen. */
  readonly collectsPatterns?: boolean | undefined
  /** Not everybody is offered: how frequent names are, and how many people there are, is told by `count`. */
  readonly countsApart?: boolean | undefined
}

/** What a matcher has done. */
export type MatcherFigures = {
  readonly people: number
  /** Rows that differ in what they say of a person. */
  readonly identities: number
  /** Pairs of an identity and a person that met in a block and were compared. */
  readonly pairs: number
}

/** Rows to be matched, waiting for the people of a registry to be offered one by one, each once, in any order. */
export type RowMatcher = {
  offer(candidate: Candidate): void
  /** Says that so many people bear a name; only with `countsApart`, and then everybody is counted here. */
  count(name: string, people: number): void
  /** What each differing row says, made ready, for whoever looks for the people worth offering. */
  wanted(): readonly Wanted[]
  /** After the last person: one verdict a row, in the order of the rows. */
  verdicts(): Verdict[]
  /** After the last person: who may be meant by each row, in the order of the rows. */
  compared(): (readonly Compared[])[]
  figures(): MatcherFigures
  /** What was seen among the pairs, for an estimate; only with `collectsPatterns`. */
  patterns(): Pattern[]
}

/** What one or several equal rows say of a person, and what was decided about them. */
export type Wanted = {
  readonly prepared: Prepared
  readonly written: number
  readonly sound: number
  readonly decisions: readonly Remembered[]
}

type Identity = Wanted & {
  readonly pairs: Compared[]
}

/**
 * Prepares rows for matching. People pass through and are forgotten, but for those who may be in a row; so a registry
 * of millions is matched in the memory that its rows need. Keep it no longer than that: it holds names in the clear.
 */
export const openMatcher = (rows: readonly ScoredRow[], options: MatchOptions = {}): RowMatcher => {
  const parameters = options.parameters ?? handSet
  const weights = weightsOf(parameters)
  const { identities, identityOfRow } = identitiesIn(rows, options.remembered ?? new Map())
  const index = openBlockIndex(identities.length * keysAtMost)
  const names = openHashCounter(identities.map(({ written }) => written))
  const sounds = openHashCounter(identities.map(({ sound }) => sound))
  const decidedOn = new Map<string, number[]>()
  for (const [at, { prepared, decisions }] of identities.entries()) {
    for (const key of keysOfRow(prepared)) index.add(key, at)
    for (const { personId, same } of decisions)
      if (same) decidedOn.set(personId, [...(decidedOn.get(personId) ?? []), at])
  }
  const lastSeenBy = new Int32Array(identities.length)
  const best = bestCase(parameters)
  // What a name could bring at most, and a little for what is rounded on the way.
  const enough = parameters.askFromBits - bestNameBits(weights, best) - 0.001
  const counts = options.collectsPatterns ? openPatternCounts() : undefined
  let [people, offered, pairs] = [0, 0, 0]
  const own = noKeys()
  let candidate: Candidate | undefined
  let form: NameForm | undefined
  const meet = (at: number, isDecided: boolean): void => {
    const identity = identities[at]
    if (identity === undefined || candidate === undefined || lastSeenBy[at] === offered) return
    lastSeenBy[at] = offered
    pairs += 1
    const rest = compareRest(identity.prepared, candidate)
    if (restBitsOf(weights, rest) < enough && !isDecided && counts === undefined) return
    form ??= nameForm(candidate.name)
    const comparison = { name: compareName(identity.prepared, form), ...rest }
    counts?.add(comparison)
    if (isDecided || bitsOf(weights, comparison, best) >= parameters.askFromBits)
      identity.pairs.push(comparedOf(identity, candidate, comparison))
  }
  const meetInBlock = (at: number): void => meet(at, false)
  const pass = ({ written, sound }: NameHashes, count: number): void => {
    people += count
    names.pass(written, count)
    sounds.pass(sound, count)
  }
  const offer = (person: Candidate): void => {
    offered += 1
    candidate = person
    form = undefined
    takeKeys(own, person)
    if (!options.countsApart) pass(own, 1)
    if (decidedOn.size > 0) for (const at of decidedOn.get(person.personId) ?? []) meet(at, true)
    for (let at = 0; at < own.count; at += 1) index.each(own.keys[at] ?? 0, meetInBlock)
  }
  const verdicts = (): Verdict[] => {
    const decided = decideAll(identities, parameters, ({ written, sound }) =>
      frequencyOf(parameters, people, names.count(written), sounds.count(sound)),
    )
    return identityOfRow.map((at) => decided[at] ?? { outcome: 'none' })
  }
  return {
    offer,
    count: (name, bearers) => {
      assert(options.countsApart === true, 'who is offered is counted already')
      pass(hashName(bareName(name)), bearers)
    },
    wanted: () => identities,
    verdicts,
    compared: () => identityOfRow.map((at) => identities[at]?.pairs ?? []),
    figures: () => ({ people, identities: identities.length, pairs }),
    patterns: () => counts?.patterns() ?? [],
  }
}

/** Matches rows with a registry held in memory. Neither the order of the rows nor that of the people matters. */
export const matchRows = (
  rows: readonly ScoredRow[],
  candidates: Iterable<Candidate>,
  options: MatchOptions = {},
): Verdict[] => {
  const matcher = openMatcher(rows, options)
  for (const candidate of candidates) matcher.offer(candidate)
  return matcher.verdicts()
}

const openPatternCounts = () => {
  const counts = new Map<string, { comparison: Comparison; count: number }>()
  return {
    add: (comparison: Comparison): void => {
      const key = matchFields.map((field) => comparison[field]).join()
      const known = counts.get(key)
      if (known === undefined) counts.set(key, { comparison, count: 1 })
      else known.count += 1
    },
    patterns: (): Pattern[] => [...counts.values()],
  }
}

// Files of every month say the same of the same people: each identity is matched once.
const identitiesIn = (
  rows: readonly ScoredRow[],
  remembered: ReadonlyMap<string, readonly Remembered[]>,
): { identities: Identity[]; identityOfRow: number[] } => {
  const places = new Map<string, number>()
  const identities: Identity[] = []
  const identityOfRow = rows.map((row) => {
    const key = `${row.rowKey}\n${row.birthDate}\n${row.regionCode}\n${row.number}\n${row.name}`
    const known = places.get(key)
    if (known !== undefined) return known
    const prepared = prepareRow(row)
    const decisions = remembered.get(row.rowKey ?? '') ?? []
    places.set(key, identities.length)
    identities.push({ prepared, ...hashName(prepared.form.bare), decisions, pairs: [] })
    return identities.length - 1
  })
  return { identities, identityOfRow }
}

/**
 * The frequency a name cannot be below, with the prior that goes with it. Both contain the number of people, which is not known
 * before the last of them, and which falls out where they meet; so a pair that fails by these can be forgotten.
 */
const bestCase = (parameters: MatchParameters): Frequency => frequencyOf(parameters, 0, 0, 0)

const bestNameBits = (weights: Weights, best: Frequency): number => {
  const nameOnly = (name: number) => ({ name, 'birth-date': 0, region: 0, number: 0 })
  return Math.max(...weights.name.map((_, level) => bitsOf(weights, nameOnly(level), best)))
}

const restBitsOf = (weights: Weights, rest: Omit<Comparison, 'name'>): number =>
  (weights['birth-date'][rest['birth-date']] ?? 0) +
  (weights.region[rest.region] ?? 0) +
  (weights.number[rest.number] ?? 0)

const comparedOf = ({ prepared }: Identity, candidate: Candidate, comparison: Comparison): Compared => ({
  personId: candidate.personId,
  comparison,
  against: vetoesOf(prepared, candidate, comparison),
})

const decideAll = (
  identities: readonly Identity[],
  parameters: MatchParameters,
  frequencyOfName: (identity: Identity) => Frequency,
): Verdict[] => {
  const undecided = identities.map((identity) => ({
    pairs: identity.pairs,
    decisions: identity.decisions,
    frequency: frequencyOfName(identity),
  }))
  const preparedOf = (at: number): Prepared => identities[at]?.prepared ?? prepareRow({ name: '' })
  return settle(decideEach(undecided, parameters), undecided, preparedOf, parameters)
}
