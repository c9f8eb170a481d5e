import type { Actor } from '#access'
import { type Endpoint, serve } from '#access/server'
import { type BusinessDate, contains, levelOf, Refusal, regionCode } from '#base'
import { findCalendar } from '#rulebook/server'
import type { Tx } from '#store/server'
import { isOpen, type ResultLabel } from '../states.ts'
import { listAlertTasks, listEvidence, listSteps } from './alert-detail.queries.server.ts'
import {
  type AlertRecord,
  countAlertRecords,
  findAlertRecord,
  findExplanation,
  listAlertRecords,
} from './alert-list.queries.server.ts'
import { alertRowOf, type IndicatorNames, workdaysLeft } from './alert-view.ts'
import { countAlerts, listAlerts, nextAlert, readAlert } from './contract.ts'
import type { AlertExplainer, FeedAges } from './explainer.server.ts'

export interface AlertServices {
  readonly names: IndicatorNames
  readonly explain: AlertExplainer
  readonly feedAges: FeedAges
}

const cursorOf = (row: AlertRecord): string => `${row.due_key}_${row.id}`

const cursorFrom = (text: string | undefined) => {
  const match = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(text ?? '')
  return match ? { dueKey: match[1] ?? '', id: match[2] ?? '' } : undefined
}

/** The alert of an id in the actor's scope; refuses with `access.not-found`. */
export const getAlert = async (
  tx: Tx,
  id: string,
  actor: Actor,
  language?: 'zh-CN' | 'en',
): Promise<AlertRecord> => {
  const record = await findAlertRecord(tx, id, actor, language)
  if (!record) throw new Refusal('access.not-found')
  return record
}

/** Whether the actor may work on the alert: the office that holds it, and the county for every alert in its scope. */
export const holds = (actor: Actor, alert: { readonly holder_id: string | null }): boolean =>
  alert.holder_id === actor.organisation.id || actor.role === 'county-officer'

/**
 * Whether the actor may send the alert on: from the county up whatever lies in the scope, a township what it holds
 * itself or has given to one of its villages (a zone's lie outside its own range); what lies on the county's or a department's desk is theirs to send.
 */
export const maySend = (
  actor: Actor,
  alert: { readonly holder_id: string | null },
  holderRegion: string | null,
): boolean => {
  if (!actor.permissions.has('alert.dispatch')) return false
  if (actor.role !== 'township-officer' || alert.holder_id === null) return true
  const own = regionCode(actor.organisation.regionCode)
  const below =
    holderRegion !== null &&
    holderRegion !== own &&
    (contains(own, regionCode(holderRegion)) || actor.scope.extra.includes(holderRegion))
  return alert.holder_id === actor.organisation.id || below
}

const mayOf = (actor: Actor, alert: AlertRecord) => {
  const open = isOpen(alert.status)
  const dispose = open && actor.permissions.has('alert.dispose') && holds(actor, alert)
  return {
    dispatch: open && maySend(actor, alert, alert.holder_region),
    take: dispose && alert.status !== 'verifying',
    dispose,
  }
}

const serveList = ({ names, feedAges }: AlertServices): Endpoint =>
  serve(listAlerts, async ({ tx, actor, clock, query, language }) => {
    const { after, limit, ...filters } = query
    const page = { after: cursorFrom(after), limit: limit + 1, language }
    const today = clock.today()
    const [records, ages, calendar] = await Promise.all([
      listAlertRecords(tx, filters, actor, today, page),
      feedAges(tx, today),
      findCalendar(tx),
    ])
    const reading = { names, language, today, calendar, ages }
    const shown = records.slice(0, limit)
    const last = shown.at(-1)
    return {
      rows: shown.map((row) => alertRowOf(row, reading)),
      next: records.length > limit && last ? cursorOf(last) : null,
      stale: ages.filter(({ stale }) => stale),
    }
  })

interface PlaceCount {
  readonly code: string
  readonly name: string
  red: number
  orange: number
  yellow: number
  overdue: number
}

const serveCounts = ({ names }: AlertServices): Endpoint =>
  serve(countAlerts, async ({ tx, actor, clock, query, language }) => {
    const { place: counted, rows, places } = await countAlertRecords(tx, query, actor, clock.today())
    const byRegion = new Map<string, PlaceCount>(
      places.map(({ code, name }) => [code, { code, name, red: 0, orange: 0, yellow: 0, overdue: 0 }]),
    )
    const byIndicator = new Map<string, number>()
    const byGrade = { red: 0, orange: 0, yellow: 0 }
    const total = { total: 0, overdue: 0, dueToday: 0, unplaced: 0 }
    for (const row of rows) {
      const [count, overdue, grade] = [
        Number(row.count),
        Number(row.overdue),
        row.grade as keyof typeof byGrade,
      ]
      byGrade[grade] += count
      byIndicator.set(row.indicator, (byIndicator.get(row.indicator) ?? 0) + count)
      total.total += count
      total.overdue += overdue
      total.dueToday += Number(row.due_today)
      const place = byRegion.get(row.code)
      if (place) {
        place[grade] += count
        place.overdue += overdue
        // A village has no places below it: nothing in it lacks one.
      } else if (levelOf(counted) !== 'village') total.unplaced += count
    }
    return {
      ...total,
      byGrade,
      byIndicator: [...byIndicator]
        .map(([indicator, count]) => ({ indicator, name: names(indicator, language).name, count }))
        .sort((a, b) => b.count - a.count),
      byRegion: [...byRegion.values()],
    }
  })

const serveOne = (services: AlertServices): Endpoint =>
  serve(readAlert, async ({ tx, actor, clock, params, language }) => {
    const record = await getAlert(tx, params.id, actor, language)
    const { names } = services
    const today = clock.today()
    const ages = await services.feedAges(tx, today)
    const reading = { names, language, today, calendar: await findCalendar(tx), ages }
    const texts = names(record.indicator, language)
    return {
      ...alertRowOf(record, reading),
      period: record.period,
      origin: record.origin,
      route: record.route,
      owner: texts.owner,
      article: texts.article,
      ...(await services.explain(tx, await findExplanation(tx, record.id), language)),
      steps: await listSteps(tx, record.id),
      evidence: await listEvidence(tx, record.id),
      tasks: (await listAlertTasks(tx, record.id)).map((task) => ({
        ...task,
        workdaysLeft: workdaysLeft(today, task.dueOn, reading.calendar),
      })),
      result: record.result as ResultLabel | null,
      may: mayOf(actor, record),
    }
  })

const findNext = async (
  tx: Tx,
  record: AlertRecord,
  actor: Actor,
  today: BusinessDate,
  filters: Parameters<typeof listAlertRecords>[1],
) => {
  const after = { dueKey: record.due_key, id: record.id }
  const [next] = await listAlertRecords(tx, filters, actor, today, { after, limit: 1 })
  if (next) return next.id
  // At the end the desk starts again at the top, so that "next" finds what is left.
  const [first] = await listAlertRecords(tx, filters, actor, today, { limit: 1 })
  return first && first.id !== record.id ? first.id : null
}

/** The desk, one alert, the counts, and the "next" key. */
export const alertEndpoints = (services: AlertServices): Endpoint[] => [
  serveList(services),
  serveCounts(services),
  serveOne(services),
  serve(nextAlert, async ({ tx, actor, clock, params, query }) => ({
    id: await findNext(tx, await getAlert(tx, params.id, actor), actor, clock.today(), query),
  })),
]
