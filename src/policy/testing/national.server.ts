import { businessDate, regionCode } from '#base'
import { nodesOf } from '../language/ast.ts'
import type { Subject } from '../language/values.ts'
import { type PackInForce, packInForce } from '../pack/in-force.ts'
import { loadPack } from '../pack/load.server.ts'
import type { Pack } from '../pack/pack.ts'
import { readyProgrammeCases } from '../pack/programme-cases.ts'
import { type Draw, drawFrom, type Near, subjectNear } from './households.ts'
import { rulesOf } from './named-engines.server.ts'

/** A pack of programmes with households around its thresholds: what the engines are compared on. */
export interface NationalTrial {
  readonly pack: Pack
  /** The standards and options the rules may meet, some of them open. */
  readonly forces: readonly PackInForce[]
  /** Some value for every number, so that rules of all programmes meet some. */
  readonly wideForce: PackInForce
  /** Some value and some option for every parameter but lists and dates, others for every seed. */
  drawnForce(seed: number, day?: string): PackInForce
  /** Households around the thresholds of a day; that of the standards when left out. */
  households(count: number, seed: number, day?: string): readonly Subject[]
  /** The subjects of the pack's own cases. */
  readonly fromCases: readonly Subject[]
}

const on = businessDate('2024-06-15')
const region = regionCode('150202000000')

const near: Near = {
  on,
  amounts: [0, 1, 20_000, 79_999, 80_000, 90_000, 120_000, 160_000, 240_000, 360_000, 960_000, 1_500_000],
  years: [2, 3, 8, 16, 18, 19, 40, 60, 62, 75],
  months: [-1, 0, 1, 2, 3, 6, 11, 12],
}

/** The national pack, or one that lies over it with the standards of the national cases. */
export const nationalTrial = (id = 'cn-national'): NationalTrial => {
  const national = loadPack('policies/cn-national').pack as Pack
  const pack = id === 'cn-national' ? national : (loadPack(`policies/${id}`).pack as Pack)
  const cases = readyProgrammeCases(pack)
  const plain = readyProgrammeCases(national).find(({ case: { id } }) => id === 'C16')?.case.parameters ?? {}
  const forceOf = (given: typeof plain, day = on): PackInForce =>
    packInForce(pack, { on: day, region, given })
  return {
    pack,
    forces: [{ ...plain }, { ...plain, ...options }, { ...plain, ...half }, {}].map((given) =>
      forceOf(given),
    ),
    wideForce: forceOf({ ...anyValues(pack, drawFrom(5)), ...plain }),
    drawnForce: (seed, day) =>
      forceOf(
        { ...anyValues(pack, drawFrom(seed)), ...anyOptions(pack, drawFrom(seed)) },
        day ? businessDate(day) : on,
      ),
    households: (count, seed, day) => {
      const draw = drawFrom(seed)
      const around = day ? { ...near, on: businessDate(day) } : near
      return Array.from({ length: count }, (_, index) =>
        subjectNear(pack, 'household', `h${index}`, around, draw),
      )
    },
    fromCases: cases.map(({ subject }) => subject),
  }
}

const options = {
  employmentCostPercent: 30,
  employmentCostInMargin: true,
  basePensionCounted: true,
  illnessDeductionPercent: 50,
  benefitForm: 'tiers',
  tierOneUpToFen: 30_000,
  tierTwoUpToFen: 60_000,
  tierOneFen: 80_000,
  tierTwoFen: 55_000,
  tierThreeFen: 25_000,
  addOnElderlyPercent: 10,
  addOnIllnessPercent: 15,
}

const half = { labourBaseFen: 150_001, labourCoefficientPercent: 50, dibaoStandardRuralFen: null }

const anyValues = (pack: Pack, draw: Draw): Record<string, number> =>
  Object.fromEntries(
    Object.entries(pack.parameters).flatMap(([name, { type, range, list }]) => {
      if (type !== 'number' || !range || list) return []
      const [low, high] = range
      return [[name, Math.min(high, low + draw(Math.min(high - low, 100_000) + 1))]]
    }),
  )

const anyOptions = (pack: Pack, draw: Draw): Record<string, string | boolean> =>
  Object.fromEntries(
    Object.entries(pack.parameters).flatMap(
      ([name, { type, options, list }]): [string, string | boolean][] => {
        if (list) return []
        const codes = Object.keys(options ?? {})
        if (type === 'boolean') return [[name, draw(2) === 0]]
        return codes.length > 0 ? [[name, codes[draw(codes.length)] ?? '']] : []
      },
    ),
  )

/** The named rules that programmes build on, in any entity. */
export const rulesBehind = (pack: Pack, programmes: readonly string[]): ReadonlySet<string> => {
  const used = new Set<string>()
  const visit = (name: string): void => {
    if (used.has(name)) return
    used.add(name)
    const tree = pack.definitions.get(name)?.tree
    for (const node of tree ? nodesOf(tree) : []) if (node.kind === 'rule') visit(node.name)
  }
  for (const id of programmes)
    for (const name of [pack.programmes[id]?.eligible, pack.programmes[id]?.amount?.rule])
      if (name) visit(name)
  return used
}

/** Named rules of one entity that are compiled together. */
export interface RulePart {
  readonly entity: string
  readonly rules: readonly string[]
}

/** Some rules of all entities that have any. */
export const partOf = (pack: Pack, chosen: ReadonlySet<string>): readonly RulePart[] =>
  Object.keys(pack.entities)
    .map((entity) => ({ entity, rules: rulesOf(pack, entity).filter((rule) => chosen.has(rule)) }))
    .filter(({ rules }) => rules.length > 0)

/** All rules, each once: programme by programme those that no earlier one needed, then those that none needs. */
export const partsByProgramme = (pack: Pack): readonly (readonly [string, readonly RulePart[]])[] => {
  const left = new Set(pack.definitions.keys())
  const parts = Object.keys(pack.programmes).map((id) => {
    const own = new Set([...rulesBehind(pack, [id])].filter((rule) => left.has(rule)))
    for (const rule of own) left.delete(rule)
    return [id, partOf(pack, own)] as const
  })
  return [...parts, ['no programme', partOf(pack, left)] as const].filter(([, part]) => part.length > 0)
}
