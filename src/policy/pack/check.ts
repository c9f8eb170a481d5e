import { compilerFor, instanceOf } from '../interpret/compile.ts'
import { settingOf } from '../interpret/evaluate.ts'
import { nodesOf } from '../language/ast.ts'
import { typeText } from '../language/types.ts'
import { type ReadyCase, readyCases, runCases } from './cases.ts'
import { namedRuleFindings } from './check-named.ts'
import { parameterFindings } from './check-values.ts'
import { type Finding, found } from './finding.ts'
import { fits } from './fits.ts'
import { type Pack, type PackFiles, type PackRead, type PackSource, type Rule, readPack } from './pack.ts'
import type { Citation, PolicyCase } from './schemas.ts'
import { thresholdsOf } from './thresholds.ts'
import { untriedFindings } from './untried.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** Everything wrong with a pack, each with file and line. An empty list: the pack may be used. */
export const checkPack = (files: PackFiles, base?: PackRead): readonly Finding[] =>
  checkRead(readPack(files, base))

/** The same for a pack that has been read. */
export const checkRead = ({ pack, source, findings }: PackRead): readonly Finding[] => {
  if (!pack || !source) return findings
  return [
    ...findings,
    ...parameterFindings(pack, source),
    ...citations(pack, source),
    ...derivations(pack, source),
    ...pack.rules.flatMap((rule) => ruleFindings(rule, pack, source)),
    ...versionFindings(pack, source),
    ...namedRuleFindings(pack, source),
    ...caseFindings(pack, source),
  ]
}

interface Cited {
  readonly file: YamlFile<unknown>
  readonly name: string
  readonly entry: { readonly sources: readonly Citation[]; readonly checkedOn?: string | undefined }
}

const citations = (pack: Pack, { rules, programmes }: PackSource): Finding[] => {
  const entries = [
    ...Object.entries(rules.data).map(([name, entry]) => ({ file: rules, name, entry }) as Cited),
    ...Object.entries(programmes.data).map(([name, entry]) => ({ file: programmes, name, entry }) as Cited),
  ]
  return entries.flatMap(({ file, name, entry: { sources, checkedOn } }) => [
    ...(sources.length === 0 ? [found('no-source', file, [name], { name })] : []),
    ...(checkedOn ? [] : [found('no-check-date', file, [name], { name })]),
    ...sources.flatMap(({ document }, index) =>
      pack.sources[document]
        ? []
        : [found('unknown-document', file, [name, 'sources', index], { name: document })],
    ),
  ])
}

/** The parameters by which the lake filters and sums must exist. */
const derivations = (pack: Pack, { facts }: PackSource): Finding[] =>
  Object.entries(facts.data.facts).flatMap(([entity, entries]) =>
    Object.entries(entries).flatMap(([name, { uses, window }]) =>
      [...uses, ...(window ? [window] : [])]
        .filter((parameter) => !pack.parameters[parameter])
        .map((parameter) => found('unknown-name', facts, ['facts', entity, name], { name: parameter })),
    ),
  )

const ruleFindings = (rule: Rule, pack: Pack, { rules }: PackSource): Finding[] => {
  const findings: Finding[] = []
  const nodes = nodesOf(rule.condition)
  const { kind } = rule.condition.type
  if (kind !== 'boolean')
    findings.push(
      found('rule-not-boolean', rules, [rule.key, 'when'], {
        rule: rule.id,
        type: typeText(rule.condition.type),
      }),
    )
  for (const node of nodes) {
    if (node.kind !== 'operation' || node.operator !== 'not' || !node.args[0]?.type.absent) continue
    const text = rule.when.slice(node.span.from, node.span.until)
    const line = rules.lineInside([rule.key, 'when'], node.span.from)
    findings.push(found('may-be-absent', rules, [rule.key], { text }, line))
  }
  const used = feedsOf(rule, pack)
  const declared = rule.feeds.toSorted()
  if (used.join() !== declared.join())
    findings.push(
      found('feeds-differ', rules, [rule.key, 'feeds'], {
        rule: rule.id,
        declared: declared.join(', '),
        used: used.join(', '),
      }),
    )
  for (const name of unknownPlaceholders(rule, pack))
    findings.push(found('unknown-placeholder', rules, [rule.key, 'sentence'], { rule: rule.id, name }))
  return findings
}

