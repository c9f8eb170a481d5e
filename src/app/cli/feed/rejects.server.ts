import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Download } from '#access/server'
import { Refusal } from '#base'
import type { Command, Context } from '../context.server.ts'
import { ask } from '../operator.server.ts'
import { type Session, withInstallation } from '../session.server.ts'
import type { FeedAnswer } from './figures.server.ts'

interface Options {
  readonly out?: string
  readonly limit: number
}

interface RejectRow {
  readonly seq: number
  readonly sheet: string | null
  readonly line: number
  readonly column: string
  readonly reason: string
  readonly text: { readonly zh: string; readonly en: string }
  readonly maskedValue: string
}

const pageSize = 200
const folder = '/api/v1/exchange/feeds/:id'

const listRows = async (session: Session, { words }: Context, id: string, limit: number) => {
  const rows: RejectRow[] = []
  let after: number | null = 0
  do {
    const query = { after, limit: Math.min(pageSize, limit - rows.length) }
    const page: { rows: RejectRow[]; next: number | null } = await ask(session, words, {
      method: 'GET',
      path: `${folder}/rejects`,
      params: { id },
      query,
    })
    rows.push(...page.rows)
    after = page.next
  } while (after !== null && rows.length < limit)
  return { rows, more: after !== null }
}

// The sheet holds the cells as they were sent, numbers of people among them: for its owner's eyes only.
const writeSheet = async (
  session: Session,
  { words }: Context,
  id: string,
  path: string,
): Promise<string> => {
  const file = resolve(path)
  const { content } = await ask<Download>(session, words, {
    method: 'GET',
    path: `${folder}/rejects.xlsx`,
    params: { id },
    audit: 'feed rejects',
  })
  if (!Buffer.isBuffer(content)) throw new Refusal('app.file-trouble', { path: file, reason: 'stream' })
  writeFileSync(file, content, { mode: 0o600, flag: 'wx' })
  return file
}

/** `doudi feed rejects ID`: rows that were rejected, values masked; `--out` writes the sheet that can be mended. */
export const rejectsCommand: Command = (context, { args, options }) =>
  withInstallation(context, async (session) => {
    const { out, words } = context
    const id = String(args[0])
    const { out: path, limit } = options as unknown as Options
    const { rowsRejected } = await ask<FeedAnswer>(session, words, {
      method: 'GET',
      path: folder,
      params: { id },
    })
    const { rows, more } = await listRows(session, context, id, limit)
    if (rows.length === 0) out.line(words.say('feed.noRejects'))
    else
      out.table(
        (['line', 'column', 'value', 'reason'] as const).map((name) => words.say(`head.${name}`)),
        rows.map((row) => [
          row.sheet ? `${row.sheet} ${row.line}` : row.line,
          row.column,
          row.maskedValue,
          words.pick(row.text),
        ]),
      )
    if (more) out.line(words.say('feed.moreRejects'))
    const file = path ? await writeSheet(session, context, id, path) : null
    if (file) out.line(words.say('feed.written', { file }))
    out.result({
      id,
      rejected: rowsRejected,
      rows: rows.map(({ seq, sheet, line, column, reason, maskedValue }) => ({
        ...{ seq, sheet, line, column, reason, value: maskedValue },
      })),
      file,
    })
    return undefined
  })
