/** Marriages: two people in one row, reprints that are no events, and revocations that undo one. */
import type { WorldRow } from '../rows.ts'
import type { Person } from '../types.ts'
import { earlierDay, recentDay, rowAbout, type Scene, someMembers, someOutsiders } from './scene.ts'

type Marriage = WorldRow<'marriages'>
type Event = Marriage['values']['event']

const certificateLetters: Readonly<Record<string, string>> = {
  marriage: 'J',
  divorce: 'L',
  'reprint-marriage': 'BJ',
  'reprint-divorce': 'BL',
  revoked: 'J',
}

export const marriages = (scene: Scene): Marriage[] => {
  const { random } = scene
  const rows: Marriage[] = []
  let entries = 0
  const record = (person: Person, spouse: Person, event: Event, eventOn: string, given?: string): string => {
    entries += 1
    const area = `99${person.place.county.slice(2, 6)}`
    const certificate =
      given ??
      `${certificateLetters[event]}${area}-${eventOn.slice(0, 4)}-${String(entries).padStart(6, '0')}`
    rows.push(
      rowAbout<'marriages'>(
        person,
        {
          event,
          eventOn,
          certificate,
          spouseName: spouse.name,
          ...(spouse.number ? { spouseNumber: spouse.number } : {}),
        },
        { second: spouse.key },
      ),
    )
    return certificate
  }
  const age = (_: unknown, years: number): boolean => years >= 22 && years < 66
  const strangers = someOutsiders(scene, 900, age)
  const spouse = (of: Person): Person => {
    const pool = strangers.filter((p) => p.sex !== of.sex)
    return pool.length > 0 ? random.pick(pool) : (strangers[0] as Person)
  }
  someMembers(scene, 260, age).forEach((member, i) => {
    const other = spouse(member)
    // The register names the man first.
    const [first, second] = member.sex === 'male' ? [member, other] : [other, member]
    const slot = i % 10
    if (slot < 3) record(first, second, 'marriage', recentDay(scene, 6))
    else if (slot === 3) record(first, second, 'divorce', recentDay(scene, 6))
    else if (slot === 4) record(first, second, 'reprint-marriage', recentDay(scene, 6))
    else if (slot === 5) record(first, second, 'reprint-divorce', recentDay(scene, 6))
    else if (slot === 6) {
      const certificate = record(first, second, 'marriage', recentDay(scene, 5))
      record(first, second, 'revoked', recentDay(scene, 1), certificate)
    } else if (slot === 7) record(first, second, 'revoked', recentDay(scene, 6))
    else record(first, second, random.chance(600) ? 'marriage' : 'divorce', earlierDay(scene, 1, 7))
  })
  const men = strangers.filter((p) => p.sex === 'male')
  const women = strangers.filter((p) => p.sex === 'female')
  for (let i = 0; i < Math.min(men.length, women.length); i += 2) {
    record(
      men[i] as Person,
      women[i] as Person,
      random.chance(700) ? 'marriage' : 'divorce',
      recentDay(scene, 6),
    )
  }
  return rows
}