/** Versions of one indicator speak of the same kind of subject, and of two for one region the later begins later. */
const versionFindings = (pack: Pack, { rules }: PackSource): Finding[] =>
  [...Map.groupBy(pack.rules, ({ id }) => id).values()].flatMap((versions) =>
    versions.flatMap((rule, at) =>
      versions
        .slice(0, at)
        .filter(
          (other) =>
            other.entity !== rule.entity ||
            (other.region === rule.region && other.effective.from === rule.effective.from),
        )
        .slice(0, 1)
        .map((other) =>
          found('version-twice', rules, [rule.key, 'effective'], { rule: rule.id, other: other.key }),
        ),
    ),
  )

/** The feeds behind the facts a rule reads. */
export const feedsOf = (rule: Rule, pack: Pack): readonly string[] => {
  const feeds = new Set<string>()
  for (const node of nodesOf(rule.condition)) {
    const from = node.kind === 'fact' ? pack.facts[node.entity]?.[node.name]?.from : undefined
    if (from && 'feed' in from) feeds.add(from.feed)
  }
  return [...feeds].toSorted()
}

const unknownPlaceholders = (rule: Rule, pack: Pack): string[] => {
  const member = Object.entries(pack.entities).find(([, { within }]) => within === rule.entity)?.[0]
  const known = new Set([
    'members',
    'today',
    ...rule.named.keys(),
    ...Object.keys(pack.parameters),
    ...Object.keys(pack.facts[rule.entity] ?? {}),
    ...Object.keys(pack.facts[member ?? ''] ?? {}),
  ])
  const written = [...`${rule.sentence.zh}${rule.sentence.en}`.matchAll(/\{(\w+)\}/gu)].map(
    ([, name]) => name ?? '',
  )
  return [...new Set(written.filter((name) => !known.has(name)))]
}

const caseFindings = (pack: Pack, source: PackSource): Finding[] => {
  const strange = source.cases.flatMap((file) => strangeCases(file, pack, source))
  if (strange.length > 0) return strange
  const ready = readyCases(pack)
  const failed = runCases(pack)
    .filter(({ passed }) => !passed)
    .map(({ case: it, outcome }) => {
      const file = source.cases.find(({ data }) => data.cases.includes(it)) ?? source.cases[0]
      const expected =
        typeof it.expect === 'boolean' ? String(it.expect) : `unknown (${it.expect.unknown.join(', ')})`
      const actual =
        outcome.outcome === 'known' ? String(outcome.value) : `unknown (${outcome.missing.join(', ')})`
      const path = [...(file?.data.place ?? []), file?.data.cases.indexOf(it) ?? 0]
      return found('case-fails', file ?? source.head, path, { name: it.name, expected, actual })
    })
  return [...failed, ...pack.rules.flatMap((rule) => untriedOf(rule, ready, source))]
}

const untriedOf = (rule: Rule, ready: readonly ReadyCase[], { rules }: PackSource): Finding[] => {
  const tried = ready
    .filter((it) => it.rule.key === rule.key)
    .map(({ force, subject }) => ({
      force,
      compiler: compilerFor(settingOf(force)),
      instances: [instanceOf(subject)],
    }))
  return untriedFindings(thresholdsOf(rule.condition, tried), rule.id, rule.when, rules, [rule.key, 'when'])
}

const strangeCases = (file: PackSource['cases'][number], pack: Pack, { rules }: PackSource): Finding[] =>
  file.data.cases.flatMap((it, index) => {
    if (!('rule' in it)) return []
    const entry = rules.data[it.rule]
    if (!entry || !('when' in entry)) {
      const details = { name: it.name, what: it.rule }
      return [found('case-unknown-name', file, [...file.data.place, index, 'rule'], details)]
    }
    return strangeFacts(it, entry.entity, [...file.data.place, index], file, pack)
  })

const strangeFacts = (
  it: PolicyCase,
  entity: string,
  place: Path,
  file: PackSource['cases'][number],
  pack: Pack,
): Finding[] => {
  const member = Object.entries(pack.entities).find(([, { within }]) => within === entity)?.[0] ?? ''
  const parts: [Path, string, Readonly<Record<string, unknown>>][] = [[[...place, 'given'], entity, it.given]]
  for (const [at, given] of (it.members ?? []).entries())
    parts.push([[...place, 'members', at], member, given])
  return parts.flatMap(([path, of, given]) =>
    Object.entries(given)
      .filter(([name, value]) => !fits(pack, of, name, value))
      .map(([name, value]) =>
        found('case-unknown-name', file, [...path, name], { name: it.name, what: `${name}: ${value}` }),
      ),
  )
}
