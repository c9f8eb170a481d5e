import type { Command, Context } from '../context.server.ts'
import { ask } from '../operator.server.ts'
import { type Session, withInstallation } from '../session.server.ts'
import { cutTo } from '../width.ts'
import { type FeedAnswer, kindName, statusName } from './figures.server.ts'

interface Options {
  readonly kind?: string
  readonly status?: string
  readonly limit: number
}

type Row = Omit<FeedAnswer, 'refusal' | 'quarantine' | 'reasons' | 'layoutId'>

const pageSize = 100
const head = ['file', 'kind', 'period', 'status', 'accepted', 'rejected', 'id'] as const

const allRows = async (session: Session, { words }: Context, options: Options): Promise<Row[]> => {
  const { limit, ...filters } = options
  const rows: Row[] = []
  let after: string | null = null
  do {
    const query = { ...filters, limit: Math.min(pageSize, limit - rows.length), ...(after ? { after } : {}) }
    const page: { rows: Row[]; next: string | null } = await ask(session, words, {
      method: 'GET',
      path: '/api/v1/exchange/feeds',
      query,
    })
    rows.push(...page.rows)
    after = page.next
  } while (after !== null && rows.length < limit)
  return rows
}

/** `doudi feed list`: the files received, newest first. */
export const listCommand: Command = (context, { options }) =>
  withInstallation(context, async (session) => {
    const { out, words } = context
    const rows = await allRows(session, context, options as unknown as Options)
    if (rows.length === 0) out.line(words.say('feed.none'))
    else
      out.table(
        head.map((name) => words.say(`head.${name}`)),
        rows.map((row) => [
          cutTo(row.fileName, 44),
          kindName(words, row.kind),
          row.period ?? '',
          statusName(words, row.status),
          row.rowsAccepted,
          row.rowsRejected,
          row.id,
        ]),
      )
    out.result({
      feeds: rows.map(({ id, kind, fileName, period, region, status, ...row }) => ({
        ...{ id, kind, fileName, period, region: region.code, status },
        rowsIn: row.rowsIn,
        rowsAccepted: row.rowsAccepted,
        rowsRejected: row.rowsRejected,
        receivedAt: row.receivedAt,
      })),
    })
    return undefined
  })
