import { type BusinessDate, Refusal } from '#base'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { saveBusinessDate } from '../../installation/installation.queries.server.ts'
import type { Command } from '../context.server.ts'
import { auditCommand } from '../operator.server.ts'
import { withInstallation } from '../session.server.ts'

type Move = (from: BusinessDate) => BusinessDate

/** `doudi clock`: shows a demo's business date, or moves it; a running installation follows within seconds. */
export const clockCommand: Command = (context, { args: [move], options }) =>
  withInstallation(context, async (session) => {
    const { installation, demo } = session
    const { out, words } = context
    const before = installation.clock.today()
    const after = move && !options.show ? (move as Move)(before) : before
    if (after !== before) {
      if (!demo) throw new Refusal('app.clock-real')
      await inScope(installation.database, everywhere, async (tx) => {
        await saveBusinessDate(tx, after)
        await auditCommand(tx, session, 'clock')
      })
      out.line(words.say('clock.moved', { before, date: after }))
    } else out.line(words.say('clock.date', { date: before }))
    out.result({ businessDate: after, before, demo })
    return undefined
  })
