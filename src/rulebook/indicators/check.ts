import type { BusinessDate, RegionCode } from '#base'
import {
  checkRead,
  type Finding,
  feedsOf,
  findingText,
  type Pack,
  packInForce,
  type Rule,
  readyCases,
  ruleText,
  runCases,
} from '#policy'
import {
  contentFrom,
  contentOf,
  indicatorsId,
  type PackContent,
  type PackLayer,
  readContent,
} from '../packs/content.ts'
import { type ReleasedVersion, versionFiles, versionKey } from '../packs/released-version.ts'
import { type Said, say } from '../proposing/say.ts'
import { documentIn } from '../proposing/source.ts'
import { writtenCase } from './cases.ts'
import type { VersionChange } from './change.ts'
import { checkTexts } from './check-texts.ts'
import type { CheckedVersion, VersionFinding } from './contract.ts'
import { placeOf } from './place-of.ts'

/** What a version is checked against. */
export interface Surroundings {
  /** The pack of indicators in force, and what it consists of. */
  readonly pack: Pack
  readonly content: string
  readonly today: BusinessDate
  /** The region of the installation: what is written for it holds everywhere. */
  readonly root: string
  readonly isOwnRegion: boolean
  readonly isDepartment: (code: string) => boolean
  readonly regionName: string
  readonly feedName: (kind: string) => string
  readonly language: 'zh-CN' | 'en'
}

/** The version as it would be released, with what is not filled in yet held open by dashes. */
export const versionOf = (
  change: VersionChange,
  basis: Rule,
  { root, today }: Pick<Surroundings, 'root' | 'today'>,
  id: string,
): ReleasedVersion => {
  const { name, grade, owner, route, period, sentence, region, from, until, clause } = change
  const named = change.source && documentIn(change.source, id)
  const document = named?.document ?? basis.sources[0]?.document ?? ''
  const own = { document, clause: clause || '—' }
  const kept = basis.sources.filter((one) => one.document !== own.document || one.clause !== own.clause)
  const said = ({ zh, en }: Said): Said => ({ zh: zh.trim() || '—', en: en.trim() || '—' })
  const indicator = change.isNew ? `own-${id.slice(-8)}` : basis.id
  return {
    id,
    number: 0,
    indicator,
    entry: {
      indicator,
      ...(region === root ? {} : { region }),
      ...{ entity: basis.entity, name: said(name), grade, owner, route, period, feeds: [] },
      effective: { from: from ?? today, ...(until ? { until } : {}) },
      values: Object.fromEntries(change.values.map((one) => [one.name, `${one.text.trim() || 'null'}\n`])),
      when: `${change.when.trim() || 'false'}\n`,
      sentence: said(sentence),
      sources: [own, ...kept],
      checkedOn: today,
    },
    cases: change.cases.map((one) => writtenCase({ ...one, name: one.name || '—' }, ['?'])),
    document,
    newDocument: named?.newDocument ?? null,
  }
}

/** The version with what follows from its condition: the files it reads, and what its open cases wait for. */
const completed = (
  version: ReleasedVersion,
  change: VersionChange,
  content: PackContent,
): ReleasedVersion => {
  const read = readAlone(content, version)
  const { pack } = read
  const rule = pack && ruleIn(pack, version)
  // Cases with facts that the pack does not know cannot run, and the checker says so.
  if (!pack || !rule || checkRead(read).some(isStrange)) return version
  const missing = new Map(
    runCases(pack).map(({ case: it, outcome }) => [
      pack.cases.indexOf(it),
      outcome.outcome === 'unknown' ? outcome.missing : ['?'],
    ]),
  )
  return {
    ...version,
    entry: { ...version.entry, feeds: [...feedsOf(rule, pack)] },
    cases: change.cases.map((one, index) =>
      writtenCase({ ...one, name: one.name || '—' }, missing.get(index) ?? ['?']),
    ),
  }
}

const isStrange = ({ code }: Finding): boolean => code === 'case-unknown-name'

const ruleIn = (pack: Pack, version: ReleasedVersion): Rule | undefined =>
  pack.rules.find(({ key }) => key === versionKey(version))

/** The version read with the facts, values and documents of the pack, but none of its other rules. */
const readAlone = (content: PackContent, version: ReleasedVersion) => {
  const layers = content.layers.map((layer) => (layer.id === indicatorsId ? withoutRules(layer) : layer))
  return readContent({ ...content, layers, versions: [version] }).read
}

const withoutRules = ({ id, files }: PackLayer): PackLayer => {
  const isOther = (path: string) =>
    path.endsWith('rules.yaml') || path.startsWith('cases/') || path.includes('/cases/')
  const kept = Object.entries(files).filter(([path]) => !isOther(path))
  return { id, files: { ...Object.fromEntries(kept), 'rules.yaml': '{}\n' } }
}

/** The pack as it would be with a version released. */
export const packWith = (text: string, version: ReleasedVersion) => {
  const { layers, released, versions = [] } = contentFrom(text)
  return readContent(contentOf(layers, { values: released, versions: [...versions, version] })).read
}

