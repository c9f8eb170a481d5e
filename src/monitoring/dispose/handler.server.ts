import { readFile } from 'node:fs/promises'
import type { Actor } from '#access'
import { type Endpoint, type Secrecy, serve } from '#access/server'
import { type Clock, newId, Refusal } from '#base'
import { findCalendar } from '#rulebook/server'
import type { Tx } from '#store/server'
import type { AlertRecord } from '../alerts/alert-list.queries.server.ts'
import type { IndicatorNames } from '../alerts/alert-view.ts'
import { getAlert, holds } from '../alerts/handler.server.ts'
import { takeStep } from '../alerts/steps.queries.server.ts'
import { readOfficeIndex } from '../dispatch/offices.queries.server.ts'
import { type DueDays, dueAfter, type Grade } from '../routing.ts'
import { type DisposalRoute, isOpen, type TaskKind, taskAfter } from '../states.ts'
import { insertTask } from '../tasks/tasks.queries.server.ts'
import { addEvidence, disposeAlert, readEvidence, takeAlert } from './contract.ts'
import { countEvidence, findEvidence, insertEvidence } from './evidence.queries.server.ts'
import { mediaTypeOf } from './media-type.ts'

export interface DisposeServices {
  readonly secrecy: Secrecy
  readonly names: IndicatorNames
  readonly days: DueDays
}

const sealedAs = 'evidence_files.content_cipher'

const getHeldAlert = async (tx: Tx, id: string, actor: Actor, version?: number): Promise<AlertRecord> => {
  const alert = await getAlert(tx, id, actor)
  if (!holds(actor, alert)) throw new Refusal('monitoring.not-holder')
  if (version !== undefined && alert.version !== version) throw new Refusal('access.changed-meanwhile')
  return alert
}

const openTask = async (
  tx: Tx,
  clock: Clock,
  services: DisposeServices,
  alert: AlertRecord,
  kind: TaskKind,
  actor: Actor,
): Promise<string> => {
  const index = await readOfficeIndex(tx, clock.today())
  const county = index.civilAffairs(alert.region_code)
  const owner = index.department(services.names(alert.indicator, 'zh-CN').owner, alert.region_code)
  const holder = kind === 'check-entitlement' ? (owner ?? county) : county
  const due = dueAfter(clock.today(), alert.grade as Grade, services.days, await findCalendar(tx))
  const id = newId()
  await insertTask(tx, clock, {
    id,
    alertId: alert.id,
    householdId: alert.household_id,
    leadId: alert.lead_id,
    regionCode: alert.region_code,
    kind,
    holderId: holder?.id ?? null,
    dueOn: due.awaitingCalendar ? null : due.date,
    openedBy: actor.accountId,
  })
  return id
}

const serveDispose = (services: DisposeServices): Endpoint =>
  serve(disposeAlert, async ({ tx, actor, clock, params, body, version }) => {
    const alert = await getHeldAlert(tx, params.id, actor, version)
    if ((await countEvidence(tx, alert.id)) === 0) throw new Refusal('monitoring.no-evidence')
    const next = await takeStep(tx, clock, alert, {
      step: 'disposed',
      actorId: actor.accountId,
      route: body.route,
      result: body.result,
      note: body.reason,
      change: { result: body.result, disposedOn: clock.today() },
    })
    const kind = taskAfter(body.route as DisposalRoute, body.result)
    const taskId = kind ? await openTask(tx, clock, services, alert, kind, actor) : null
    return { version: next, taskId }
  })

const serveAddEvidence = ({ secrecy }: DisposeServices): Endpoint =>
  serve(addEvidence, async ({ tx, actor, clock, params, upload }) => {
    if (!upload) throw new Refusal('monitoring.no-file')
    const alert = await getHeldAlert(tx, params.id, actor)
    if (!isOpen(alert.status)) throw new Refusal('monitoring.wrong-state', { number: Number(alert.number) })
    const bytes = await readFile(upload.path)
    const mediaType = mediaTypeOf(bytes)
    if (!mediaType) throw new Refusal('monitoring.evidence-type')
    const id = newId()
    await insertEvidence(tx, {
      id,
      alertId: alert.id,
      regionCode: alert.region_code,
      fileName: upload.fileName,
      mediaType,
      sizeBytes: upload.sizeBytes,
      sha256: upload.sha256,
      contentCipher: Buffer.from(secrecy.encryptBytes(bytes, sealedAs)),
      addedBy: actor.accountId,
      addedAt: clock.now(),
    })
    return { id }
  })

/** Taking, evidence and disposal of one alert. */
export const disposeEndpoints = (services: DisposeServices): Endpoint[] => [
  serve(takeAlert, async ({ tx, actor, clock, params, version }) => {
    const alert = await getHeldAlert(tx, params.id, actor, version)
    return { version: await takeStep(tx, clock, alert, { step: 'taken', actorId: actor.accountId }) }
  }),
  serveAddEvidence(services),
  serve(readEvidence, async ({ tx, actor, params }) => {
    const file = await findEvidence(tx, params.id)
    if (!file) throw new Refusal('access.not-found')
    await getAlert(tx, file.alert_id, actor)
    const content = Buffer.from(services.secrecy.decryptBytes(file.content_cipher, sealedAs))
    return { fileName: file.file_name, mediaType: file.media_type, content }
  }),
  serveDispose(services),
]
