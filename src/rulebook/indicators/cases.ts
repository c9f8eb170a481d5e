import type { Pack, PolicyCase } from '#policy'
import type { EditedCase } from './change.ts'

type Case = Omit<PolicyCase, 'rule'>
type GivenCase = PolicyCase['given']

/** A written case as the editor shows it. */
export const editedCase = ({ name, today, given, members = [], expect }: Case): EditedCase => {
  const facts = [given, ...members].flatMap((one, of) =>
    Object.entries(one).map(([fact, value]) => ({ of, fact, value })),
  )
  const expected = typeof expect === 'boolean' ? (expect ? 'holds' : 'holdsNot') : 'open'
  return { name, today, members: members.length, facts, expect: expected }
}

/** A case of the editor as a pack writes it; `missing` are the names an open one waits for. */
export const writtenCase = (
  { name, today, members, facts, expect }: EditedCase,
  missing: readonly string[],
): Case => {
  const of = (index: number): GivenCase =>
    Object.fromEntries(facts.filter((one) => one.of === index).map(({ fact, value }) => [fact, value]))
  const all = Array.from({ length: members }, (_, index) => of(index + 1))
  return {
    name,
    today,
    given: of(0),
    ...(members > 0 ? { members: all } : {}),
    expect: expect === 'open' ? { unknown: [...missing] } : expect === 'holds',
  }
}

/** The entity whose subjects lie within another's, by its name. */
export const memberOf = (pack: Pack, entity: string): string | undefined =>
  Object.entries(pack.entities).find(([, { within }]) => within === entity)?.[0]
