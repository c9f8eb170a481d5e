import { Refusal } from '#base'
import { type FeedKind, feedDefinition } from '../feeds.ts'
import { type InspectedSheet, inspectFile } from '../read/inspect.server.ts'
import { openTable } from '../read/open.server.ts'
import type { MappingDraft } from './contract.ts'
import { draftLayout } from './draft.ts'
import { guessLayout } from './guess.ts'
import type { Layout } from './layout.ts'

/** Looks at a sample of a new sender and proposes which column is what. Refuses a file in which no header is found. */
export const draftFromFile = async (
  path: string,
  kind: FeedKind,
  layouts: readonly Layout[],
  takenIds: ReadonlySet<string>,
): Promise<MappingDraft> => {
  const carrier = await carrierOf(path)
  const { sheet, headers, samples } = widest(await inspectFile(path))
  const ofKind = layouts.filter((layout) => layout.kind === kind)
  const [best] = guessLayout(headers, ofKind)
  const draft = draftLayout(headers, kind, layouts)
  const fits = best && best.missing.length === 0 ? best.layout : undefined
  return {
    ...carrier,
    sheet,
    headers: [...headers],
    samples: samples.map((row) => [...row]),
    columns: draft.columns.map(({ header, field, because, column }) => ({
      header,
      field: field ?? null,
      because: because ?? null,
      column: column ? { ...column } : null,
    })),
    missing: [...draft.missing],
    fits: fits ? { id: fits.id, title: fits.title } : null,
    proposedId: freeId(`${feedDefinition(kind).sender}-${kind}-local`, takenIds),
  }
}

const carrierOf = async (path: string): Promise<Pick<MappingDraft, 'format' | 'encoding'>> => {
  const source = await openTable(path)
  await source.close()
  const { format, encoding } = source
  return {
    // Semicolons are read but not written: a template of such a sender is an ordinary CSV.
    format: format === 'semicolon' ? 'csv' : format,
    encoding: encoding === 'gb18030' ? 'gb18030' : 'utf-8',
  }
}

const widest = (sheets: readonly InspectedSheet[]): InspectedSheet => {
  const [first] = [...sheets].sort((a, b) => b.headers.length - a.headers.length)
  if (!first || first.headers.length === 0)
    throw new Refusal('exchange.no-header', { rows: 20, sheet: first?.sheet ?? '' })
  return first
}

const freeId = (base: string, taken: ReadonlySet<string>): string => {
  let id = base
  for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`
  return id
}
