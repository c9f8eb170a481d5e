import { type FeedKind, isFeedKind } from '#exchange'

// Kinds of file and kinds of fact share words (vehicles, disability) and are not the same.
const mark = 'department:'

/** The kind of fact under which a department's statement is kept. */
export const departmentKindOf = (feedKind: FeedKind): string => `${mark}${feedKind}`

/** The kind of file that a kept statement came from; undefined for facts that people told. */
export const feedKindOf = (factKind: string): FeedKind | undefined => {
  const kind = factKind.startsWith(mark) ? factKind.slice(mark.length) : ''
  return isFeedKind(kind) ? kind : undefined
}
