import { useSyncExternalStore } from 'react'
import { narrowBelow } from '../tokens/tokens.ts'

/** Whether a media query holds now; the component follows when it changes. */
export const useMediaQuery = (query: string): boolean =>
  useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => window.matchMedia(query).matches,
  )

/** True where tables are cards and the navigation is a button. */
export const useIsNarrow = (): boolean => useMediaQuery(`(max-width: ${narrowBelow - 0.02}px)`)
