import { type WorkCalendar, workCalendar } from '#base'
import type { Node } from '../language/ast.ts'
import { readExpression } from '../language/resolve.ts'
import { flat, readChapters } from './chapters.ts'
import type { Finding } from './finding.ts'
import { factEntries, joinFacts, mergeFacts, mergeParameters, type WrittenRule } from './merge.ts'
import { type NamedRule, problemFinding, readDefinitions } from './named-rules.ts'
import {
  type CaseFile,
  casesSchema,
  type DefinitionEntry,
  type FactsFile,
  factsSchema,
  type MoreValues,
  moreFactsSchema,
  moreParametersSchema,
  type PackHead,
  type ParameterEntry,
  type PolicyCase,
  type ProgrammeCase,
  type ProgrammeEntry,
  packSchema,
  parametersSchema,
  programmesSchema,
  type RuleEntry,
  rulesSchema,
  type SourceEntry,
  sourcesSchema,
} from './schemas.ts'
import { emptyFile, readYaml, type YamlFile } from './yaml-file.ts'

/** The files of a pack by their path inside its folder. */
export type PackFiles = Readonly<Record<string, string>>

/** An indicator whose expressions have been read and typed. */
export interface Rule extends RuleEntry {
  /** The indicator; its versions share it. */
  readonly id: string
  /** The name this version is written under; once in a pack. */
  readonly key: string
  readonly condition: Node
  readonly named: ReadonlyMap<string, Node>
}

/** A pack as written, what lies under it included: all values of all dates and regions. */
export interface Pack {
  readonly head: PackHead
  /** The ids of the packs it is made of, the lowest first, its own last. */
  readonly layers: readonly string[]
  readonly entities: FactsFile['entities']
  readonly facts: FactsFile['facts']
  readonly parameters: Readonly<Record<string, ParameterEntry>>
  readonly rules: readonly Rule[]
  /** The named rules that build on each other, by name. */
  readonly definitions: ReadonlyMap<string, NamedRule>
  readonly programmes: Readonly<Record<string, ProgrammeEntry>>
  readonly sources: Readonly<Record<string, SourceEntry>>
  /** The working days its cases are counted by: the years that come with the program. */
  readonly calendar: WorkCalendar
  /** Of indicators; its own only. */
  readonly cases: readonly PolicyCase[]
  /** Of named rules, the defaults of their file filled in; its own only. */
  readonly programmeCases: readonly ProgrammeCase[]
}

/** The files behind a pack, for findings with lines. Files it need not have are empty. */
export interface PackSource {
  readonly head: YamlFile<PackHead>
  readonly facts: YamlFile<FactsFile>
  readonly parameters: YamlFile<Readonly<Record<string, ParameterEntry | MoreValues>>>
  readonly rules: YamlFile<Readonly<Record<string, RuleEntry | DefinitionEntry>>>
  readonly programmes: YamlFile<Readonly<Record<string, ProgrammeEntry>>>
  readonly sources: YamlFile<Readonly<Record<string, SourceEntry>>>
  readonly cases: readonly YamlFile<CaseFile>[]
}

export interface PackRead {
  /** Undefined when a file cannot be read at all. Rules with a broken expression are left out and found. */
  readonly pack?: Pack
  readonly source?: PackSource
  /** All written named rules by name, those of the packs below included. */
  readonly written?: ReadonlyMap<string, WrittenRule>
  readonly findings: readonly Finding[]
}

/** Reads a pack from the text of its files, over the pack it names with `over`. Never throws for what is written in them. */
export const readPack = (files: PackFiles, base?: PackRead): PackRead => {
  const findings: Finding[] = []
  const { source, missesBase } = readSource(files, base, findings)
  if (!source) return { findings }
  if (missesBase) return { findings: [...findings, baseMissing(source)] }
  const below = base?.pack
  const region = source.head.data.region
  const parts = {
    ...mergeFacts(below, source.facts.data),
    parameters: mergeParameters(below, source.parameters.data, region),
  }
  const written = writtenRules(base, source)
  const definitions = readDefinitions(parts, written)
  findings.push(...definitions.findings.filter(({ file }) => isNew(file, base)))
  const typed = readIndicators(source, definitions.namesFor)
  findings.push(...typed.findings)
  const pack: Pack = {
    ...parts,
    head: source.head.data,
    layers: [...(below?.layers ?? []), source.head.data.id],
    rules: typed.rules,
    definitions: definitions.rules,
    programmes: { ...below?.programmes, ...source.programmes.data },
    sources: { ...below?.sources, ...source.sources.data },
    calendar: below?.calendar ?? calendarIn(files),
    cases: source.cases.flatMap(({ data }) => data.cases).filter((it) => 'rule' in it),
    programmeCases: source.cases.flatMap(({ data }) => completed(data)),
  }
  return { pack, source, written, findings }
}

/** The published years among the files: `calendars/2026.yaml`. */
const calendarIn = (files: PackFiles): WorkCalendar =>
  workCalendar(
    Object.keys(files)
      .filter((file) => file.startsWith('calendars/'))
      .map((file) => files[file] ?? ''),
  )

/** What is wrong below was found there; what only a change on top makes wrong below is found here. */
const isNew = (file: string, base: PackRead | undefined): boolean =>
  !file.startsWith('../') || !base?.findings.length

const baseMissing = ({ head }: PackSource): Finding => ({
  code: 'pack-missing',
  file: head.file,
  line: head.lineOf(['over']),
  details: { name: head.data.over ?? '' },
})

