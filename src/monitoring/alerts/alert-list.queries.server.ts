import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Actor } from '#access'
import { type BusinessDate, levelOf, prefixOf, type RegionCode, rangeOf, regionCode } from '#base'
import { prepared, type Tables, type Tx } from '#store/server'
import { openStatuses } from '../states.ts'
import type { AlertFilters } from './contract.ts'
import type { KeptOfAlert } from './explainer.server.ts'
import { todoStatuses } from './todo.ts'

type Eb = ExpressionBuilder<Tables & { alerts: Tables['alerts'] }, 'alerts'>

// Awaiting the calendar sorts as due soonest: in the order of the index nulls come first, in a cursor they are this day.
const awaitingKey = '0001-01-01'
const dueKey = sql<string>`coalesce(alerts.due_on, ${sql.lit(awaitingKey)})`
const byDue = sql`alerts.due_on asc nulls first`

// A county's codes and those below it.
const countyWidth = 1_000_000

/**
 * The actor's own range once more as a plain condition, which row-level security has set anyway: the planner knows nothing of the
 * settings and takes every scope for a two-hundredth of the country. With single codes beside the range it is left out.
 */
const ownRange = (eb: Eb, { scope }: Actor) =>
  scope.extra.length > 0
    ? undefined
    : eb.and([eb('alerts.region_code', '>=', scope.from), eb('alerts.region_code', '<', scope.until)])

const isNarrow = ({ scope }: Actor): boolean => Number(scope.until) - Number(scope.from) <= countyWidth

/** Another department sees only what lies on its desk; everybody else what lies in the scope. */
const visibleTo = (eb: Eb, actor: Actor) =>
  actor.organisation.kind === 'department' ? eb('alerts.holder_id', '=', actor.organisation.id) : undefined

const isOpen = (eb: Eb) => eb('alerts.status', 'in', [...openStatuses])

const statusFilter = (eb: Eb, { status }: AlertFilters) => {
  if (status === 'all') return undefined
  return status === 'open' ? isOpen(eb) : eb('alerts.status', '=', status)
}

// What is closed is neither overdue nor due: its date only tells when it would have been.
const dueFilter = (eb: Eb, { due }: AlertFilters, today: BusinessDate) => {
  if (due === 'overdue') return eb.and([isOpen(eb), eb('alerts.due_on', '<', today)])
  if (due === 'today') return eb.and([isOpen(eb), eb('alerts.due_on', '=', today)])
  return due === 'awaiting' ? eb.and([isOpen(eb), eb('alerts.awaiting_calendar', '=', true)]) : undefined
}

const regionFilter = (eb: Eb, { region }: AlertFilters) => {
  if (!region) return undefined
  const { from, until } = rangeOf(regionCode(region))
  return eb.and([eb('alerts.region_code', '>=', from), eb('alerts.region_code', '<', until)])
}

/** The place that counts and the filter `unplaced` speak of: the one chosen, or the reader's own. */
const placeOf = ({ region }: AlertFilters, actor: Actor): RegionCode =>
  regionCode(region ?? actor.organisation.regionCode)

const widths = [2, 4, 6, 9, 12]

/** The digits that name the place one level below in which an alert lies. */
const digitsBelow = (place: RegionCode) =>
  sql<string>`left(alerts.region_code, ${sql.lit(widths.find((width) => width > prefixOf(place).length) ?? 12)})`

/** That place; the place itself where no more is known. */
const placeBelow = (place: RegionCode) => sql<string>`rpad(${digitsBelow(place)}, 12, '0')`

const unplacedFilter = (eb: Eb, filters: AlertFilters, actor: Actor) => {
  if (!filters.unplaced) return undefined
  const place = placeOf(filters, actor)
  if (levelOf(place) === 'village') return eb.val(false)
  const below = placeBelow(place)
  return sql<boolean>`(${below} = ${place} or not exists (select 1 from regions where regions.code = ${below}))`
}

const todoFilter = (eb: Eb, { todo }: AlertFilters, actor: Actor) => {
  if (!todo) return undefined
  const statuses = todoStatuses(todo, actor.permissions)
  const own = eb('alerts.holder_id', '=', actor.organisation.id)
  return eb.and([
    statuses.length ? eb('alerts.status', 'in', [...statuses]) : eb.val(false),
    // What nobody holds waits for whoever may send it on.
    todo === 'send' ? eb.or([own, eb('alerts.holder_id', 'is', null)]) : own,
  ])
}

const raisedFilter = (eb: Eb, { raised }: AlertFilters, actor: Actor) =>
  raised
    ? eb(
        'alerts.raised_by',
        'in',
        eb.selectFrom('accounts').select('accounts.id').where('organisation_id', '=', actor.organisation.id),
      )
    : undefined

// As the index of alerts by subject has it; a household and a lead never share an id.
const subjectId = sql<string>`coalesce(alerts.household_id, alerts.lead_id)`

type Condition = Expression<SqlBool> | undefined

