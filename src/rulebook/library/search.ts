import type { Pack } from '#policy'
import type { Hit } from './contract.ts'
import { decidingRules, lastVersions, rulesBehind } from './reach.ts'
import { demoId } from './view.ts'

const most = 60

/** Finds what is called by a word, or speaks of it: names, labels, articles, numbers of documents. */
export const searchPacks = (
  packs: readonly Pack[],
  wanted: string,
): { readonly hits: readonly Hit[]; readonly hasMore: boolean } => {
  const word = wanted.toLowerCase()
  const holds = (...texts: (string | undefined)[]) => texts.some((text) => text?.toLowerCase().includes(word))
  const hits = packs.flatMap((pack) => hitsIn(pack, holds))
  return { hits: hits.slice(0, most), hasMore: hits.length > most }
}

type Holds = (...texts: (string | undefined)[]) => boolean

const hitsIn = (pack: Pack, holds: Holds): Hit[] => {
  const of = pack.head.id
  const about = pack.head.id === demoId ? { zh: '演示参数', en: 'demonstration' } : pack.head.title
  const both = (text: string) => ({ zh: text, en: text })
  const cited = (sources: Pack['rules'][number]['sources']) => {
    const texts = sources.map(
      ({ document, clause }) =>
        `${pack.sources[document]?.number ?? pack.sources[document]?.title.zh ?? document} ${clause}`,
    )
    return texts.length > 0 ? both(texts.join('；')) : about
  }
  const programmes = Object.entries(pack.programmes).map(
    ([id, { name, sources }]): Hit => ({
      kind: 'programme',
      id,
      pack: of,
      name,
      at: { kind: 'programmes', id },
      about: cited(sources),
    }),
  )
  const indicators = lastVersions(pack).map(
    ({ id, name, sources }): Hit => ({
      kind: 'indicator',
      id,
      pack: of,
      name,
      at: { kind: 'indicators', id },
      about: cited(sources),
    }),
  )
  const users = new Map(
    Object.keys(pack.programmes)
      .toReversed()
      .flatMap((id) => rulesBehind(pack, decidingRules(pack, id)).map((rule) => [rule, id] as const)),
  )
  const rules = [...pack.definitions].map(([id, { name, sources }]): Hit => {
    const user = users.get(id)
    return {
      kind: 'rule',
      id,
      pack: of,
      name,
      at: user ? { kind: 'programmes', id: user } : null,
      about: cited(sources),
    }
  })
  const parameters = Object.entries(pack.parameters).map(
    ([id, { label }]): Hit => ({ kind: 'parameter', id, pack: of, name: label, at: null, about }),
  )
  const documents = Object.entries(pack.sources).map(
    ([id, { title, number, issuer }]): Hit => ({
      kind: 'document',
      id,
      pack: of,
      name: title,
      at: null,
      about: number ? { zh: `${issuer.zh} ${number}`, en: `${issuer.en} ${number}` } : issuer,
    }),
  )
  return [...programmes, ...indicators, ...parameters, ...rules, ...documents].filter(
    ({ id, name, about: told }) => holds(id, name.zh, name.en, told.zh),
  )
}
