import { addMonths, type BusinessDate, canonicalJson, contains, type RegionCode, regionCode } from '#base'
import { type Pack, type PackInForce, packInForce } from '#policy'
import type { SimulationQuestion } from './contract.ts'

type Values = SimulationQuestion['changes']

/** The rules without the changes and with them. */
export interface Packs {
  readonly before: Pack
  readonly after: Pack
}

/** Households and months that are judged by the same values: one statement serves them all. */
export interface Cell {
  readonly id: number
  readonly before: PackInForce
  readonly after: PackInForce
}

/** Which values hold where and when. */
export interface Plan {
  readonly cells: readonly Cell[]
  /** Places that share their values belong to one group. */
  readonly groupOf: ReadonlyMap<string, number>
  /** For every group the months' cells, in order. */
  readonly cellsOfGroup: ReadonlyMap<number, readonly number[]>
  readonly days: readonly BusinessDate[]
}

/** The values of the question that hold in a place; the last of one parameter wins. */
export const givenIn = (changes: Values, region: string): Record<string, Values[number]['value']> =>
  Object.fromEntries(
    changes
      .filter((change) => change.region === null || contains(change.region as RegionCode, regionCode(region)))
      .map(({ parameter, value }) => [parameter, value]),
  )

/** The two sides on a day in a place. */
export const sidesOn = (packs: Packs, changes: Values, on: BusinessDate, region: string) => ({
  before: packInForce(packs.before, { on, region: regionCode(region) }),
  after: packInForce(packs.after, { on, region: regionCode(region), given: givenIn(changes, region) }),
})

/** Groups places and months by the values of these parameters, before and after. */
export const planFor = (
  packs: Packs,
  { on, changes, months }: SimulationQuestion,
  parameters: ReadonlySet<string>,
  places: readonly string[],
): Plan => {
  const days = Array.from({ length: months }, (_, index) => addMonths(on as BusinessDate, index))
  const named = namedRegions(packs, changes, parameters)
  const cells: Cell[] = []
  const bySignature = new Map<string, Cell>()
  const groups = new Map<string, { readonly id: number; readonly cells: readonly number[] }>()
  const groupOf = new Map<string, number>()
  const cellOn = (day: BusinessDate, place: string): number => {
    const { before, after } = sidesOn(packs, changes, day, place)
    const texts = [before, after].map((force) => signature(force, parameters))
    const key = texts.join('\n')
    const cell = bySignature.get(key) ?? { id: cells.length, before, after }
    if (!bySignature.has(key)) cells.push(cell)
    bySignature.set(key, cell)
    return cell.id
  }
  for (const place of places) {
    const key = named.filter((region) => contains(region, regionCode(place))).join()
    const group = groups.get(key) ?? { id: groups.size, cells: days.map((day) => cellOn(day, place)) }
    groups.set(key, group)
    groupOf.set(place, group.id)
  }
  const cellsOfGroup = new Map([...groups.values()].map((group) => [group.id, group.cells]))
  return { cells, groupOf, cellsOfGroup, days }
}

const namedRegions = (
  { before, after }: Packs,
  changes: Values,
  parameters: ReadonlySet<string>,
): readonly RegionCode[] => {
  const ofValues = [before, after].flatMap((pack) =>
    [...parameters].flatMap((name) => (pack.parameters[name]?.values ?? []).map(({ region }) => region)),
  )
  const found = [...ofValues, ...changes.map(({ region }) => region ?? undefined)]
  return [...new Set(found.filter((region) => region !== undefined))].toSorted() as RegionCode[]
}

const signature = (force: PackInForce, parameters: ReadonlySet<string>): string =>
  canonicalJson([
    [...parameters].toSorted().map((name) => force.parameters.get(name)?.value ?? null),
    force.programmes.map(({ id }) => id),
  ] as never)
