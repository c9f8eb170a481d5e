import { assert, businessDate, type RegionCode } from '#base'
import { type Compiler, compilerFor, type Instance, instanceOf } from '../interpret/compile.ts'
import { settingOf } from '../interpret/evaluate.ts'
import { isUnknownValue, type Subject, type Value } from '../language/values.ts'
import { floorsBroken } from './floors.ts'
import { type PackInForce, packInForce, type When } from './in-force.ts'
import { listsOf } from './named-rules.ts'
import type { Pack } from './pack.ts'
import type { ExpectedResults, ProgrammeCase } from './schemas.ts'
import { subjectGiven } from './subjects.ts'

/** One expected result with what came out. `path` names it: `dibao`, `members[2].counted`. */
export interface CaseAnswer {
  readonly path: string
  readonly expected: string
  readonly actual: string
  readonly passed: boolean
}

export interface ProgrammeCaseResult {
  readonly case: ProgrammeCase
  readonly answers: readonly CaseAnswer[]
  readonly passed: boolean
}

/** A case of named rules with everything it runs on. */
export interface ReadyProgrammeCase {
  readonly case: ProgrammeCase
  readonly entity: string
  readonly force: PackInForce
  readonly compiler: Compiler
  readonly subject: Subject
  readonly instance: Instance
}

/** The entity a case speaks of where it does not say: the first that lies within no other. */
export const rootEntity = (pack: Pick<Pack, 'entities'>): string =>
  Object.entries(pack.entities).find(([, { within }]) => within === undefined)?.[0] ?? ''

/** Completes the cases of named rules: facts from the dictionary; values of the case before `given` before those of the pack. */
export const readyProgrammeCases = (pack: Pack, given: When['given'] = {}): readonly ReadyProgrammeCase[] => {
  const worlds = new Map<string, { force: PackInForce; compiler: Compiler }>()
  return pack.programmeCases.flatMap((it) => {
    if (it.on === undefined) return []
    const region = it.region ?? pack.head.region
    const key = JSON.stringify([it.on, region, it.parameters])
    const world = worlds.get(key) ?? worldOf(pack, it.on, region, { ...given, ...it.parameters })
    worlds.set(key, world)
    const entity = it.entity ?? rootEntity(pack)
    const facts = it.members ? { ...it.given, members: it.members } : it.given
    const subject = subjectGiven(pack, entity, it.id, facts)
    return [{ case: it, entity, ...world, subject, instance: instanceOf(subject) }]
  })
}

// The whole country is no region code, but a case may speak of it.
const regionOf = (text: string): RegionCode => text as RegionCode

const worldOf = (pack: Pack, on: string, region: string, given: When['given']) => {
  const force = packInForce(pack, { on: businessDate(on), region: regionOf(region), given })
  return { force, compiler: compilerFor(settingOf(force)) }
}

/** Runs every case of named rules through the interpreter. */
export const runProgrammeCases = (
  pack: Pack,
  ready: readonly ReadyProgrammeCase[] = readyProgrammeCases(pack),
): readonly ProgrammeCaseResult[] =>
  ready.map((one) => {
    const { case: it, entity, instance, compiler, force } = one
    const answers = answersOf(pack, entity, instance, compiler, it.expect, '')
    if (it.rejected) answers.push(rejection(force, it.rejected))
    return { case: it, answers, passed: answers.every(({ passed }) => passed) }
  })

const rejection = (force: PackInForce, rejected: readonly string[]): CaseAnswer => {
  const [expected, actual] = [rejected.toSorted().join(), floorsBroken(force).toSorted().join()]
  return { path: 'rejected', expected, actual, passed: expected === actual }
}

const answersOf = (
  pack: Pack,
  entity: string,
  instance: Instance,
  compiler: Compiler,
  expected: ExpectedResults,
  path: string,
): CaseAnswer[] =>
  Object.entries(expected).flatMap(([name, wanted]): CaseAnswer[] => {
    if (Array.isArray(wanted)) {
      const item = listsOf(pack.entities, entity)[name]
      assert(item, `no list ${name}`)
      const items = instance.lists[name] ?? []
      return (wanted as readonly ExpectedResults[]).flatMap((one, index) => {
        const at = items[index]
        return at
          ? answersOf(pack, item?.entity ?? '', at, compiler, one, `${path}${name}[${index + 1}].`)
          : []
      })
    }
    const actual = valueText(compiler.rule(entity, name)(instance))
    const text = expectedText(wanted as Expected)
    return [{ path: `${path}${name}`, expected: text, actual, passed: text === actual }]
  })

type Expected = string | number | boolean | null | { readonly unknown: readonly string[] }

/** A value as cases and messages write it. */
export const valueText = (value: Value): string =>
  isUnknownValue(value) ? `unknown (${value.missing.join(', ')})` : String(value)

const expectedText = (expected: Expected): string =>
  typeof expected === 'object' && expected !== null
    ? `unknown (${expected.unknown.toSorted().join(', ')})`
    : String(expected)

/** Every subject of an entity in a tree whose root is of `root`. */
export const instancesOf = (
  pack: Pick<Pack, 'entities'>,
  root: string,
  instance: Instance,
  entity: string,
): readonly Instance[] => {
  if (root === entity) return [instance]
  return Object.entries(listsOf(pack.entities, root)).flatMap(([list, { entity: item }]) =>
    (instance.lists[list] ?? []).flatMap((one) => instancesOf(pack, item, one, entity)),
  )
}
