import type { Node } from '../language/ast.ts'
import { Problem } from '../language/problems.ts'
import { type Names, readExpression } from '../language/resolve.ts'
import { plain, type Type, unitOf } from '../language/types.ts'
import type { Finding } from './finding.ts'
import {
  casesSchema,
  type FactEntry,
  type FactsFile,
  factsSchema,
  type PackHead,
  type ParameterEntry,
  type PolicyCase,
  packSchema,
  parametersSchema,
  type RuleEntry,
  rulesSchema,
  type SourceEntry,
  sourcesSchema,
} from './schemas.ts'
import { readYaml, type YamlFile } from './yaml-file.ts'

/** The files of a pack by their path inside its folder. */
export type PackFiles = Readonly<Record<string, string>>

/** A rule whose expressions have been read and typed. */
export interface Rule extends RuleEntry {
  readonly id: string
  readonly condition: Node
  readonly named: ReadonlyMap<string, Node>
}

/** A pack as written: all values of all dates and regions. */
export interface Pack {
  readonly head: PackHead
  readonly entities: FactsFile['entities']
  readonly facts: FactsFile['facts']
  readonly parameters: Readonly<Record<string, ParameterEntry>>
  readonly rules: readonly Rule[]
  readonly sources: Readonly<Record<string, SourceEntry>>
  readonly cases: readonly PolicyCase[]
}

/** The files behind a pack, for findings with lines. */
export interface PackSource {
  readonly head: YamlFile<PackHead>
  readonly facts: YamlFile<FactsFile>
  readonly parameters: YamlFile<Readonly<Record<string, ParameterEntry>>>
  readonly rules: YamlFile<Readonly<Record<string, RuleEntry>>>
  readonly sources: YamlFile<Readonly<Record<string, SourceEntry>>>
  readonly cases: readonly YamlFile<readonly PolicyCase[]>[]
}

export interface PackRead {
  /** Undefined when a file cannot be read at all. Rules with a broken expression are left out and found. */
  readonly pack?: Pack
  readonly source?: PackSource
  readonly findings: readonly Finding[]
}

/** Reads a pack from the text of its files. Never throws for what is written in them. */
export const readPack = (files: PackFiles): PackRead => {
  const findings: Finding[] = []
  const read = <T>(file: string, schema: Parameters<typeof readYaml<T>>[2]): YamlFile<T> | undefined => {
    const text = files[file]
    if (text === undefined) {
      findings.push({ code: 'file-missing', file, line: 1, details: {} })
      return undefined
    }
    const result = readYaml(file, text, schema)
    findings.push(...result.findings)
    return result.found
  }
  const head = read('pack.yaml', packSchema)
  const facts = read('facts.yaml', factsSchema)
  const parameters = read('parameters.yaml', parametersSchema)
  const rules = read('rules.yaml', rulesSchema)
  const sources = read('sources.yaml', sourcesSchema)
  const cases = Object.keys(files)
    .filter((file) => file.startsWith('cases/'))
    .toSorted()
    .map((file) => read(file, casesSchema))
    .filter((file) => file !== undefined)
  if (!head || !facts || !parameters || !rules || !sources) return { findings }
  const source: PackSource = { head, facts, parameters, rules, sources, cases }
  const typed = readRules(source)
  findings.push(...typed.findings)
  return { pack: packOf(source, typed.rules), source, findings }
}

const packOf = (source: PackSource, rules: readonly Rule[]): Pack => ({
  head: source.head.data,
  entities: source.facts.data.entities,
  facts: source.facts.data.facts,
  parameters: source.parameters.data,
  rules,
  sources: source.sources.data,
  cases: source.cases.flatMap(({ data }) => data),
})

const readRules = (source: PackSource): { rules: Rule[]; findings: Finding[] } => {
  const findings: Finding[] = []
  const rules: Rule[] = []
  for (const [id, entry] of Object.entries(source.rules.data)) {
    const named = new Map<string, Node>()
    const names = namesFor(source, entry.entity, named)
    const expression = (path: string[], text: string): Node | undefined => {
      try {
        return readExpression(text, names)
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem
        const { from, until } = problem.span
        findings.push({
          code: problem.code,
          file: source.rules.file,
          line: source.rules.lineInside(
            [id, ...path],
            text.slice(from).trim() === '' ? text.trimEnd().length : from,
          ),
          details: {
            ...problem.details,
            text: text.slice(from, Math.max(until, from + 20)).split('\n')[0] ?? '',
          },
        })
        return undefined
      }
    }
    for (const [name, text] of Object.entries(entry.values)) {
      const node = expression(['values', name], text)
      if (node) named.set(name, node)
    }
    const condition =
      named.size === Object.keys(entry.values).length ? expression(['when'], entry.when) : undefined
    if (condition) rules.push({ id, ...entry, condition, named })
  }
  return { rules, findings }
}

const namesFor = (source: PackSource, entity: string, named: ReadonlyMap<string, Node>): Names => {
  const { entities, facts } = source.facts.data
  const member = Object.entries(entities).find(([, { within }]) => within === entity)
  return {
    entity,
    factOf: (of, name) => {
      const entry = facts[of]?.[name]
      return entry && factType(entry)
    },
    parameterOf: (name) => {
      const entry = source.parameters.data[name]
      return entry && parameterType(entry)
    },
    valueOf: (name) => named.get(name),
    members: member && { entity: member[0], most: member[1].most ?? 1 },
  }
}

export const factType = (entry: FactEntry): Type =>
  plain(entry.type === 'code' ? 'text' : entry.type, {
    absent: entry.absent,
    unknown: entry.unknown,
    ...(entry.unit ? { unit: unitOf(entry.unit) } : {}),
    ...(entry.range ? { low: entry.range[0], high: entry.range[1] } : {}),
    ...(entry.values ? { values: Object.keys(entry.values) } : {}),
  })

const parameterType = (entry: ParameterEntry): Type => {
  const values = entry.values.flatMap(({ value }) => value ?? [])
  const numbers = values.filter((value) => typeof value === 'number')
  const one = plain(entry.type, {
    unknown: entry.values.some(({ value }) => value === undefined),
    ...(entry.unit ? { unit: unitOf(entry.unit) } : {}),
    ...(entry.type === 'number'
      ? {
          low: Math.min(...numbers, entry.range?.[0] ?? Infinity),
          high: Math.max(...numbers, entry.range?.[1] ?? -Infinity),
        }
      : {}),
    ...(entry.type === 'text' ? { values: values.map(String) } : {}),
  })
  return entry.list ? plain('list', { items: one, unknown: one.unknown }) : one
}

/** Under which name a fact is reported when it is missing. */
export const missingNameOf = (pack: Pick<Pack, 'facts'>, entity: string, name: string): string => {
  const entry = pack.facts[entity]?.[name]
  return entry?.missing ?? (entry && 'feed' in entry.from ? entry.from.feed : name)
}
