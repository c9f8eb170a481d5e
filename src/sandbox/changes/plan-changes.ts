/**
 * Plans changes in the world: each is one new row of one department, and each raises exactly one alert
 * on a household or lead that had none of that indicator. The plan is checked against the truth before it is given out.
 */
import { assert } from '#base'
import type { FeedKind } from '#exchange'
import { type IndicatorId, outcomesOf, type TrueAlert } from '../truth/alerts.ts'
import { type Evidence, evidenceOf } from '../truth/evidence.ts'
import { type Scene, sceneOf } from '../world/feeds/scene.ts'
import type { World } from '../world/make-world.ts'
import { type Random, randomFrom } from '../world/random.ts'
import type { WorldFeeds, WorldRow } from '../world/rows.ts'
import type { Member, Person } from '../world/types.ts'
import { leadSources, memberSources } from './sources.ts'

/** One planned row and the alert that follows from it. */
export interface PlannedChange {
  readonly kind: FeedKind
  /** Place of the row among the planned rows of its kind. */
  readonly row: number
  /** The one alert it raises. */
  readonly alert: TrueAlert
}

/** New rows by kind, and what each of them raises. */
export interface ChangePlan {
  readonly rows: Partial<WorldFeeds>
  /** In order of indicator and subject. */
  readonly changes: readonly PlannedChange[]
}

/** What a source of changes may look at. */
export interface Ground {
  readonly scene: Scene
  readonly evidence: Evidence
  readonly world: World
}

/** So many changes, one new row each, spread over the fifteen indicators that feeds decide. Pure: same world, same plan. */
export const planChanges = (world: World, count: number): ChangePlan => {
  const random = randomFrom(world.input.seed).fork('changes')
  const scene = sceneOf(world.registry, world.outsiders, world.input.businessDate, random)
  const ground: Ground = { scene, evidence: evidenceOf(world), world }
  const before = outcomesOf(world)
  const taken = new Set<string>([...before.alerts.map((a) => a.subject), ...before.unknown.map(unknownKey)])
  const rows: Partial<Record<FeedKind, WorldRow[]>> = {}
  const planned: { kind: FeedKind; row: number; subject: string; indicator: IndicatorId }[] = []
  const plans = [
    ...memberSources.map((s) => ({ source: s, people: shuffled(scene.numbered, random) })),
    ...leadSources.map((s) => ({ source: s, people: shuffled(world.outsiders, random) })),
  ]
  for (let i = 0; planned.length < count; i = (i + 1) % plans.length) {
    const { source, people } = plans[i] as (typeof plans)[number]
    const { kind, indicator } = source
    let made: WorldRow | undefined
    while (!made) {
      const person = people.next()
      assert(person !== undefined, `nobody left for ${indicator}`)
      const subject = person.household ?? person.number ?? ''
      if (subject === '' || taken.has(subject) || taken.has(`${subject}|${indicator}`)) continue
      made = source.make(ground, person as Member)
      if (!made) continue
      taken.add(subject)
      const list = rows[kind] ?? []
      rows[kind] = list
      planned.push({ kind, row: list.length, subject, indicator })
      list.push(made)
    }
  }
  const extra = rows as unknown as Partial<WorldFeeds>
  return { rows: extra, changes: checked(world, extra, before, planned) }
}

const unknownKey = (u: { household: string; indicator: IndicatorId }): string =>
  `${u.household}|${u.indicator}`

/** Hands out the people one by one in an order of chance. */
const shuffled = (people: readonly Person[], random: Random): { next: () => Person | undefined } => {
  const left = [...people]
  return {
    next: () => {
      const at = random.int(left.length)
      const found = left[at]
      const last = left.pop()
      if (last && at < left.length) left[at] = last
      return found
    },
  }
}

const alertKey = (a: Pick<TrueAlert, 'subject' | 'indicator'>): string => `${a.subject}|${a.indicator}`

/** The plan holds only if the truth after it differs from the truth before it by exactly the planned alerts. */
const checked = (
  world: World,
  extra: Partial<WorldFeeds>,
  before: ReturnType<typeof outcomesOf>,
  planned: readonly { kind: FeedKind; row: number; subject: string; indicator: IndicatorId }[],
): PlannedChange[] => {
  const after = outcomesOf(world, extra)
  const known = new Set(before.alerts.map(alertKey))
  const added = after.alerts.filter((a) => !known.has(alertKey(a)))
  assert(
    after.alerts.length === before.alerts.length + planned.length,
    'a change raises or ends another alert',
  )
  assert(after.unknown.length === before.unknown.length, 'a change makes something known or unknown')
  const byKey = new Map(planned.map((p) => [alertKey(p), p]))
  return added.map((alert) => {
    const plan = byKey.get(alertKey(alert))
    assert(plan !== undefined, `unplanned alert ${alert.indicator}`)
    return { kind: plan.kind, row: plan.row, alert }
  })
}
