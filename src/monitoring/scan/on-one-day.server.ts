import { join } from 'node:path'
import type { Clock } from '#base'
import { type Engine, type FactParameters, openEngine } from '#lake/server'
import type { PackInForce } from '#policy'

// What a scan, and whoever only follows the files, works with: one day, its parameters, an engine.

/** A run speaks of one day from beginning to end, also when midnight passes or the demo's date is moved. */
export const stoppedAt = (clock: Clock): Clock => {
  const today = clock.today()
  return { now: () => clock.now(), today: () => today }
}

const listOf = (force: PackInForce, name: string): string[] => {
  const value = force.parameters.get(name)?.value
  return Array.isArray(value) ? value.map(String) : []
}

/** What facts are filtered by, as in force on the day. */
export const factParameters = (force: PackInForce): FactParameters => ({
  vehicleTypesNotCounted: listOf(force, 'vehicleTypesNotCounted'),
  vehicleStatusesNotCounted: listOf(force, 'vehicleStatusesNotCounted'),
  businessKindsCounted: listOf(force, 'businessKindsCounted'),
  businessRolesCounted: listOf(force, 'businessRolesCounted'),
  employeeInsuranceCodes: listOf(force, 'employeeInsuranceCodes'),
  medicalWindowMonths: Number(force.parameters.get('medicalWindowMonths')?.value ?? 12),
})

/** Gives the work an engine of its own over the lake, closed when it ends. */
export const withScanEngine = async <T>(
  lakeDir: string,
  work: (engine: Engine) => Promise<T>,
): Promise<T> => {
  const engine = await openEngine({
    tempDir: join(lakeDir, 'tmp'),
    directories: [lakeDir],
    memoryMiB: 2048,
    threads: 2,
  })
  try {
    return await work(engine)
  } finally {
    engine.close()
  }
}
