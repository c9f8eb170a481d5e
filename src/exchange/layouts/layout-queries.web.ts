import { useQuery } from '@tanstack/react-query'
import type { ReplyOf } from '#access'
import { callRoute } from '#access/web'
import type { Tone } from '#ui'
import { isFeedKind } from '../feeds.ts'
import { type LayoutRow, listLayouts, readLayout } from './contract.ts'
import { type Layout, parseLayout } from './layout.ts'

export type LayoutDetail = ReplyOf<typeof readLayout>

/** Everything that saving or retiring a layout changes. */
export const layoutKeys = [[listLayouts.path], [readLayout.path]] as const

export const toneOfLayout: { readonly [S in LayoutRow['status']]: Tone } = {
  'in-force': 'good',
  replaced: 'neutral',
  retired: 'neutral',
  faulty: 'orange',
}

/** The layouts, of one kind where it is given. */
export const useLayouts = (kind: string | undefined) =>
  useQuery({
    queryKey: [listLayouts.path, kind ?? ''],
    queryFn: ({ signal }) =>
      callRoute(listLayouts, { query: { kind: isFeedKind(kind ?? '') ? kind : undefined }, signal }),
  })

/** One layout with its versions; nothing is asked without an id. */
export const useLayout = (id: string | undefined) =>
  useQuery({
    queryKey: [readLayout.path, id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => callRoute(readLayout, { params: { id: id ?? '' }, signal }),
  })

/** What a layout says; undefined where this program does not understand it. */
export const contentOf = ({ definition }: LayoutDetail): Layout | undefined => {
  try {
    return parseLayout(definition)
  } catch {
    // The page says so in place of the mapping.
    return undefined
  }
}
