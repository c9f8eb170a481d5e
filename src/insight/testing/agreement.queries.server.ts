import { type BusinessDate, isUnknown } from '#base'
import type { Engine } from '#lake/server'
import { type GivenFacts, type Pack, programmeDecider, rootEntity, subjectReported } from '#policy'
import { plainFacts } from '../simulation/assumptions.ts'
import type { SimulationQuestion } from '../simulation/contract.ts'
import { judgeAll, sides } from '../simulation/evaluate.queries.server.ts'
import { readyFacts } from '../simulation/facts.queries.server.ts'
import { type Packs, planFor, sidesOn } from '../simulation/plan.ts'
import { isStanding, rulesOf, sliceOf } from '../simulation/slice.ts'
import {
  listFrozenFacts,
  listFrozenPlaces,
  loadFrozen,
  openFrozenEngine,
} from '../simulation/snapshot.queries.server.ts'

type Row = Readonly<Record<string, unknown>>

/**
 * Judges every frozen household by the engine, and by the interpreter with the whole rules, in every month, on both sides.
 * Gives how many answers were compared and each that differs.
 */
export const compareEngines = async (
  lakeDir: string,
  hash: string,
  pack: Pack,
  question: SimulationQuestion,
): Promise<{ readonly compared: number; readonly differences: readonly string[] }> => {
  const packs: Packs = { before: pack, after: pack }
  const engine = await openFrozenEngine(lakeDir)
  try {
    await loadFrozen(engine, lakeDir, hash)
    const on = question.on as BusinessDate
    const { before } = sidesOn(packs, question.changes, on, question.region)
    const slice = sliceOf(before, {
      parameters: question.changes.map(({ parameter }) => parameter),
      rules: [],
    })
    const ready = await readyFacts(engine, pack, new Set(question.assumptions), on)
    const plan = planFor(packs, question, slice.parameters, await listFrozenPlaces(engine))
    await judgeAll(engine, plan, slice.reached, ready)
    const differences: string[] = []
    let compared = 0
    const deciders = new Map<string, Decider>()
    const households = await givenHouseholds(engine, pack, question)
    for (const side of sides) {
      const judged = await judgedRows(engine, side)
      for (const [month, day] of plan.days.entries())
        for (const { no, place, given } of households) {
          const key = `${side} ${day} ${plan.groupOf.get(place)}`
          const decide =
            deciders.get(key) ??
            programmeDecider({
              ...sidesOn(packs, question.changes, day, place)[side],
              programmes: slice.reached,
            })
          deciders.set(key, decide)
          const expected = interpreted(pack, decide, given)
          const row = judged.get(no)?.findLast((one) => Number(one.month) <= month)
          slice.reached.forEach((programme, at) => {
            if (month > 0 && !isStanding(programme)) return
            compared += 1
            const own = expected.get(programme.id)
            const actual = `${row?.[`p${at}_s`]} ${row?.[`p${at}_fen`]}`
            if (own !== actual)
              differences.push(
                `${side} ${day} ${no} ${programme.id} ${rulesOf(programme)}: ${own} | ${actual}`,
              )
          })
        }
    }
    return { compared, differences }
  } finally {
    engine.close()
  }
}

const judgedRows = async (engine: Engine, side: string): Promise<Map<number, Row[]>> => {
  const rows = await engine.rows(`select * from judged_${side} order by household_no, month`)
  return Map.groupBy(rows, (row) => Number(row.household_no))
}

/** What the engine's tables say, as the interpreter takes it. */
const givenHouseholds = async (engine: Engine, pack: Pack, question: SimulationQuestion) => {
  const members = Map.groupBy(await engine.rows('select * from m order by household_no, member_no'), (row) =>
    Number(row.household_no),
  )
  const held = await listFrozenFacts(engine)
  const same = (entity: string): GivenFacts =>
    Object.fromEntries(plainFacts(pack, entity, new Set(question.assumptions), held).constants)
  const [ofHousehold, ofMember] = [same('household'), same('member')]
  const known = (entity: string, row: Row): GivenFacts =>
    Object.fromEntries(
      Object.entries(row).filter(
        ([name, value]) => value !== null && pack.facts[entity]?.[name] !== undefined,
      ),
    ) as GivenFacts
  return (await engine.rows('select * from h')).map((row) => ({
    no: Number(row.household_no),
    place: String(row.region_code),
    given: {
      ...ofHousehold,
      ...known('household', row),
      members: (members.get(Number(row.household_no)) ?? []).map((one) => ({
        ...ofMember,
        ...known('member', one),
      })),
    } as GivenFacts,
  }))
}

type Decider = ReturnType<typeof programmeDecider>

const interpreted = (pack: Pack, decide: Decider, given: GivenFacts): Map<string, string> => {
  const root = rootEntity(pack)
  const decided = decide(root, subjectReported(pack, root, 'one', given))
  const states = Map.groupBy(decided, ({ programme }) => programme)
  return new Map(
    [...states].map(([id, all]) => {
      const each = all.map(({ outcome, amount }) => {
        const isOpen = isUnknown(outcome) || (outcome.value && typeof amount === 'object' && amount !== null)
        if (isOpen) return { state: -1, fen: 0 }
        return { state: outcome.value ? 1 : 0, fen: outcome.value ? Number(amount ?? 0) : 0 }
      })
      const lowest = Math.min(...each.map(({ state }) => state))
      const state = lowest < 0 ? -1 : Math.max(...each.map((one) => one.state))
      return [id, `${state} ${each.reduce((sum, { fen }) => sum + fen, 0)}`]
    }),
  )
}
