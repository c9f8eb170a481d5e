import { type Endpoint, serve } from '#access/server'
import { Refusal } from '#base'
import type { Pack } from '#policy'
import { lastVersions } from '../library/reach.ts'
import { contentFrom } from '../packs/content.ts'
import type { Rulebook } from '../packs/rulebook.server.ts'
import { type CaseView, readCases } from './contract.ts'
import { casesOf, packsWithCases } from './run-cases.ts'

interface Ran {
  readonly pack: Pack
  readonly cases: readonly CaseView[]
}

/** The route that runs the cases of the packs in force. */
export const caseEndpoints = (rulebook: Rulebook): Endpoint[] => {
  // The same pack gives the same answers: a pack's cases are run once.
  const ran = new Map<string, readonly Ran[]>()
  return [
    serve(readCases, async ({ tx, query }) => {
      const all: Ran[] = []
      for (const id of rulebook.packIds) {
        const { hash, content } = await rulebook.packIn(tx, id)
        const known =
          ran.get(hash) ??
          packsWithCases(contentFrom(content)).map((pack) => ({ pack, cases: casesOf(pack) }))
        ran.set(hash, known)
        for (const oldest of [...ran.keys()].slice(0, -rulebook.packIds.length)) ran.delete(oldest)
        all.push(...known)
      }
      const chosen = all.find(({ pack }) => pack.head.id === query.pack) ?? (query.pack ? undefined : all[0])
      if (query.pack && !chosen) throw new Refusal('rulebook.no-such-programme', { name: query.pack })
      const cases = [...(chosen?.cases ?? [])]
      const passed = cases.filter((one) => one.passed).length
      return {
        pack: chosen?.pack.head.id ?? '',
        packs: all.map(({ pack }) => ({ id: pack.head.id, title: pack.head.title })),
        subjects: chosen ? subjectsOf(chosen.pack) : [],
        passed,
        failed: cases.length - passed,
        cases,
      }
    }),
  ]
}

const subjectsOf = (pack: Pack) => [
  ...Object.entries(pack.programmes).map(([id, { name }]) => ({ id, name })),
  ...lastVersions(pack).map(({ id, name }) => ({ id, name })),
]
