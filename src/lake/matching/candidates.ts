import { bareName, type Candidate, decide, type Remembered, type ScoredRow, type Verdict } from './score.ts'

/** Decides about rows against one registry held in memory. */
export type RowDecider = (row: ScoredRow) => Verdict

/**
 * Prepares a registry for many rows. A row is compared with the people of its name, and with those of its birth date in
 * its county; others cannot reach a score that is worth a look. Keep it no
 * longer than the rows last: it holds names in the clear.
 */
export const prepareCandidates = (
  candidates: readonly Candidate[],
  remembered: ReadonlyMap<string, readonly Remembered[]> = new Map(),
): RowDecider => {
  const byId = new Map(candidates.map((candidate) => [candidate.personId, candidate]))
  const byName = groupBy(candidates, ({ name }) => bareName(name))
  const byBirthDate = groupBy(candidates, ({ birthDate }) => birthDate ?? '')
  return (row) => {
    const decisions = remembered.get(row.rowKey ?? '') ?? []
    const near = new Set([
      ...(byName.get(bareName(row.name)) ?? []),
      ...(byBirthDate.get(row.birthDate ?? '') ?? []).filter((candidate) => isInReach(row, candidate)),
      ...decisions.flatMap(({ personId }) => byId.get(personId) ?? []),
    ])
    return decide(row, [...near], decisions)
  }
}

const isInReach = (row: ScoredRow, candidate: Candidate): boolean =>
  row.birthDate !== undefined && row.regionCode?.slice(0, 6) === candidate.regionCode.slice(0, 6)

const groupBy = (candidates: readonly Candidate[], keyOf: (candidate: Candidate) => string) => {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const key = keyOf(candidate)
    if (key === '') continue
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [candidate])
    else group.push(candidate)
  }
  return groups
}