/** All that are set: what is not asked costs the planner nothing. */
const all = (eb: Eb, conditions: readonly Condition[]) =>
  eb.and(conditions.filter((condition) => condition !== undefined))

/** The filters of the desk as one condition; list, counts and "next" use the same. */
const matching = (filters: AlertFilters, actor: Actor, today: BusinessDate) => (eb: Eb) =>
  all(eb, [
    visibleTo(eb, actor),
    statusFilter(eb, filters),
    dueFilter(eb, filters, today),
    regionFilter(eb, filters),
    filters.grade && eb('alerts.grade', '=', filters.grade),
    filters.indicator === undefined ? undefined : eb('alerts.indicator', '=', filters.indicator),
    filters.origin && eb('alerts.origin', '=', filters.origin),
    filters.number === undefined ? undefined : eb('alerts.number', '=', filters.number),
    filters.household === undefined ? undefined : eb(subjectId, '=', filters.household),
    filters.lead === undefined ? undefined : eb(subjectId, '=', filters.lead),
    todoFilter(eb, filters, actor),
    raisedFilter(eb, filters, actor),
    unplacedFilter(eb, filters, actor),
    filters.holder === 'mine' ? eb('alerts.holder_id', '=', actor.organisation.id) : undefined,
  ])

type Language = 'zh-CN' | 'en'

// The kept reasoning is long and stays where it is; only its English sentence is taken out, for those who read it.
const englishOf = (language: Language) =>
  language === 'en'
    ? sql<string | null>`alerts.explanation -> 'sentences' ->> 'en'`
    : sql<string | null>`null::text`

const selectRows = (tx: Tx, language: Language = 'zh-CN') =>
  tx
    .selectFrom('alerts')
    .leftJoin('households', 'households.id', 'alerts.household_id')
    .leftJoin('persons', 'persons.id', 'households.head_person_id')
    .leftJoin('leads', 'leads.id', 'alerts.lead_id')
    .leftJoin('organisations', 'organisations.id', 'alerts.holder_id')
    .leftJoin('regions', 'regions.code', 'alerts.region_code')
    .select([
      'alerts.id',
      'alerts.number',
      'alerts.region_code',
      'alerts.subject_kind',
      'alerts.household_id',
      'alerts.lead_id',
      'alerts.indicator',
      'alerts.period',
      'alerts.grade',
      'alerts.route',
      'alerts.origin',
      'alerts.status',
      'alerts.holder_id',
      'alerts.raised_on',
      'alerts.due_on',
      'alerts.awaiting_calendar',
      'alerts.escalation',
      'alerts.repeats',
      'alerts.summary',
      'alerts.source_withdrawn',
      'alerts.result',
      'alerts.version',
    ])
    .select([
      'households.number as household_number',
      'persons.name as head_name',
      'leads.name as lead_name',
      'organisations.name as holder_name',
      'organisations.region_code as holder_region',
      'regions.name as region_name',
      dueKey.as('due_key'),
      englishOf(language).as('english'),
    ])

export type AlertRecord = Awaited<ReturnType<ReturnType<typeof selectRows>['execute']>>[number]

export interface AlertPage {
  readonly after?: { readonly dueKey: string; readonly id: string } | undefined
  readonly limit: number
  readonly language?: Language
}

// Only single comparisons may be index conditions under row-level security, so a cursor is two of them and not one of a pair.
const afterCursor = ({ dueKey: due, id }: NonNullable<AlertPage['after']>) =>
  due === awaitingKey
    ? sql<boolean>`(alerts.due_on is not null or alerts.id > ${id}::uuid)`
    : sql<boolean>`(alerts.due_on >= ${due}::date and (alerts.due_on > ${due}::date or alerts.id > ${id}::uuid))`

/** Forbids the planner some ways of one statement, which it would take because it knows nothing of the scope. */
const planningWithout = async <T>(
  tx: Tx,
  ways: readonly ('enable_bitmapscan' | 'enable_sort')[],
  ask: () => Promise<T>,
): Promise<T> => {
  const allow = (value: 'on' | 'off') =>
    sql`select ${sql.join(ways.map((way) => sql`set_config(${sql.lit(way)}, ${value}, true)`))} ${prepared}`.execute(
      tx,
    )
  const [, answer] = await Promise.all([allow('off'), ask(), allow('on')])
  return answer
}

// Whether the index of what is open, in the order of due dates, holds all that the filters ask.
const isInOpenIndex = (
  { status, due, region, grade, indicator, holder, ...further }: AlertFilters,
  actor: Actor,
) =>
  actor.organisation.kind !== 'department' &&
  (status === 'open' || openStatuses.some((open) => open === status)) &&
  due !== 'awaiting' &&
  holder !== 'mine' &&
  Object.values(further).every((filter) => filter === undefined)

/**
 * One page of the desk, due soonest first. What the page holds is found from an index alone; then what each row shows, by a statement
 * that finds all by their ids and is not planned again.
 */
