import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor } from '#access'
import { type Endpoint, serve } from '#access/server'
import { type Clock, Refusal } from '#base'
import { recordEvent, type Tx } from '#store/server'
import { feedDefinition, isFeedKind } from '../feeds.ts'
import {
  downloadTemplate,
  draftMapping,
  type LayoutRow,
  listLayouts,
  readLayout,
  retireLayout,
  saveLayout,
  tryLayout,
} from './contract.ts'
import { writeDepartmentFile } from './department-file.server.ts'
import { draftFromFile } from './draft-mapping.server.ts'
import { type LocalLayout, layoutsInForce, listLocalLayouts } from './in-force.server.ts'
import { columnsOf, type Layout, parseLayout } from './layout.ts'
import { insertLayout, listVersionRecords, retireVersions } from './layouts.queries.server.ts'
import { loadLayouts } from './load.server.ts'
import { type Parse, tryOnFile } from './try.server.ts'

/** What the layouts' routes need. */
export interface LayoutServices {
  /** Reads a sample; in an installation in a child process of bounded memory (`parseInChild`). */
  readonly parse: Parse
}

const describe = (layout: Layout) => {
  const { zh, en } = feedDefinition(layout.kind)
  return {
    id: layout.id,
    kind: layout.kind,
    kindName: { zh, en },
    sender: layout.sender,
    title: layout.title,
    columns: columnsOf(layout).length,
  }
}

const shippedRow = (layout: Layout, replaced: boolean): LayoutRow => ({
  ...describe(layout),
  version: 0,
  origin: 'shipped',
  createdAt: null,
  createdBy: null,
  status: replaced ? 'replaced' : 'in-force',
})

const localRow = ({ record, layout, inForce }: LocalLayout): LayoutRow | undefined => {
  if (!isFeedKind(record.kind)) return undefined
  const { zh, en, sender } = feedDefinition(record.kind)
  const bare = { id: record.id, kind: record.kind, kindName: { zh, en }, sender, columns: 0 }
  const title = { zh: record.title, en: record.title }
  return {
    ...(layout ? describe(layout) : { ...bare, title }),
    version: record.version,
    origin: 'local',
    createdAt: record.created_at,
    createdBy: record.created_name,
    status: record.retired_at ? 'retired' : inForce ? 'in-force' : 'faulty',
  }
}

/** Every layout once, as it stands: of an id that is shipped and was changed here, both. */
const listRows = async (tx: Tx): Promise<LayoutRow[]> => {
  const local = await listLocalLayouts(tx)
  const replaced = new Set(local.filter(({ inForce }) => inForce).map(({ record }) => record.id))
  return [
    ...(await loadLayouts()).map((layout) => shippedRow(layout, replaced.has(layout.id))),
    ...local.flatMap((one) => localRow(one) ?? []),
  ].sort((a, b) => (a.sender === b.sender ? 0 : a.sender < b.sender ? -1 : 1))
}

/** The layout of an id that matters: the one in force, else the newest made here. */
const getLayout = async (tx: Tx, id: string): Promise<{ row: LayoutRow; definition: unknown }> => {
  const local = (await listLocalLayouts(tx)).find(({ record }) => record.id === id)
  const shipped = (await loadLayouts()).find((layout) => layout.id === id)
  const row = local && localRow(local)
  if (local && row && (local.inForce || !shipped))
    return { row, definition: local.layout ?? local.record.definition }
  if (!shipped) throw new Refusal('access.not-found')
  return { row: shippedRow(shipped, false), definition: shipped }
}

const versionsOf = async (tx: Tx, id: string) => {
  const local = (await listVersionRecords(tx, id)).map((record) => ({
    version: record.version,
    origin: 'local' as const,
    createdAt: record.created_at,
    createdBy: record.created_name,
    retiredAt: record.retired_at,
  }))
  const isShipped = (await loadLayouts()).some((layout) => layout.id === id)
  const shipped = {
    version: 0,
    origin: 'shipped' as const,
    createdAt: null,
    createdBy: null,
    retiredAt: null,
  }
  return isShipped ? [...local, shipped] : local
}

const checkedLayout = (data: unknown): Layout => {
  try {
    return parseLayout(data)
  } catch (fault) {
    throw new Refusal('exchange.layout-faulty', {
      faults: fault instanceof Error ? fault.message : String(fault),
    })
  }
}

