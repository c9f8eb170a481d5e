import type { Tx } from '#store/server'
import { type Layout, parseLayout } from './layout.ts'
import { type LayoutRecord, listNewestRecords } from './layouts.queries.server.ts'
import { loadLayouts } from './load.server.ts'

/** A layout made here as it is kept: what it says, or undefined where this version of the program rejects it. */
export const layoutIn = (record: LayoutRecord): Layout | undefined => {
  try {
    return parseLayout(record.definition)
  } catch {
    // Shown as faulty in the list. Stopping here would keep every other sender's files from being read.
    return undefined
  }
}

/** The newest version of a layout made here, with what it says. */
export interface LocalLayout {
  readonly record: LayoutRecord
  readonly layout: Layout | undefined
  readonly inForce: boolean
}

/** The layouts made here, newest versions, by id. */
export const listLocalLayouts = async (tx: Tx): Promise<LocalLayout[]> =>
  (await listNewestRecords(tx)).map((record) => {
    const layout = layoutIn(record)
    return { record, layout, inForce: layout !== undefined && record.retired_at === null }
  })

/** A layout with its version: 0 for a shipped one; those made here count from 1. */
export type LayoutInForce = Layout & { readonly version: number }

/**
 * The layouts files are read by: the shipped ones, and of each layout made here the newest version unless it is
 * retired. One made here stands in for a shipped one of the same id.
 */
export const layoutsInForce = async (tx: Tx): Promise<LayoutInForce[]> => {
  const local = (await listLocalLayouts(tx)).flatMap(({ record, layout, inForce }) =>
    inForce && layout ? [{ ...layout, version: record.version }] : [],
  )
  const replaced = new Set(local.map(({ id }) => id))
  const shipped = await loadLayouts()
  const unreplaced = shipped.filter(({ id }) => !replaced.has(id))
  return [...unreplaced.map((layout) => ({ ...layout, version: 0 })), ...local]
}