export const listAlertRecords = async (
  tx: Tx,
  filters: AlertFilters,
  actor: Actor,
  today: BusinessDate,
  { after, limit, language }: AlertPage,
): Promise<AlertRecord[]> => {
  const found = tx
    .selectFrom('alerts')
    .select('alerts.id')
    .where(matching(filters, actor, today) as never)
    // A county's alerts are few enough to be sorted; of a larger place the next ones due are soon met in order.
    .$if(isNarrow(actor), (query) => query.where(((eb: Eb) => all(eb, [ownRange(eb, actor)])) as never))
    .$if(after !== undefined, (query) => (after ? query.where(afterCursor(after)) : query))
    .orderBy(byDue)
    .orderBy('alerts.id')
    .limit(limit)
  // Behind a cursor the planner takes what is left of a large place for a few, and would fetch and sort all of it for each page.
  const page =
    isNarrow(actor) || !isInOpenIndex(filters, actor)
      ? await found.execute()
      : await planningWithout(tx, ['enable_bitmapscan'], () => found.execute())
  if (page.length === 0) return []
  const ids = page.map(({ id }) => id)
  return selectRows(tx, language)
    .where(sql<boolean>`alerts.id = any (${ids}::uuid[])`)
    .orderBy(byDue)
    .orderBy('alerts.id')
    .modifyEnd(prepared)
    .execute()
}

/** How many alerts the desk lists by these filters. */
export const countMatching = async (
  tx: Tx,
  filters: AlertFilters,
  actor: Actor,
  today: BusinessDate,
): Promise<number> => {
  const { count } = await tx
    .selectFrom('alerts')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(matching(filters, actor, today) as never)
    .where(((eb: Eb) => all(eb, [ownRange(eb, actor)])) as never)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** One alert in the actor's scope, without its reasoning, or undefined. */
export const findAlertRecord = (
  tx: Tx,
  id: string,
  actor: Actor,
  language?: Language,
): Promise<AlertRecord | undefined> =>
  selectRows(tx, language)
    .where('alerts.id', '=', id)
    .where(((eb: Eb) => all(eb, [visibleTo(eb, actor)])) as never)
    .modifyEnd(prepared)
    .executeTakeFirst()

/** What an alert keeps of its reasoning, with what it says of itself. */
export const findExplanation = async (tx: Tx, id: string): Promise<KeptOfAlert> => {
  const { household_id, lead_id, ...kept } = await tx
    .selectFrom('alerts')
    .select(['explanation', 'summary', 'fingerprint', 'indicator', 'household_id', 'lead_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { ...kept, subject: household_id ?? lead_id }
}

const listBelow = (tx: Tx, place: string) =>
  tx
    .selectFrom('regions')
    .select(['code', 'name'])
    .where('parent_code', '=', place)
    .where('valid_until', 'is', null)
    .orderBy('code')
    .modifyEnd(prepared)
    .execute()

type Places = Awaited<ReturnType<typeof listBelow>>

/** The places that counts are told by: those below, and those of a zone's further area. */
const withFurther = async (
  tx: Tx,
  place: string,
  below: Places,
  counted: readonly string[],
): Promise<Places> => {
  const known = new Set(below.map(({ code }) => code))
  const others = counted.filter((code) => code !== place && !known.has(code))
  if (!others.length) return below
  const further = await tx
    .selectFrom('regions')
    .select(['code', 'name'])
    .where('code', 'in', others)
    .orderBy('code')
    .execute()
  return [...below, ...further]
}

/** Counts for the head of the desk, the map and the tiles: in total, by grade, by indicator, by place one level down. */
export const countAlertRecords = async (tx: Tx, filters: AlertFilters, actor: Actor, today: BusinessDate) => {
  const place = placeOf(filters, actor)
  const digits = digitsBelow(place)
  const open = sql.join(openStatuses.map((status) => sql.lit(status)))
  const counted = tx
    .selectFrom('alerts')
    .where(matching(filters, actor, today) as never)
    .where(((eb: Eb) => all(eb, [ownRange(eb, actor)])) as never)
    .select([
      digits.as('digits'),
      'grade',
      'indicator',
      sql<number>`count(*)`.as('count'),
      sql<number>`count(*) filter (where alerts.due_on < ${today} and alerts.status in (${open}))`.as(
        'overdue',
      ),
      sql<number>`count(*) filter (where alerts.due_on = ${today} and alerts.status in (${open}))`.as(
        'due_today',
      ),
    ])
    .groupBy([digits, 'grade', 'indicator'])
  const [sums, below] = await Promise.all([
    // From one index, and hashed: each alert would otherwise be fetched, and all of them sorted.
    planningWithout(tx, ['enable_bitmapscan', 'enable_sort'], () => counted.execute()),
    listBelow(tx, place),
  ])
  // Filled up here and not for each alert, which would be a third of the counting.
  const rows = sums.map(({ digits, ...row }) => ({ ...row, code: digits.padEnd(12, '0') }))
  const codes = [...new Set(rows.map(({ code }) => code))]
  return { place, rows, places: await withFurther(tx, place, below, codes) }
}