const layoutFromText = (text: string): Layout => {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw new Refusal('exchange.layout-faulty', { faults: 'JSON' })
  }
  return checkedLayout(data)
}

const templateOf = async (layout: Layout) => {
  const folder = await mkdtemp(join(tmpdir(), 'doudi-template-'))
  const ending = layout.carrier.format === 'xlsx' ? 'xlsx' : layout.carrier.format === 'csv' ? 'csv' : 'txt'
  try {
    const path = join(folder, 'template')
    // Title and footer speak of a period and an office that nobody has filled in yet.
    const carrier = { ...layout.carrier, title: undefined, footer: [] }
    await writeDepartmentFile(path, { ...layout, carrier }, [])
    return {
      fileName: `${layout.title.zh}.${ending}`,
      mediaType:
        ending === 'xlsx'
          ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
          : 'text/plain',
      content: await readFile(path),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const saveVersion = async (
  tx: Tx,
  clock: Clock,
  actor: Actor,
  input: { readonly layout: Layout; readonly baseVersion: number },
) => {
  const { layout, baseVersion } = input
  const newest = (await listVersionRecords(tx, layout.id))[0]?.version ?? 0
  if (newest !== baseVersion) throw new Refusal('access.changed-meanwhile')
  const version = await insertLayout(tx, clock, layout, newest + 1, actor.accountId)
  if (version === undefined) throw new Refusal('access.changed-meanwhile')
  await tell(tx, clock, actor, 'exchange.layout-saved', { layoutId: layout.id, version })
  return { id: layout.id, version }
}

const tell = (tx: Tx, clock: Clock, actor: Actor, kind: string, data: Readonly<Record<string, unknown>>) =>
  recordEvent(tx, clock, {
    kind,
    regionCode: actor.organisation.regionCode,
    actorId: actor.accountId,
    data,
  })

const serveRetire = (): Endpoint =>
  serve(retireLayout, async ({ tx, actor, clock, params, version }) => {
    const [newest] = await listVersionRecords(tx, params.id)
    if (!newest) throw new Refusal('exchange.layout-not-local')
    if (newest.version !== version || newest.retired_at) throw new Refusal('access.changed-meanwhile')
    await retireVersions(tx, clock, params.id)
    await tell(tx, clock, actor, 'exchange.layout-retired', { layoutId: params.id, version })
    const shipped = await loadLayouts()
    return { version, shippedAgain: shipped.some(({ id }) => id === params.id) }
  })

/** The layouts: list, one, template, draft for a new sender, try on a sample, save, retire. */
export const layoutEndpoints = ({ parse }: LayoutServices): Endpoint[] => [
  serve(listLayouts, async ({ tx, query }) => ({
    rows: (await listRows(tx)).filter(
      (row) => (!query.kind || row.kind === query.kind) && (!query.sender || row.sender === query.sender),
    ),
  })),
  serve(readLayout, async ({ tx, actor, params }) => {
    const { row, definition } = await getLayout(tx, params.id)
    const edit = actor.permissions.has('layout.edit')
    return {
      ...row,
      definition: definition as Record<string, unknown>,
      versions: await versionsOf(tx, params.id),
      may: { edit, retire: edit && row.origin === 'local' && row.status !== 'retired' },
    }
  }),
  serve(downloadTemplate, async ({ tx, params }) => {
    const { definition } = await getLayout(tx, params.id)
    return templateOf(checkedLayout(definition))
  }),
  serve(draftMapping, async ({ tx, body, upload }) => {
    if (!upload) throw new Refusal('exchange.no-file')
    if (!isFeedKind(body.kind)) throw new Refusal('access.not-found')
    const taken = new Set((await listRows(tx)).map(({ id }) => id))
    return draftFromFile(upload.path, body.kind, await layoutsInForce(tx), taken)
  }),
  serve(tryLayout, async ({ body, upload }) => {
    if (!upload) throw new Refusal('exchange.no-file')
    return tryOnFile(parse, upload, layoutFromText(body.definition))
  }),
  serve(saveLayout, async ({ tx, actor, clock, body }) =>
    saveVersion(tx, clock, actor, { layout: checkedLayout(body.definition), baseVersion: body.baseVersion }),
  ),
  serveRetire(),
]
