import { instant, Refusal, shanghaiTextOf } from '#base'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import type { Command, Context } from '../context.server.ts'
import { ask } from '../operator.server.ts'
import { type Session, withInstallation } from '../session.server.ts'
import { findHouseholdByNumber } from './chain.queries.server.ts'

interface Entry {
  readonly seq: number
  readonly at: string
  readonly businessDate: string
  readonly kind: string
  readonly text: { readonly zh: string; readonly en: string }
  readonly by: string | null
}

const allEntries = async (session: Session, { words }: Context, id: string): Promise<Entry[]> => {
  const entries: Entry[] = []
  let before: number | null = null
  do {
    const page: { entries: Entry[]; next: number | null } = await ask(session, words, {
      method: 'GET',
      path: '/api/v1/registry/households/:id/chain',
      params: { id },
      ...(before === null ? {} : { query: { before } }),
    })
    entries.push(...page.entries)
    before = page.next
  } while (before !== null)
  return entries.reverse()
}

/** `doudi chain HOUSEHOLD`: what happened for a household, first to last. */
export const chainCommand: Command = (context, { args }) =>
  withInstallation(context, async (session) => {
    const { out, words } = context
    const number = String(args[0])
    const household = await inScope(session.installation.database, everywhere, (tx) =>
      findHouseholdByNumber(tx, number),
    )
    if (!household) throw new Refusal('app.no-such-household', { number })
    const entries = await allEntries(session, context, household.id)
    out.line(words.say('chain.household', { number, place: household.place ?? '' }))
    if (!entries.length) out.line(words.say('chain.none'))
    for (const { at, text } of entries) {
      const sentence = words.language === 'en' ? text.en : text.zh
      out.line(`${shanghaiTextOf(instant(at)).slice(0, 16)}  ${sentence}`)
    }
    out.result({
      household: number,
      entries: entries.map(({ at, businessDate, kind, text }) => ({ at, businessDate, kind, text })),
    })
    return undefined
  })
