import { assert, type Instant } from '#base'
import { parseDateTime } from './temporal.ts'
import type { FeelDateTime } from './value.ts'
import { dateTimeOfNanos, localNanos, nanosPerSecond } from './zone.ts'

const shanghaiOffset = 8 * 3600

/** The clock's moment as Shanghai's clocks show it, with their offset: so `today()` is the business date. */
export const shanghaiNow = (instant: Instant): FeelDateTime => {
  const utc = parseDateTime(instant)
  const at =
    utc && dateTimeOfNanos(localNanos(utc) + BigInt(shanghaiOffset) * nanosPerSecond, shanghaiOffset, null)
  assert(at, `not an instant: ${instant}`)
  return at
}
