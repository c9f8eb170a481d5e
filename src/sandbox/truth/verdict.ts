/** Three answers: yes, no, or the names of the facts that are missing. */

export type Verdict = boolean | readonly string[]

const union = (verdicts: readonly Verdict[]): readonly string[] =>
  [...new Set(verdicts.flatMap((v) => (typeof v === 'boolean' ? [] : v)))].sort()

/** No as soon as one says no; otherwise unknown as soon as one does. */
export const allOf = (...verdicts: Verdict[]): Verdict => {
  if (verdicts.includes(false)) return false
  const missing = union(verdicts)
  return missing.length > 0 ? missing : true
}

/** Yes as soon as one says yes; otherwise unknown as soon as one does. */
export const anyOf = (verdicts: readonly Verdict[]): Verdict => {
  if (verdicts.includes(true)) return true
  const missing = union(verdicts)
  return missing.length > 0 ? missing : false
}
