import { namePlaces } from '#access/server'
import type { DecidedProgramme, Pack } from '#policy'
import { missingText } from '#policy'
import type { Tx } from '#store/server'
import type { CheckedPack } from '../packs/packs.server.ts'
import { outcomeWord } from './changes.ts'
import type { TrialResult } from './contract.ts'
import { namesOf, type ReadyTrial } from './judge.ts'
import type { Callings } from './reasons.ts'

type Language = 'zh-CN' | 'en'

/** The pack that holds the values of a demonstration, which are nobody's real standards. */
const demoPack = 'demo'

/** A pack as a page names it. */
export const viewOfPack = ({ pack, hash }: Pick<CheckedPack, 'pack' | 'hash'>) => ({
  id: pack.head.id,
  title: pack.head.title,
  version: pack.head.version,
  hash,
  isDemo: pack.head.id === demoPack,
})

/** The results as a page shows them. */
export const resultsOf = (
  ready: ReadyTrial,
  decided: readonly DecidedProgramme[],
  language: Language,
): TrialResult[] => {
  const { pack } = ready.force
  const names = namesOf(ready, language === 'en' ? 'en' : 'zh')
  return decided.map((one) => {
    const entry = pack.programmes[one.programme]
    return {
      programme: one.programme,
      name: entry?.name ?? { zh: one.programme, en: one.programme },
      tier: entry?.tier ?? 'special',
      place: one.place,
      who: one.place === '' ? '' : (names.get(one.place) ?? one.place),
      outcome: outcomeWord(one.outcome),
      amount: amountOf(one),
      missing: missingOf(pack, one, language),
    }
  })
}

// What somebody would get who is not entitled says nothing.
const amountOf = ({ outcome, amount, per }: DecidedProgramme): TrialResult['amount'] =>
  outcome.outcome === 'known' && outcome.value && typeof amount === 'number' && per !== undefined
    ? { fen: amount, per }
    : null

const missingOf = (pack: Pack, { outcome, amount }: DecidedProgramme, language: Language): string[] => {
  const open = [outcome, outcome.outcome === 'known' && !outcome.value ? null : amount]
  const names = open.flatMap((one) =>
    typeof one === 'object' && one !== null && 'missing' in one ? [...one.missing] : [],
  )
  return [...new Set(names.map((name) => missingText(pack, name, language)))]
}

/** How packs and places are called for the reasons of a trial. */
export const callingsFor = async (tx: Tx, { force }: ReadyTrial, language: Language): Promise<Callings> => {
  const { pack, parameters } = force
  const regions = [...parameters.values()].flatMap(({ region }) => region ?? [])
  const placeOf = await namePlaces(tx, regions)
  const country = language === 'en' ? 'the whole country' : '全国'
  return {
    packTitle: (id) => ({
      title: id === pack.head.id ? pack.head.title[language === 'en' ? 'en' : 'zh'] : id,
      isDemo: id === demoPack,
    }),
    placeName: (code) => (/^0+$/u.test(code) ? country : placeOf(code).name),
  }
}
