import type { Actor } from '#access'
import { type Endpoint, serve } from '#access/server'
import { type Clock, Refusal, rangeOf, regionCode, type WorkCalendar } from '#base'
import { findCalendar } from '#rulebook/server'
import type { Tx } from '#store/server'
import type { IndicatorNames } from '../alerts/alert-view.ts'
import { maySend } from '../alerts/handler.server.ts'
import { takeStep } from '../alerts/steps.queries.server.ts'
import { type DueDays, dueAfter, type Grade, type Office, type OfficeIndex } from '../routing.ts'
import { isOpen } from '../states.ts'
import {
  type DispatchTarget,
  dispatchAlerts,
  type LeftReason,
  listOffices,
  previewDispatch,
} from './contract.ts'
import { listAlertsToSend, listAllOffices, listOfficesIn, readOfficeIndex } from './offices.queries.server.ts'

type Alert = Awaited<ReturnType<typeof listAlertsToSend>>[number]
type Left = { id: string; number: number; reason: LeftReason }
type NamedOffice = Office & { readonly name: string }

interface Plan {
  readonly sends: readonly { readonly alert: Alert; readonly office: NamedOffice }[]
  readonly left: readonly Left[]
}

const targetOf = (
  alert: Alert,
  to: DispatchTarget,
  index: OfficeIndex,
  offices: readonly NamedOffice[],
  owner: string,
): Office | undefined => {
  if (to.kind === 'office') return offices.find(({ id }) => id === to.id)
  if (to.kind === 'township') return index.township(alert.region_code)
  if (to.kind === 'village')
    return offices.find(({ kind, regionCode: code }) => kind === 'village' && code === alert.region_code)
  return index.department(owner, alert.region_code)
}

// A development zone also sends to the offices of the areas it administers, which lie outside its own range.
const reaches = (actor: Actor, office: NamedOffice): boolean => {
  const { from, until } = rangeOf(regionCode(actor.organisation.regionCode))
  const { regionCode: code } = office
  return (code >= from && code < until) || actor.scope.extra.includes(code)
}

/** The chosen alerts; refuses with `access.not-found` where one of them is out of sight, since it could not be named. */
const getChosen = async (tx: Tx, ids: readonly string[]): Promise<Alert[]> => {
  const alerts = await listAlertsToSend(tx, ids)
  if (alerts.length !== new Set(ids).size) throw new Refusal('access.not-found')
  return alerts
}

interface Asked {
  readonly actor: Actor
  readonly clock: Clock
  readonly body: { readonly ids: readonly string[]; readonly to: DispatchTarget }
}

const planDispatch = async (
  tx: Tx,
  { actor, clock, body: { ids, to } }: Asked,
  names: IndicatorNames,
): Promise<Plan> => {
  const offices = await listAllOffices(tx)
  const index = await readOfficeIndex(tx, clock.today())
  const regionOf = new Map(offices.map((office) => [office.id, office.regionCode]))
  if (to.kind === 'office' && !offices.some((office) => office.id === to.id && reaches(actor, office))) {
    throw new Refusal('monitoring.no-such-office')
  }
  const sends: { alert: Alert; office: NamedOffice }[] = []
  const left: Left[] = []
  for (const alert of await getChosen(tx, ids)) {
    const office = targetOf(alert, to, index, offices, names(alert.indicator, 'zh-CN').owner) as
      | NamedOffice
      | undefined
    const leave = (reason: Left['reason']) =>
      left.push({ id: alert.id, number: Number(alert.number), reason })
    if (!isOpen(alert.status)) leave('closed')
    else if (!maySend(actor, alert, regionOf.get(alert.holder_id ?? '') ?? null)) leave('not-holder')
    else if (!office || !reaches(actor, office)) leave('no-office')
    else if (office.id === alert.holder_id && alert.status !== 'new') leave('already-there')
    else sends.push({ alert, office })
  }
  return { sends, left }
}

/** Sends one alert to an office; the time to act starts anew for the one who gets it. */
export const sendAlert = async (
  tx: Tx,
  clock: Clock,
  alert: Alert,
  office: Office,
  options: {
    readonly days: DueDays
    readonly actorId?: string | undefined
    readonly note?: string | undefined
    readonly step?: 'dispatched' | 'escalated'
    readonly calendar: WorkCalendar
  },
): Promise<void> => {
  const due = dueAfter(clock.today(), alert.grade as Grade, options.days, options.calendar)
  const step = options.step ?? 'dispatched'
  await takeStep(tx, clock, alert, {
    step,
    actorId: options.actorId,
    note: options.note,
    change: {
      holderId: office.id,
      dueOn: due.awaitingCalendar ? null : due.date,
      awaitingCalendar: due.awaitingCalendar ?? false,
      ...(step === 'escalated' ? { escalation: alert.escalation + 1 } : {}),
    },
  })
}

/** Offices, preview and dispatch. */
export const dispatchEndpoints = (names: IndicatorNames, days: DueDays): Endpoint[] => [
  serve(listOffices, async ({ tx, actor }) => ({
    offices: await listOfficesIn(tx, actor.organisation.regionCode, actor.scope.extra),
  })),
  serve(previewDispatch, async ({ tx, actor, clock, body }) => {
    const { sends, left } = await planDispatch(tx, { actor, clock, body }, names)
    const groups = new Map<string, { office: { id: string; name: string }; count: number }>()
    for (const { office } of sends) {
      const group = groups.get(office.id) ?? { office: { id: office.id, name: office.name }, count: 0 }
      groups.set(office.id, { ...group, count: group.count + 1 })
    }
    return { groups: [...groups.values()], left: [...left] }
  }),
  serve(dispatchAlerts, async ({ tx, actor, clock, body }) => {
    const { sends, left } = await planDispatch(tx, { actor, clock, body }, names)
    const calendar = await findCalendar(tx)
    for (const { alert, office } of sends) {
      await sendAlert(tx, clock, alert, office, { days, calendar, actorId: actor.accountId, note: body.note })
    }
    return { dispatched: sends.length, left: [...left] }
  }),
]
