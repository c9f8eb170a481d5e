import { createHash } from 'node:crypto'
import { addSeconds, idFrom, instant } from '#base'
import type { DemoInput } from './make-demo.server.ts'

// Before the demo's business date, so that what is made while it runs sorts after it.
const begin = instant('2026-05-01T00:00:00.000Z')

/** Ids of a demo's registry, one after the other: the same input gives the same ids in every installation. */
export const demoIds = ({ region, persons, seed }: DemoInput): (() => string) => {
  let count = 0
  return () => {
    const random = createHash('sha256').update(`${region} ${persons} ${seed} ${count}`).digest()
    count += 1
    return idFrom(addSeconds(begin, count / 1000), random.subarray(0, 16))
  }
}
