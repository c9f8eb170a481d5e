import { existsSync, readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { loadPack } from './pack/load.server.ts'
import { readyProgrammeCases } from './pack/programme-cases.ts'
import { nationalTrial } from './testing/national.server.ts'
import { type Mutants, type MutantWorld, tellMutants } from './testing/rule-mutants.ts'

vi.setConfig({ testTimeout: 1_800_000 })

/** Mutants that no household can tell from the rule, each with the reason, beside the pack. */
const equivalentIn = (id: string): Readonly<Record<string, string>> => {
  const file = `policies/${id}/equivalent-mutants.json`
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {}
}

// Days on which a month or a year turns show what a day more or less changes.
const days = ['2024-06-15', '2024-06-30', '2024-07-01', '2024-12-31', '2025-01-01']

/** The pack's own cases, each under its day and values, and generated households under drawn values. */
const worldsOf = (id: string): readonly MutantWorld[] => {
  const { pack, forces, wideForce, drawnForce, households } = nationalTrial(id)
  const cases = [...Map.groupBy(readyProgrammeCases(pack), ({ force }) => force)].map(([force, own]) => ({
    force,
    subjects: own.map(({ subject }) => subject),
  }))
  const subjects = households(400, 3)
  const fixed = [wideForce, ...forces].map((force) => ({ force, subjects }))
  const drawn = days.flatMap((day, at) =>
    [1, 2, 3, 4].map((turn) => ({
      force: drawnForce(10 * at + turn, day),
      subjects: households(400, 100 + 10 * at + turn, day),
    })),
  )
  return [...cases, ...fixed, ...drawn]
}

test.for([
  ['cn-national', 2800],
  ['cn-150200-baotou', 1],
  ['cn-320682-rugao', 1],
  ['cn-440000-guangdong', 1],
  ['cn-530000-yunnan', 0],
  ['cn-532900-dali', 0],
  ['demo', 0],
] as const)(
  '%s: every mutant of its named rules is told from the rule by a case or a household',
  ([id, least]) => {
    const { pack, source } = loadPack(`policies/${id}`)
    const written = Object.keys(source?.rules.data ?? {}).filter((name) => pack?.definitions.has(name))
    const mutants: Mutants = { all: new Set(), told: new Set() }
    if (written.length > 0) tellMutants(worldsOf(id), written, mutants)
    const alive = [...mutants.all].filter((name) => !mutants.told.has(name))
    expect(alive.toSorted()).toEqual(Object.keys(equivalentIn(id)).toSorted())
    expect(mutants.all.size).toBeGreaterThanOrEqual(least)
  },
)
