import type { BusinessDate, RegionCode } from '#base'
import { checkRead, type Finding, findingText, type Pack, packInForce, plainValueText } from '#policy'
import { contentFrom, contentOf, readContent, regionIn } from '../packs/content.ts'
import type { ReleasedValue } from '../packs/released-value.ts'
import { type Said, say } from '../proposing/say.ts'
import { checkTexts } from './check-texts.ts'
import { type Check, type Checked, checkIds } from './contract.ts'

/** What a change is checked against. */
export interface Surroundings {
  /** The pack in force, whose own layer the value would join, and what it consists of. */
  readonly pack: Pack
  readonly content: string
  readonly today: BusinessDate
  /** Whether whoever asks may speak for the region. */
  readonly isOwnRegion: boolean
  readonly nameOf: (regionCode: string) => string
}

type Texts = Partial<Record<Check['id'], Said[]>>

/** The pack as it would be with a value released for it. */
export const withValue = (content: string, row: ReleasedValue) => {
  const { layers, released, versions = [] } = contentFrom(content)
  const values = [...released, { ...row, number: Number.MAX_SAFE_INTEGER }]
  return readContent(contentOf(layers, { values, versions }))
}

/** Everything that speaks against a value, in sentences, and what is worth knowing. Changes nothing. */
export const checkValue = (row: ReleasedValue, around: Surroundings): Checked => {
  const { pack, nameOf } = around
  const entry = pack.parameters[row.parameter]
  const after = valueSaid(pack, row.parameter, row.value)
  if (!entry) {
    const text = say(checkTexts.noParameter, { name: row.parameter })
    return { isSound: false, checks: inOrder({ value: [text] }), notices: [], before: null, after }
  }
  const label = entry.label
  const region = nameOf(row.region)
  const texts: Texts = {}
  const tell = (id: Check['id'], text: Said) => {
    texts[id] = [...(texts[id] ?? []), text]
  }
  if (!around.isOwnRegion) tell('region', say(checkTexts.outside, { region }))
  const layerRegion = ownRegionOf(around.content)
  if (!isInside(layerRegion, row.region))
    tell('region', say(checkTexts.notOfPack, { region, pack: pack.head.title }))
  if (row.until !== null && row.until <= row.from) tell('period', say(checkTexts.untilBeforeFrom))
  if (!row.newDocument && !pack.sources[row.document]) tell('source', say(checkTexts.noDocument))
  const { read, contradictions } = withValue(around.content, row)
  if (contradictions.some((one) => one.row.id === row.id))
    tell('period', say(checkTexts.sameDay, { label, region, from: row.from }))
  const isSourceKnown = !texts.source
  for (const finding of checkRead(read)) {
    const id = checkOfFinding[finding.code] ?? 'rules'
    if (id === 'source' && !isSourceKnown) continue
    tell(id, findingSaid(pack, finding))
  }
  const isSound = Object.keys(texts).length === 0
  return {
    isSound,
    checks: inOrder(texts),
    notices: noticesOf(row, around),
    before: beforeOf(row, pack),
    after,
  }
}

const inOrder = (texts: Texts): Check[] =>
  checkIds.map((id) => ({ id, isSound: !texts[id], texts: texts[id] ?? [] }))

const ownRegionOf = (content: string): string => regionIn(contentFrom(content).layers.at(-1)?.files ?? {})

const isInside = (outer: string, inner: string): boolean => inner.startsWith(outer.replace(/0+$/u, ''))

const checkOfFinding: Partial<Record<Finding['code'], Check['id']>> = {
  'value-out-of-range': 'value',
  'under-floor': 'floor',
  'values-overlap': 'period',
  'values-gap': 'period',
  'no-source': 'source',
  'no-check-date': 'source',
  'unknown-document': 'source',
  'case-fails': 'cases',
  'threshold-without-case': 'cases',
}

/** What the checker found, in the words of the page: labels for names, yuan for fen. */
const findingSaid = (pack: Pack, finding: Finding): Said => {
  const { code, details } = finding
  const name = String(details.name ?? '')
  const entry = pack.parameters[name]
  const plain = (language: 'zh-CN' | 'en') => findingText(finding, language).replace(/^[^:]+:\d+: /u, '')
  if (!entry) return { zh: plain('zh-CN'), en: plain('en') }
  const label = entry.label
  if (code === 'values-overlap') return say(checkTexts.overlap, { label })
  if (code === 'values-gap') return say(checkTexts.gap, { label })
  if (code === 'under-floor') {
    const floor = String(details.parameter)
    return say(checkTexts.floor, {
      label,
      value: valueSaid(pack, name, Number(details.value)),
      floor: pack.parameters[floor]?.label ?? floor,
      least: valueSaid(pack, floor, Number(details.floor)),
      times: String(details.times),
    })
  }
  if (code !== 'value-out-of-range') return { zh: plain('zh-CN'), en: plain('en') }
  return misfitSaid(pack, name, details.value)
}

/** Why a parameter cannot have a value: its options, its type or its range. */
export const misfitSaid = (pack: Pack, name: string, value: unknown): Said => {
  const entry = Object.hasOwn(pack.parameters, name) ? pack.parameters[name] : undefined
  if (!entry) return say(checkTexts.noParameter, { name })
  const label = entry.label
  if (entry.options) {
    const list = (key: 'zh' | 'en') => Object.values(entry.options ?? {}).map((option) => option[key])
    return say(checkTexts.options, {
      label,
      options: { zh: list('zh').join('、'), en: list('en').join(', ') },
    })
  }
  if (!entry.range || Number.isNaN(Number(value))) return say(checkTexts.type, { label })
  const [low, high] = entry.range
  return say(checkTexts.range, {
    label,
    low: valueSaid(pack, name, low),
    high: valueSaid(pack, name, high),
  })
}

/** A value of a parameter as people read it. */
export const valueSaid = (pack: Pack, name: string, value: ReleasedValue['value']): Said => {
  const entry = pack.parameters[name]
  const form = { unit: entry?.unit, labels: entry?.options }
  return { zh: plainValueText(value, form, 'zh-CN'), en: plainValueText(value, form, 'en') }
}

const beforeOf = (row: ReleasedValue, pack: Pack): Said | null => {
  const force = packInForce(pack, { on: row.from as BusinessDate, region: row.region as RegionCode })
  const value = force.parameters.get(row.parameter)?.value
  const isOpen = value === undefined || (typeof value === 'object' && value !== null && 'outcome' in value)
  return isOpen ? null : valueSaid(pack, row.parameter, value as ReleasedValue['value'])
}

const noticesOf = (row: ReleasedValue, { pack, today, nameOf }: Surroundings): Said[] => {
  const region = nameOf(row.region)
  const notices: Said[] = []
  if (row.from < today) notices.push(say(checkTexts.retroactive, { from: row.from, today }))
  const before = beforeOf(row, pack)
  if (before?.zh === valueSaid(pack, row.parameter, row.value).zh)
    notices.push(say(checkTexts.same, { from: row.from, region }))
  const values = pack.parameters[row.parameter]?.values ?? []
  const [next] = values
    .filter((value) => value.region === row.region && value.from > row.from)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
  if (next) notices.push(say(checkTexts.superseded, { from: next.from }))
  const narrower = new Set(
    values.flatMap((value) =>
      value.region && value.region !== row.region && isInside(row.region, value.region) ? [value.region] : [],
    ),
  )
  for (const code of narrower) notices.push(say(checkTexts.narrower, { region: nameOf(code) }))
  return notices
}
