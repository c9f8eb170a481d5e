import { type Month, Refusal } from '#base'
import {
  checkFeedAgainstExpectation,
  type ExchangeRefusalCode,
  type Layout,
  type ParsedFile,
  usualExpectation,
} from '#exchange'
import type { ParseFileInput } from '#exchange/server'
import type { BrokenFile } from './make-broken-files.server.ts'
import type { Expectation } from './sample.server.ts'

/** What becomes of a broken file when it is read: to be compared with what its breaker declared. */
export const fateOf = async (
  { path, fileName, kind, breaker, period }: BrokenFile,
  layouts: readonly Layout[],
  parse: (input: ParseFileInput) => Promise<ParsedFile>,
): Promise<Expectation> => {
  try {
    const { stats } = await parse({ path, fileName, layouts: layouts.filter((l) => l.kind === kind) })
    const [reason] = checkFeedAgainstExpectation(stats, {
      ...usualExpectation,
      rejectedAtMostPercent: 20,
      ...(breaker === 'wrong-month' ? { period: period as Month } : {}),
      ...(breaker === 'all-dead'
        ? { deaths: { dead: stats.accepted, months: 1, registered: stats.accepted } }
        : {}),
    })
    return {
      outcome: 'read',
      accepted: stats.accepted,
      rejected: stats.rejectedBecause,
      ...(reason ? { quarantine: reason.code } : {}),
    }
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault
    return { outcome: 'refused', code: fault.code as ExchangeRefusalCode }
  }
}