const readSource = (
  files: PackFiles,
  base: PackRead | undefined,
  findings: Finding[],
): { source?: PackSource; missesBase: boolean } => {
  const read = <T>(
    file: string,
    schema: Parameters<typeof readYaml<T>>[2],
    ifNone?: T,
  ): YamlFile<T> | undefined => {
    const text = files[file]
    if (text === undefined && ifNone !== undefined) return emptyFile(file, ifNone)
    if (text === undefined) {
      findings.push({ code: 'file-missing', file, line: 1, details: {} })
      return undefined
    }
    const result = readYaml(file, text, schema)
    findings.push(...result.findings)
    return result.found
  }
  const head = read('pack.yaml', packSchema)
  const isOver = head?.data.over !== undefined
  const noFacts: FactsFile = { entities: {}, facts: {} }
  const facts = readChapters<FactsFile>(
    files,
    {
      name: 'facts.yaml',
      schema: isOver ? moreFactsSchema : factsSchema,
      inChapters: moreFactsSchema,
      joining: { join: joinFacts, entriesOf: factEntries },
      ...(isOver ? { ifNone: noFacts } : {}),
    },
    findings,
  )
  type Written = PackSource['parameters']['data']
  const parameters = readChapters<Written>(
    files,
    {
      name: 'parameters.yaml',
      schema: isOver ? moreParametersSchema : parametersSchema,
      joining: flat<Written>(),
      ...(isOver ? { ifNone: {} } : {}),
    },
    findings,
  )
  const rules = readChapters<PackSource['rules']['data']>(
    files,
    { name: 'rules.yaml', schema: rulesSchema, joining: flat(), ...(isOver ? { ifNone: {} } : {}) },
    findings,
  )
  const programmes = readChapters<PackSource['programmes']['data']>(
    files,
    { name: 'programmes.yaml', schema: programmesSchema, joining: flat(), ifNone: {} },
    findings,
  )
  const sources = readChapters<PackSource['sources']['data']>(
    files,
    { name: 'sources.yaml', schema: sourcesSchema, joining: flat(), ...(isOver ? { ifNone: {} } : {}) },
    findings,
  )
  const cases = Object.keys(files)
    .filter((file) => file.startsWith('cases/') || file.includes('/cases/'))
    .toSorted()
    .map((file) => read(file, casesSchema))
    .filter((file) => file !== undefined)
  if (!head || !facts || !parameters || !rules || !programmes || !sources) return { missesBase: false }
  const source = { head, facts, parameters, rules, programmes, sources, cases }
  return { source, missesBase: isOver && !base?.pack }
}

const writtenRules = (base: PackRead | undefined, source: PackSource): ReadonlyMap<string, WrittenRule> => {
  const own = Object.entries(source.rules.data).flatMap(([name, entry]): [string, WrittenRule][] =>
    'value' in entry ? [[name, { entry, source }]] : [],
  )
  const below = [...(base?.written ?? [])].map(([name, rule]): [string, WrittenRule] => [name, belowOf(rule)])
  return new Map([...below, ...own])
}

/** A rule of a pack below, its file named from this pack's folder. */
const belowOf = (rule: WrittenRule): WrittenRule => {
  const { rules, head } = rule.source
  if (rules.file.startsWith('../')) return rule
  return {
    ...rule,
    source: {
      ...rule.source,
      rules: {
        ...rules,
        file: `../${head.data.id}/${rules.file}`,
        fileOf: (path) => `../${head.data.id}/${rules.fileOf(path)}`,
      },
    },
  }
}

/** The cases of a file with its defaults; what a case says itself comes first. */
const completed = ({ defaults, cases }: CaseFile): ProgrammeCase[] =>
  cases.flatMap((it) =>
    'rule' in it
      ? []
      : [
          {
            ...it,
            on: it.on ?? defaults.on,
            region: it.region ?? defaults.region,
            parameters: { ...defaults.parameters, ...it.parameters },
            given: { ...defaults.given, ...it.given },
          },
        ],
  )

type NamesFor = ReturnType<typeof readDefinitions>['namesFor']

const readIndicators = (source: PackSource, namesFor: NamesFor): { rules: Rule[]; findings: Finding[] } => {
  const findings: Finding[] = []
  const rules: Rule[] = []
  for (const [key, entry] of Object.entries(source.rules.data)) {
    if (!('when' in entry)) continue
    const named = new Map<string, Node>()
    const names = { ...namesFor(entry.entity), valueOf: (name: string) => named.get(name) }
    const expression = (path: string[], text: string): Node | undefined => {
      try {
        return readExpression(text, names)
      } catch (problem) {
        findings.push(problemFinding(source.rules, [key, ...path], text, problem))
        return undefined
      }
    }
    for (const [name, text] of Object.entries(entry.values)) {
      const node = expression(['values', name], text)
      if (node) named.set(name, node)
    }
    const condition =
      named.size === Object.keys(entry.values).length ? expression(['when'], entry.when) : undefined
    if (condition) rules.push({ id: entry.indicator ?? key, key, ...entry, condition, named })
  }
  return { rules, findings }
}

/** Under which name a fact is reported when it is missing. */
export const missingNameOf = (pack: Pick<Pack, 'facts'>, entity: string, name: string): string => {
  const entry = pack.facts[entity]?.[name]
  return entry?.missing ?? (entry && 'feed' in entry.from ? entry.from.feed : name)
}
