import type { Secrecy } from '#access/server'
import { type Clock, newId, Refusal } from '#base'
import { recordEvent, type Tx } from '#store/server'
import { insertAll, registerKnownLeads } from './bulk.queries.server.ts'
import { faultOfHousehold } from './check-import.ts'
import type { ImportHousehold, LoadFigures, RegistryImport } from './import.ts'
import { columnsOf, type RegistryRows, rowsOf } from './rows.server.ts'

export interface LoadServices {
  readonly secrecy: Secrecy
  readonly clock: Clock
  /** Where ids come from; a demo gives its own so that one seed makes the same registry. */
  readonly makeId?: () => string
}

// Large enough to amortise a statement, small enough that its arrays stay far below a hundred megabytes.
const householdsAtOnce = 1500

/**
 * Adds a registry to the database in the caller's transaction, which needs a scope over its regions: all of it or
 * nothing. Numbers are kept as ciphertext, blind index, last four, token and check character only. Refuses with
 * `registry.import-invalid` (which household, what is wrong) and `registry.number-taken`. Open leads whose number is
 * now a member's become `registered`.
 */
export const loadRegistry = async (
  tx: Tx,
  services: LoadServices,
  input: RegistryImport,
): Promise<LoadFigures> => {
  const making = { ...services, makeId: services.makeId ?? (() => newId()) }
  let [households, persons, facts] = [0, 0, 0]
  // While the database inserts one batch, the next is encrypted.
  let inserting: Promise<void> = Promise.resolve()
  const keep = async (batch: readonly ImportHousehold[]): Promise<void> => {
    const rows = rowsOf(batch, making)
    await inserting
    inserting = insertRows(tx, rows)
    // Its failure is met at the next await; meanwhile it must not count as unhandled.
    inserting.catch(() => undefined)
    households += rows.households.length
    persons += rows.persons.length
    facts += rows.facts.length
  }
  let batch: ImportHousehold[] = []
  for await (const household of input.households) {
    const fault = faultOfHousehold(household)
    if (fault) throw new Refusal('registry.import-invalid', { household: household.number, fault })
    batch.push(household)
    if (batch.length === householdsAtOnce) {
      await keep(batch)
      batch = []
    }
  }
  await keep(batch)
  await inserting
  const leads = await registerKnownLeads(tx)
  for (const lead of leads) {
    await recordEvent(tx, services.clock, {
      kind: 'registry.lead-registered',
      regionCode: lead.region_code,
      leadId: lead.id,
      householdId: lead.household_id,
      subjectId: lead.id,
    })
  }
  return { households, persons, facts, leadsRegistered: leads.length }
}

const tables = ['households', 'persons', 'categories', 'labels', 'facts', 'events'] as const

const insertRows = async (tx: Tx, rows: RegistryRows): Promise<void> => {
  try {
    for (const table of tables) await insertAll(tx, table, columnsOf[table], rows[table])
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    if (code === '23505' && constraint === 'persons_number') throw new Refusal('registry.number-taken')
    throw error
  }
}
