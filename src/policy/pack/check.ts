import { nodesOf } from '../language/ast.ts'
import { typeText } from '../language/types.ts'
import { readyCases, runCases } from './cases.ts'
import { en } from './en.ts'
import type { Finding, FindingCode } from './finding.ts'
import { type Pack, type PackFiles, type PackSource, type Rule, readPack } from './pack.ts'
import type { Citation } from './schemas.ts'
import { thresholdsOf } from './thresholds.ts'
import type { Path, YamlFile } from './yaml-file.ts'
import { zhCN } from './zh-CN.ts'

/** Everything wrong with a pack, each with file and line. An empty list: the pack may be used. */
export const checkPack = (files: PackFiles): readonly Finding[] => {
  const { pack, source, findings } = readPack(files)
  if (!pack || !source) return findings
  return [
    ...findings,
    ...citations(source),
    ...derivations(source),
    ...pack.rules.flatMap((rule) => ruleFindings(rule, pack, source)),
    ...caseFindings(pack, source),
  ]
}

const at = (
  code: FindingCode,
  file: YamlFile<unknown>,
  path: Path,
  details: Finding['details'],
  line = file.lineOf(path),
): Finding => ({ code, file: file.file, line, details })

const citations = ({ parameters, rules, sources }: PackSource): Finding[] => {
  const unlisted = (file: YamlFile<unknown>, path: Path, { document }: Citation): Finding[] =>
    sources.data[document] ? [] : [at('unknown-document', file, path, { name: document })]
  const found: Finding[] = []
  for (const [name, { values }] of Object.entries(parameters.data)) {
    for (const [index, { source, checkedOn }] of values.entries()) {
      const path = [name, 'values', index]
      if (!source) found.push(at('no-source', parameters, path, { name }))
      if (!checkedOn) found.push(at('no-check-date', parameters, path, { name }))
      if (source) found.push(...unlisted(parameters, [...path, 'source'], source))
    }
  }
  for (const [name, { sources: cited, checkedOn }] of Object.entries(rules.data)) {
    if (cited.length === 0) found.push(at('no-source', rules, [name], { name }))
    if (!checkedOn) found.push(at('no-check-date', rules, [name], { name }))
    found.push(...cited.flatMap((it, index) => unlisted(rules, [name, 'sources', index], it)))
  }
  return found
}

/** The parameters by which the lake filters and sums must exist. */
const derivations = ({ facts, parameters }: PackSource): Finding[] =>
  Object.entries(facts.data.facts).flatMap(([entity, entries]) =>
    Object.entries(entries).flatMap(([name, { uses, window }]) =>
      [...uses, ...(window ? [window] : [])]
        .filter((parameter) => !parameters.data[parameter])
        .map((parameter) => at('unknown-name', facts, ['facts', entity, name], { name: parameter })),
    ),
  )

const ruleFindings = (rule: Rule, pack: Pack, { rules }: PackSource): Finding[] => {
  const found: Finding[] = []
  const nodes = nodesOf(rule.condition)
  const { kind } = rule.condition.type
  if (kind !== 'boolean')
    found.push(
      at('rule-not-boolean', rules, [rule.id, 'when'], {
        rule: rule.id,
        type: typeText(rule.condition.type),
      }),
    )
  for (const node of nodes) {
    if (node.kind !== 'operation' || node.operator !== 'not' || !node.args[0]?.type.absent) continue
    const text = rule.when.slice(node.span.from, node.span.until)
    const line = rules.lineInside([rule.id, 'when'], node.span.from)
    found.push(at('may-be-absent', rules, [rule.id], { text }, line))
  }
  const used = feedsOf(rule, pack)
  const declared = rule.feeds.toSorted()
  if (used.join() !== declared.join())
    found.push(
      at('feeds-differ', rules, [rule.id, 'feeds'], {
        rule: rule.id,
        declared: declared.join(', '),
        used: used.join(', '),
      }),
    )
  for (const name of unknownPlaceholders(rule, pack))
    found.push(at('unknown-placeholder', rules, [rule.id, 'sentence'], { rule: rule.id, name }))
  return found
}

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
  const failed = runCases(pack)
    .filter(({ passed }) => !passed)
    .map(({ case: it, outcome }) => {
      const file = source.cases.find(({ data }) => data.includes(it)) ?? source.rules
      const expected =
        typeof it.expect === 'boolean' ? String(it.expect) : `unknown (${it.expect.unknown.join(', ')})`
      const actual =
        outcome.outcome === 'known' ? String(outcome.value) : `unknown (${outcome.missing.join(', ')})`
      return at('case-fails', file, [file.data && Array.isArray(file.data) ? file.data.indexOf(it) : 0], {
        name: it.name,
        expected,
        actual,
      })
    })
  return [...failed, ...untriedThresholds(pack, source)]
}

const untriedThresholds = (pack: Pack, { rules }: PackSource): Finding[] => {
  const ready = readyCases(pack)
  return pack.rules.flatMap((rule) => {
    const cases = ready.filter((it) => it.rule.id === rule.id)
    return thresholdsOf(rule, cases)
      .filter(({ lacking }) => lacking.length > 0)
      .map(({ node, lacking }) => {
        const text = rule.when.slice(node.span.from, node.span.until).replaceAll(/\s+/gu, ' ')
        const line = rules.lineInside([rule.id, 'when'], node.span.from)
        return at(
          'threshold-without-case',
          rules,
          [rule.id],
          {
            rule: rule.id,
            text,
            'needed.zh-CN': lacking.map((side) => zhCN[side]).join(zhCN.listSeparator),
            'needed.en': lacking.map((side) => en[side]).join(en.listSeparator),
          },
          line,
        )
      })
  })
}

const strangeCases = (file: PackSource['cases'][number], pack: Pack, { rules }: PackSource): Finding[] =>
  file.data.flatMap((it, index) => {
    const entry = rules.data[it.rule]
    if (!entry) return [at('case-unknown-name', file, [index, 'rule'], { name: it.name, what: it.rule })]
    const member = Object.entries(pack.entities).find(([, { within }]) => within === entry.entity)?.[0] ?? ''
    const parts: [Path, string, Readonly<Record<string, unknown>>][] = [
      [[index, 'given'], entry.entity, it.given],
    ]
    for (const [at, given] of (it.members ?? []).entries())
      parts.push([[index, 'members', at], member, given])
    return parts.flatMap(([path, entity, given]) =>
      Object.entries(given)
        .filter(([name, value]) => !fits(pack, entity, name, value))
        .map(([name, value]) =>
          at('case-unknown-name', file, [...path, name], { name: it.name, what: `${name}: ${value}` }),
        ),
    )
  })

const fits = (pack: Pack, entity: string, name: string, value: unknown): boolean => {
  const entry = pack.facts[entity]?.[name]
  if (!entry) return false
  if (value === 'unknown') return entry.unknown
  if (value === null) return entry.absent
  if (entry.type === 'number' || entry.type === 'boolean') return typeof value === entry.type
  return typeof value === 'string' && (entry.values ? Object.hasOwn(entry.values, value) : true)
}
