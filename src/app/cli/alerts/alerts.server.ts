import { type AlertRow, listAlerts } from '#monitoring'
import type { Command, Context, Given } from '../context.server.ts'
import { ask } from '../operator.server.ts'
import { withInstallation } from '../session.server.ts'
import { cutTo } from '../width.ts'
import type { WordKey } from '../words.ts'

interface Options {
  readonly grade?: string
  readonly status?: string
  readonly indicator?: string
  readonly region?: string
  readonly limit: number
}

const pageSize = 100

const head = ['number', 'grade', 'indicator', 'subject', 'region', 'due', 'status', 'holder'] as const

const print = ({ out, words }: Context, rows: readonly AlertRow[], more: boolean): void => {
  if (rows.length === 0) {
    out.line(words.say('alerts.none'))
    return
  }
  out.table(
    head.map((name) => words.say(`head.${name}`)),
    rows.map((row) => [
      row.number,
      words.say(`grade.${row.grade}`),
      row.indicatorName,
      row.subject,
      row.region.name,
      row.awaitingCalendar ? words.say('alerts.awaiting') : (row.dueOn ?? ''),
      words.say(`alert.${row.status}` as WordKey),
      cutTo(row.holder?.name ?? '', 30),
    ]),
  )
  if (more) out.line(words.say('alerts.more', { count: rows.length }))
}

/** `doudi alerts`: the desk, due soonest first; names masked as on the pages. */
export const alertsCommand: Command = (context: Context, { options }: Given) =>
  withInstallation(context, async (session) => {
    const { limit, ...filters } = options as unknown as Options
    const rows: AlertRow[] = []
    let after: string | null = null
    do {
      const query = {
        ...filters,
        limit: Math.min(pageSize, limit - rows.length),
        ...(after ? { after } : {}),
      }
      const { method, path } = listAlerts
      const page: { rows: AlertRow[]; next: string | null } = await ask(session, context.words, {
        method,
        path,
        query,
      })
      rows.push(...page.rows)
      after = page.next
    } while (after !== null && rows.length < limit)
    print(context, rows, after !== null)
    context.out.result({ alerts: rows, more: after !== null })
    return undefined
  })
