import type { Pack, PackSource } from './pack.ts'
import type {
  DefinitionEntry,
  FactsFile,
  MoreValues,
  ParameterEntry,
  ParameterValueEntry,
} from './schemas.ts'
import type { Path } from './yaml-file.ts'

/** A value with the pack it was written in: 0 at the bottom, the higher one wins where both speak of one region. */
export interface LayeredValue extends ParameterValueEntry {
  readonly layer?: number | undefined
}

/** The whole country, as the region of a pack. */
export const wholeCountry = '000000000000'

/** The dictionary of a pack laid over another: entities and facts added, or replaced as a whole. */
export const mergeFacts = (base: Pick<Pack, 'entities' | 'facts'> | undefined, own: FactsFile): FactsFile => {
  if (!base) return own
  const facts = { ...base.facts }
  for (const [entity, more] of Object.entries(own.facts)) facts[entity] = { ...facts[entity], ...more }
  return { entities: { ...base.entities, ...own.entities }, facts }
}

/** Chapters of one dictionary put together. */
export const joinFacts = (a: FactsFile, b: FactsFile): FactsFile => mergeFacts(a, b)

/** Everything that a dictionary declares, by its place. */
export const factEntries = ({ entities, facts }: FactsFile): readonly Path[] => [
  ...Object.keys(entities).map((name): Path => ['entities', name]),
  ...Object.entries(facts).flatMap(([entity, of]) =>
    Object.keys(of).map((name): Path => ['facts', entity, name]),
  ),
]

type OwnParameters = Readonly<Record<string, ParameterEntry | MoreValues>>

/** Parameters of a pack laid over another: whole ones replace, further values come on top. Strange names are left out. */
export const mergeParameters = (
  base: Pack | undefined,
  own: OwnParameters,
  region: string,
): Readonly<Record<string, ParameterEntry>> => {
  const layer = base ? base.layers.length : 0
  const merged: Record<string, ParameterEntry> = { ...base?.parameters }
  for (const [name, entry] of Object.entries(own)) {
    const values = entry.values.map((value) => layered(value, layer, base ? region : undefined))
    const below = merged[name]
    if ('type' in entry) merged[name] = { ...entry, values }
    else if (below) merged[name] = { ...below, values: [...below.values, ...values] }
  }
  return merged
}

// A value of a pack for one region holds there, where it does not say otherwise.
const layered = (value: ParameterValueEntry, layer: number, region: string | undefined): LayeredValue => ({
  ...value,
  layer,
  region: value.region ?? (region === wholeCountry ? undefined : region),
})

/** A named rule as written, with the pack it comes from. */
export interface WrittenRule {
  readonly entry: DefinitionEntry
  /** The files it stands in, for findings. */
  readonly source: PackSource
}