/** Everything that speaks against a version, each with its place, and the version it would be. Changes nothing. */
export const checkOf = (
  change: VersionChange,
  basis: Rule,
  around: Surroundings,
  id: string,
): { readonly checked: CheckedVersion; readonly version: ReleasedVersion } => {
  const content = contentFrom(around.content)
  const version = completed(versionOf(change, basis, around, id), change, content)
  const read = readAlone(content, version)
  const files = versionFiles(version)
  const told = checkRead(read)
  const found = told.map((finding): VersionFinding => {
    const plain = (language: 'zh-CN' | 'en') => findingText(finding, language).replace(/^[^:]+:\d+: /u, '')
    const text = caseFailing(finding) ?? { zh: plain('zh-CN'), en: plain('en') }
    return { ...placeOf(finding, files), text }
  })
  const findings = [...gapsIn(change, around, version), ...found.filter(isAsked(change))]
  const rule = read.pack && ruleIn(read.pack, version)
  if (read.pack && rule && change.when.trim() !== '') findings.push(...lackingCases(read.pack, rule))
  const results = read.pack && !told.some(isStrange) ? runCases(read.pack) : []
  return {
    version,
    checked: {
      isSound: findings.length === 0,
      findings,
      plain: read.pack && rule ? plainOf(read.pack, rule, version, around) : null,
      feeds: version.entry.feeds.map((kind) => around.feedName(kind)),
      cases: { total: change.cases.length, passed: results.filter(({ passed }) => passed).length },
    },
  }
}

/** What a failing case should be and is, in the words of the editor. */
const caseFailing = ({ code, details }: Finding): Said | undefined => {
  if (code !== 'case-fails') return undefined
  const { holds, holdsNot, open } = checkTexts.results
  const said = (result: unknown) => (result === 'true' ? holds : result === 'false' ? holdsNot : open)
  return say(checkTexts.caseFails, { expected: said(details.expected), actual: said(details.actual) })
}

/** What the checker says of dashes that hold a field open is said better by the field itself. */
const isAsked =
  ({ source, when }: VersionChange) =>
  ({ field }: VersionFinding): boolean =>
    !(field === 'source' && source === null) &&
    !(when.trim() === '' && (field === 'when' || field === 'cases'))

const plainOf = (pack: Pack, rule: Rule, { entry }: ReleasedVersion, { root, language }: Surroundings) => {
  const when = { on: entry.effective.from as BusinessDate, region: (entry.region ?? root) as RegionCode }
  return ruleText(packInForce(pack, when), rule.condition, language)
}

const at = (field: VersionFinding['field'], text: Said, index: number | null = null): VersionFinding => ({
  ...{ field, at: null, line: null, case: index },
  text,
})

const isSaid = ({ zh, en }: Said): boolean => zh.trim() !== '' && en.trim() !== ''

/** What the person who writes has not said yet, or may not say. */
const gapsIn = (change: VersionChange, around: Surroundings, version: ReleasedVersion): VersionFinding[] => {
  const { from, until, source, region } = change
  const { pack, today, root, regionName } = around
  const findings: VersionFinding[] = []
  if (!isSaid(change.name)) findings.push(at('name', checkTexts.name))
  if (change.when.trim() === '') findings.push(at('when', checkTexts.when))
  if (!isSaid(change.sentence)) findings.push(at('sentence', checkTexts.sentence))
  if (!around.isOwnRegion) findings.push(at('region', say(checkTexts.outside, { region: regionName })))
  if (!around.isDepartment(change.owner)) findings.push(at('owner', checkTexts.owner))
  if (source === null) findings.push(at('source', checkTexts.source))
  else if ('document' in source && !pack.sources[source.document])
    findings.push(at('source', checkTexts.noDocument))
  if (change.clause === '') findings.push(at('clause', checkTexts.clause))
  if (from === null) findings.push(at('from', checkTexts.from))
  else if (from < today) findings.push(at('from', say(checkTexts.past, { today })))
  if (from !== null && until !== null && until <= from) findings.push(at('until', checkTexts.untilBeforeFrom))
  const own = region === root ? undefined : region
  const same = pack.rules.find(
    (rule) => rule.id === version.indicator && rule.region === own && rule.effective.from === from,
  )
  if (same && from !== null) findings.push(at('from', say(checkTexts.sameDay, { region: regionName, from })))
  for (const [index, { name }] of change.cases.entries())
    if (name === '') findings.push(at('cases', checkTexts.caseName, index))
  return findings
}

/** A version is tried where it holds, where it does not and, if facts may be missing, where that leaves it open. */
const lackingCases = (pack: Pack, rule: Rule): VersionFinding[] => {
  const expected = readyCases(pack).map(({ case: { expect } }) => expect)
  const lacks: VersionFinding[] = []
  if (!expected.includes(true)) lacks.push(at('cases', checkTexts.holds))
  if (!expected.includes(false)) lacks.push(at('cases', checkTexts.holdsNot))
  if (rule.condition.type.unknown && !expected.some((one) => typeof one === 'object'))
    lacks.push(at('cases', checkTexts.open))
  return lacks
}
