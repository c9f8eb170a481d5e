import { type BusinessDate, regionCode } from '#base'
import type { Engine } from '#lake/server'
import { findCalendar } from '#rulebook/server'
import type { Tx } from '#store/server'
import { readOfficeIndex } from '../../dispatch/offices.queries.server.ts'
import { type DueDays, dueAfter, firstHolder, type Grade } from '../../routing.ts'
import type { FindingRule } from './draft.queries.server.ts'
import { fillRoutes, placesToRoute, type Route } from './routes.queries.server.ts'

/**
 * First holder and due date of what is wanted: decided once for each indicator and place, by the routing rules, and put
 * into `finding_route`.
 */
export const routeFindings = async (
  engine: Engine,
  tx: Tx,
  rules: readonly FindingRule[],
  today: BusinessDate,
  days: DueDays,
): Promise<void> => {
  const byNo = new Map(rules.map(({ ruleNo, rule }) => [ruleNo, rule]))
  const index = await readOfficeIndex(tx, today)
  const { width } = index
  const places = await placesToRoute(engine, width)
  const calendar = await findCalendar(tx)
  const dues = new Map<Grade, string | null>()
  const dueOf = (grade: Grade): string | null => {
    const known = dues.get(grade)
    if (known !== undefined) return known
    const due = dueAfter(today, grade, days, calendar)
    const date = due.awaitingCalendar ? null : due.date
    dues.set(grade, date)
    return date
  }
  const routes = places.flatMap(({ rule_no, subject_kind, place }): Route[] => {
    const rule = byNo.get(rule_no)
    if (!rule) return []
    const { grade, owner } = rule
    const code = regionCode(place.padEnd(12, '0'))
    const holder = firstHolder(index, { grade, subjectKind: subject_kind, owner, regionCode: code })
    return [[rule_no, subject_kind, place, holder?.id ?? null, dueOf(grade)]]
  })
  await fillRoutes(engine, routes, width)
}
