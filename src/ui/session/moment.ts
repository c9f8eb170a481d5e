import { type Instant, secondsBetween } from '#base'

/** Where a session stands: open, about to end for want of a request or of age, or over. */
export type SessionMoment =
  | { readonly kind: 'open'; readonly warnsInSeconds: number }
  | { readonly kind: 'ending'; readonly because: 'idle' | 'age'; readonly secondsLeft: number }
  | { readonly kind: 'over' }

/** WCAG 2.2.1 asks for twenty seconds at least; two minutes let somebody come back from the next room. */
const warningSeconds = 120

interface SessionTimes {
  /** The server's last answer to any tab, by the clock of this browser. */
  readonly seenAt: Instant
  readonly idleSeconds: number
  /** The end at the latest, by the clock of this browser. */
  readonly endsAt: Instant
}

/** The moment of a session; a clock that was put back counts as no time passed. */
export const sessionMomentAt = (
  now: Instant,
  { seenAt, idleSeconds, endsAt }: SessionTimes,
): SessionMoment => {
  const idleLeft = idleSeconds - Math.max(0, secondsBetween(seenAt, now))
  const ageLeft = secondsBetween(now, endsAt)
  const left = Math.min(idleLeft, ageLeft)
  if (left <= 0) return { kind: 'over' }
  if (left > warningSeconds) return { kind: 'open', warnsInSeconds: left - warningSeconds }
  return { kind: 'ending', because: ageLeft < idleLeft ? 'age' : 'idle', secondsLeft: Math.ceil(left) }
}
