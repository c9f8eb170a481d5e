import { type Instant, parseInstant, systemClock } from '#base'
import { remember, remembered } from '../browser-memory.web.ts'

const key = 'doudi.session-seen'

/** The window event that tells this tab that the server has answered it. Other tabs hear the browser's `storage` event. */
export const answeredEvent = 'doudi:answered'

/** Each answer of the server puts the end of the session off, in all tabs of this browser. */
export const noteAnswer = (): void => {
  remember(key, systemClock().now())
  window.dispatchEvent(new Event(answeredEvent))
}

/** When the server last answered any tab; undefined where the browser keeps nothing. */
export const lastAnswer = (): Instant | undefined => parseInstant(remembered(key) ?? '')
