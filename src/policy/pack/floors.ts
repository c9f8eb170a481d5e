import type { PackInForce } from './in-force.ts'
import type { FloorEntry } from './schemas.ts'

/** Whether a value lies under numerator/denominator of a floor, in whole numbers. */
export const isUnder = (
  value: number,
  floor: number,
  [numerator, denominator]: FloorEntry['times'],
): boolean => value * denominator < floor * numerator

/** The parameters in force that lie under one of their floors; where either has no value, nothing is said. */
export const floorsBroken = (force: PackInForce): readonly string[] =>
  Object.entries(force.pack.parameters).flatMap(([name, { floors }]) => {
    const value = force.parameters.get(name)?.value
    const under = floors.some(({ parameter, times }) => {
      const floor = force.parameters.get(parameter)?.value
      return typeof value === 'number' && typeof floor === 'number' && isUnder(value, floor, times)
    })
    return under ? [name] : []
  })
