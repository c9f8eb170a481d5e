import type { Node } from '../language/ast.ts'
import { isEndless } from '../language/bounds.ts'
import { Problem, type Span } from '../language/problems.ts'
import { type Names, readExpression } from '../language/resolve.ts'
import { plain, sameUnit, type Type, typeText, unitOf } from '../language/types.ts'
import type { Finding } from './finding.ts'
import type { WrittenRule } from './merge.ts'
import type { Pack } from './pack.ts'
import type { DefinitionEntry, FactEntry, ParameterEntry } from './schemas.ts'
import type { YamlFile } from './yaml-file.ts'

/** A named rule whose expression has been read and typed. */
export interface NamedRule extends DefinitionEntry {
  readonly id: string
  readonly tree: Node
}

type Parts = Pick<Pack, 'entities' | 'facts' | 'parameters'>
type Written = ReadonlyMap<string, WrittenRule>

interface Definitions {
  readonly rules: ReadonlyMap<string, NamedRule>
  readonly findings: readonly Finding[]
  /** What an expression about an entity may name. */
  readonly namesFor: (entity: string) => Names
}

/** Reads the named rules, each after those it builds on. */
export const readDefinitions = (parts: Parts, written: Written): Definitions => {
  const findings: Finding[] = []
  const rules = new Map<string, NamedRule>()
  const state = new Map<string, 'reading' | 'broken'>()
  const namesFor = (entity: string): Names => ({
    ...factNames(parts, entity),
    parameterOf: (name) => {
      const entry = parts.parameters[name]
      return entry && parameterType(entry, written.size > 0)
    },
    ruleOf: (of, name, span) => (written.get(name)?.entry.entity === of ? typeOfRule(name, span) : undefined),
    valueOf: () => undefined,
  })
  const typeOfRule = (name: string, span: Span): Type => {
    if (state.get(name) === 'reading') throw new Problem('cycle', span, { name })
    const rule = read(name)
    if (!rule) throw new Problem('broken-rule', span, { name })
    return rule.tree.type
  }
  const read = (name: string): NamedRule | undefined => {
    const rule = written.get(name)
    if (!rule || state.has(name)) return rules.get(name)
    state.set(name, 'reading')
    const found = readOne(name, rule, namesFor(rule.entry.entity))
    state.set(name, 'broken')
    // That a rule it builds on is broken is said there.
    if ('code' in found) findings.push(...(found.code === 'broken-rule' ? [] : [found]))
    else rules.set(name, found)
    return rules.get(name)
  }
  for (const name of written.keys()) read(name)
  return { rules, findings, namesFor }
}

const readOne = (name: string, { entry, source }: WrittenRule, names: Names): NamedRule | Finding => {
  try {
    const node = readExpression(entry.value, names)
    const type = declaredType(entry, node.type)
    if (type)
      return {
        ...entry,
        id: name,
        tree: { ...node, type: isEndless(node) ? { ...type, unbounded: true } : type },
      }
    const details = { rule: name, declared: declaredText(entry), actual: typeText(node.type) }
    const line = source.rules.lineOf([name, 'type'])
    return { code: 'rule-type-differs', file: source.rules.fileOf([name, 'type']), line, details }
  } catch (problem) {
    return problemFinding(source.rules, [name, 'value'], entry.value, problem)
  }
}

const declaredText = ({ type, unit }: DefinitionEntry): string =>
  typeText(plain(type === 'code' ? 'text' : type, unit ? { unit: unitOf(unit) } : {}))

/** The type found, named as declared; undefined where they do not fit. */
const declaredType = (entry: DefinitionEntry, found: Type): Type | undefined => {
  const kind = entry.type === 'code' ? 'text' : entry.type
  if (found.kind !== kind) return undefined
  if (entry.unit && found.unit && !sameUnit(unitOf(entry.unit), found.unit)) return undefined
  if (entry.unit) return { ...found, unit: unitOf(entry.unit) }
  if (!entry.values) return found
  const declared = Object.keys(entry.values)
  return found.values?.every((code) => declared.includes(code)) ? { ...found, values: declared } : undefined
}

const factNames = (
  { entities, facts }: Parts,
  entity: string,
): Pick<Names, 'entity' | 'factOf' | 'lists' | 'above'> => ({
  entity,
  factOf: (of, name) => {
    const entry = facts[of]?.[name]
    return entry && factType(entry)
  },
  lists: listsOf(entities, entity),
  above: aboveOf(entities, entity),
})

/** The lists of an entity: those entities that lie within it, by the names facts.yaml gives their lists. */
export const listsOf = (
  entities: Pack['entities'],
  entity: string,
): Readonly<Record<string, { readonly entity: string; readonly most: number }>> =>
  Object.fromEntries(
    Object.entries(entities)
      .filter(([, { within }]) => within === entity)
      .map(([name, { list, most }]) => [list ?? `${name}s`, { entity: name, most: most ?? 1 }]),
  )

/** The entities an entity lies within, nearest first. */
export const aboveOf = (entities: Pack['entities'], entity: string): readonly string[] => {
  const above: string[] = []
  let next = entities[entity]?.within
  while (next !== undefined && !above.includes(next)) {
    above.push(next)
    next = entities[next]?.within
  }
  return above
}

/** In a pack of named rules any parameter may be without value on some day in some region. */
export const parameterType = (entry: ParameterEntry, mayBeOpen: boolean): Type => {
  const values = entry.values.flatMap(({ value }) => value ?? [])
  const numbers = values.filter((value) => typeof value === 'number')
  const codes = entry.options ? Object.keys(entry.options) : values.map(String)
  const one = plain(entry.type, {
    unknown: mayBeOpen || entry.values.some(({ value }) => value === undefined),
    ...(entry.unit ? { unit: unitOf(entry.unit) } : {}),
    ...(entry.type === 'number' ? (rangeOf(entry) ?? rangeOfNumbers(numbers)) : {}),
    unbounded: !entry.range,
    ...(entry.type === 'text' ? { values: codes } : {}),
  })
  return entry.list ? plain('list', { items: one, unknown: one.unknown }) : one
}

const rangeOf = ({ range }: ParameterEntry): Pick<Type, 'low' | 'high'> | undefined =>
  range && { low: range[0], high: range[1] }

const rangeOfNumbers = (numbers: readonly number[]): Pick<Type, 'low' | 'high'> =>
  numbers.length > 0 ? { low: Math.min(...numbers), high: Math.max(...numbers) } : { low: 0, high: 0 }

/** A Problem in an expression as a finding with its line; anything else is our own mistake. */
export const problemFinding = (
  file: YamlFile<unknown>,
  path: readonly string[],
  text: string,
  problem: unknown,
): Finding => {
  if (!(problem instanceof Problem)) throw problem
  const { from, until } = problem.span
  const line = file.lineInside(path, text.slice(from).trim() === '' ? text.trimEnd().length : from)
  const where = text.slice(from, Math.max(until, from + 20)).split('\n')[0] ?? ''
  return { code: problem.code, file: file.fileOf(path), line, details: { ...problem.details, text: where } }
}

export const factType = (entry: FactEntry): Type =>
  plain(entry.type === 'code' ? 'text' : entry.type, {
    absent: entry.absent,
    unknown: entry.unknown,
    ...(entry.unit ? { unit: unitOf(entry.unit) } : {}),
    ...(entry.range ? { low: entry.range[0], high: entry.range[1] } : {}),
    ...(entry.values ? { values: Object.keys(entry.values) } : {}),
  })
