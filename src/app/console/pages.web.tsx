import type { ComponentType } from 'react'
import { exchangePages } from '#exchange/web'
import { simulationPages } from '#insight/web'
import { monitoringPages, scanPages } from '#monitoring/web'
import { rulebookPages } from '#rulebook/web'
import type { IconName } from '#ui/web'
import { registryPages } from './registry-pages.web.tsx'
import type { NavKey } from './texts.ts'

/** A page of the console. Rooms make pages; this list mounts them. */
export interface ConsolePage {
  readonly id: string
  /** Address without the leading slash, `:name` for a part that varies; empty for the first page. */
  readonly path: string
  /** Who may open it: any one of these; everybody who is signed in when absent. */
  readonly permission?: string | readonly string[]
  /** An entry in the navigation, in the order of the list; 6 to 9 in all. Its count comes under the page's `id`. */
  readonly nav?: {
    readonly text: NavKey
    readonly icon: IconName
    /** What of the page the count counts, where that is not all of it: the entry leads there while something waits. */
    readonly waiting?: string
    /** Addresses beside the page's own, without the leading slash, whose pages belong to this entry. */
    readonly covers?: readonly string[]
  }
  /**
   * The page the search box of the top bar leads to: it reads the text with `useFilters` from a personal field
   * named `q`. One page at most; without one there is no box.
   */
  readonly takesSearch?: boolean
  /** Loads the page's code when it is first opened. */
  readonly load: () => Promise<ComponentType>
}

/** All pages, in the order of the navigation. */
export const consolePages: readonly ConsolePage[] = [
  {
    id: 'home',
    path: '',
    nav: { text: 'nav.home', icon: 'home' },
    load: async () => (await import('./home/home.web.tsx')).HomePage,
  },
  ...monitoringPages,
  ...registryPages,
  ...exchangePages,
  ...scanPages,
  ...rulebookPages,
  ...simulationPages,
]
