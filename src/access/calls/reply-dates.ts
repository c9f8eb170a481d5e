import { type BusinessDate, type Instant, parseDate, parseInstant, shanghaiTextOf } from '#base'

/** A date of a reply as the marks want it: null stays "absent", what is no date becomes "unknown". */
export const dateFrom = (text: string | null): BusinessDate | null | undefined =>
  text === null ? null : parseDate(text)

/** An instant of a reply, or undefined when it is none. */
export const instantFrom = (text: string): Instant | undefined => parseInstant(text)

/** An instant of a reply as people read it, to the minute, in the time of Shanghai. */
export const minuteText = (text: string): string => {
  const instant = parseInstant(text)
  return instant ? shanghaiTextOf(instant).slice(0, 16) : text
}
