import { afterAll, beforeAll, expect, test } from 'vitest'
import { businessDate, fixedClock, type WorkCalendar } from '#base'
import { everywhere } from '#store'
import { type Database, inScope, openDatabase } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { insertYear, replaceYear } from '../calendar/calendar.queries.server.ts'
import { makeSmallPacks } from '../testing/small-packs.server.ts'
import { keepForces } from '../try/forces.server.ts'
import { judge, outcomeBytes } from '../try/judge.ts'
import { readyFrom } from '../try/place-pack.server.ts'
import type { TrialSubject } from '../try/subject.ts'
import { findKeptPack } from './packs.queries.server.ts'
import { type CheckedPack, openPack, packFromContent } from './packs.server.ts'
import { openRulebook } from './rulebook.server.ts'

const cited = 'sources: [{ document: doc-2020-1, clause: 第六条 }]\n  checkedOn: 2026-01-01'

// A programme that hangs on a deadline: three working days from Tuesday 16 June 2026, over the Dragon Boat Festival.
const changes = {
  'facts.yaml': `facts:
  household:
    acceptedOn:
      type: date
      absent: true
      label: { zh: 受理之日, en: accepted on }
      from: { registry: casework }
      derivation: Of the application.
`,
  'rules.yaml': `dueOn:
  entity: household
  name: { zh: 到期日, en: due on }
  type: date
  value: |
    addWorkdays(acceptedOn, 3)
  ${cited}
dueToday:
  entity: household
  name: { zh: 今日到期, en: due today }
  type: boolean
  value: |
    dueOn = today()
  ${cited}
`,
  'programmes.yaml': `due:
  name: { zh: 今日到期, en: due today }
  tier: basic
  entity: household
  eligible: dueToday
  sentences:
    eligible: { citizen: { zh: 是, en: yes }, officer: { zh: 是, en: yes } }
    notEligible: { citizen: { zh: 否, en: no }, officer: { zh: 否, en: no } }
    unknown: { citizen: { zh: "待查{missing}", en: "{missing}" }, officer: { zh: "待查{missing}", en: "{missing}" } }
  ${cited}
`,
  'cases/due.yaml': `defaults: { on: 2026-06-22 }
cases:
  - id: C9
    name: 端午节放假，三个工作日后为星期一
    given: { acceptedOn: 2026-06-16 }
    expect: { dueOn: 2026-06-22, dueToday: true }
`,
}

const household = { facts: { acceptedOn: '2026-06-16' }, lists: {} } as unknown as TrialSubject

const bytesOf = (checked: CheckedPack, on = '2026-06-22'): string => {
  const asked = { on, region: '532900000000', unsaid: 'unknown' as const, household }
  const ready = readyFrom(checked, keepForces(), asked)
  return outcomeBytes(ready, checked.hash, judge(ready))
}
const isDue = (checked: CheckedPack, on?: string): unknown => {
  const { programmes } = JSON.parse(bytesOf(checked, on))
  return programmes.find(({ programme }: { programme: string }) => programme === 'due').outcome
}

const packs = makeSmallPacks(changes)
let database: Database
beforeAll(async () => {
  database = openDatabase((await cloneDatabase()).appUrl, 2)
})
afterAll(async () => {
  await database.close()
  packs.remove()
})

test('decisions are counted by the years that were entered, cases by those that come with the program', () => {
  const shipped = openPack('small-place', { policies: packs.folder })
  expect(isDue(shipped)).toEqual({ outcome: 'known', value: true })
  const noFestival: WorkCalendar = { years: [{ year: 2026, holidays: [], workdays: [] }] }
  // The case C9 still holds, or the pack would be refused.
  const entered = openPack('small-place', { policies: packs.folder, calendar: noFestival })
  expect(isDue(entered, '2026-06-19')).toEqual({ outcome: 'known', value: true })
  expect(isDue(entered)).toEqual({ outcome: 'known', value: false })
  expect(entered.hash).not.toBe(shipped.hash)
})

test('a year that nobody entered leaves the decision open', () => {
  const calendar: WorkCalendar = { years: [{ year: 2025, holidays: [], workdays: [] }] }
  const entered = openPack('small-place', { policies: packs.folder, calendar })
  expect(isDue(entered)).toEqual({ outcome: 'unknown', missing: ['calendar 2026'] })
})

test('a decision kept before a year was corrected comes out byte for byte, and new ones by the corrected year', async () => {
  const clock = fixedClock(businessDate('2026-06-22'))
  const rulebook = openRulebook({ regionCode: '532900000000', demo: false, policies: packs.folder })
  const year = { year: 2026, holidays: ['2026-06-19', '2026-06-20', '2026-06-21'], workdays: [], source: 'x' }
  const recorded = { by: '019a0000-0000-7000-8000-000000000001', at: clock.now() }
  await inScope(database, everywhere, (tx) => insertYear(tx, year, recorded))
  await rulebook.refresh(database, clock)
  const before = await inScope(database, everywhere, (tx) => rulebook.packIn(tx, 'small-place'))
  const kept = bytesOf(before)
  expect(isDue(before)).toEqual({ outcome: 'known', value: true })

  await inScope(database, everywhere, (tx) =>
    replaceYear(tx, { ...year, holidays: ['2026-01-01'], version: 1 }, recorded),
  )
  const after = await inScope(database, everywhere, (tx) => rulebook.packIn(tx, 'small-place'))
  expect(isDue(after)).toEqual({ outcome: 'known', value: false })
  const content = await inScope(database, everywhere, (tx) => findKeptPack(tx, before.hash))
  expect(bytesOf(packFromContent(content ?? ''))).toBe(kept)
})
