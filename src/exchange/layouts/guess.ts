import { type HeaderMatch, isBetter, matchHeader } from './header-match.ts'
import type { Layout } from './layout.ts'

/** Layouts that recognise something of a header row, the likeliest first; the first fits if it misses nothing. */
export const guessLayout = (headers: readonly string[], layouts: readonly Layout[]): HeaderMatch[] =>
  layouts
    .map((layout) =>
      matchHeader(
        layout,
        headers.map((name) => ({ name })),
      ),
    )
    .filter((match) => match.recognised >= 2)
    .sort((one, other) => (isBetter(one, other) ? 1 : isBetter(other, one) ? -1 : 0))
