import { type BusinessDate, businessDate, type Clock, clockOn, systemClock } from '#base'

/** The clock of an installation: the real one, or, in a demo, the real time of day on the demo's business date. */
export interface BusinessClock extends Clock {
  /** From now on the clock of a demo on this date, in this process; the date itself is kept in the installation's row. */
  moveTo(date: BusinessDate): void
}

/** `date` is the demo's business date, or null for the real date in Asia/Shanghai. */
export const businessClock = (date: string | null): BusinessClock => {
  let clock = date === null ? systemClock() : clockOn(() => businessDate(date))
  return {
    now: () => clock.now(),
    today: () => clock.today(),
    moveTo: (next) => {
      clock = clockOn(() => next)
    },
  }
}
