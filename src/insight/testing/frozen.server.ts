import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BusinessDate, businessDate, fixedClock } from '#base'
import { usualAssumptions } from '../simulation/assumptions.ts'
import type { SimulationQuestion } from '../simulation/contract.ts'
import {
  freeze,
  openFrozenEngine,
  type Snapshot,
  type SnapshotHousehold,
} from '../simulation/snapshot.queries.server.ts'

export const testDay = businessDate('2026-06-15')

/** A lake of a test file's own; `remove` when it is done. */
export const openTestLake = (): { readonly lakeDir: string; readonly remove: () => void } => {
  const lakeDir = mkdtempSync(join(tmpdir(), 'doudi-simulation-'))
  return { lakeDir, remove: () => rmSync(lakeDir, { recursive: true, force: true }) }
}

/** Freezes households. */
export const frozen = async (
  lakeDir: string,
  households: AsyncIterable<readonly SnapshotHousehold[]>,
  on: BusinessDate = testDay,
): Promise<Snapshot> => {
  const engine = await openFrozenEngine(lakeDir)
  try {
    return await freeze(engine, lakeDir, households, { clock: fixedClock(on), on })
  } finally {
    engine.close()
  }
}

export const idAt = (at: number): string => `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`

interface Person {
  readonly relation?: string
  readonly bornOn?: string
  readonly incomeFen?: number
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>
}

/** A household in Dali of adults of forty who work, unless said otherwise. */
export const aHousehold = (
  at: number,
  people: readonly Person[],
  more: Partial<SnapshotHousehold> = {},
): SnapshotHousehold => ({
  id: idAt(at),
  regionCode: '532901101201',
  facts: { residence: 'rural' },
  members: people.map(({ relation, bornOn = '1986-03-01', incomeFen, facts }, index) => ({
    facts: {
      relation: relation ?? (index === 0 ? 'applicant' : 'spouse'),
      bornOn,
      tekunPerson: false,
      workStatus: 'employed',
      ...facts,
    },
    declaredMonthFen: incomeFen,
  })),
  ...more,
})

/** Another rural standard, all assumptions, one month. */
export const aQuestion = (more: Partial<SimulationQuestion> = {}): SimulationQuestion => ({
  on: testDay,
  region: '532900000000',
  changes: [{ parameter: 'dibaoStandardRuralFen', value: 50_000, region: null }],
  rules: [],
  assumptions: [...usualAssumptions],
  months: 1,
  ...more,
})
