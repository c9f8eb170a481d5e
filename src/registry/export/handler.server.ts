import { Readable } from 'node:stream'
import { type Endpoint, recordAudit, type Secrecy, serve } from '#access/server'
import { findLeads } from '../leads/handler.server.ts'
import { findPeople } from '../people/found.server.ts'
import { exportLeads, exportPeople, mostExported } from './contract.ts'
import { exportFileName, leadsFile, peopleFile } from './lines.ts'

const pageSize = 1000

interface Page<Row> {
  readonly items: readonly Row[]
  readonly next: string | null
}

/** Reads page after page until the end or the most that one file holds. */
const readAll = async <Row>(
  read: (page: { readonly after: string | undefined; readonly limit: number }) => Promise<Page<Row>>,
  most: number,
): Promise<{ readonly rows: Row[]; readonly isCut: boolean }> => {
  const rows: Row[] = []
  let after: string | undefined
  while (rows.length < most) {
    const page = await read({ after, limit: Math.min(pageSize, most - rows.length) })
    rows.push(...page.items)
    if (page.next === null) return { rows, isCut: false }
    after = page.next
  }
  return { rows, isCut: true }
}

const leadsEndpoint = (most: number): Endpoint =>
  serve(exportLeads, async ({ tx, clock, actor, query, language: asked }) => {
    const { language = asked, ...filters } = query
    const { rows, isCut } = await readAll((page) => findLeads(tx, filters, clock.today(), page), most)
    await recordAudit(tx, clock, {
      action: 'registry.leads-exported',
      accountId: actor.accountId,
      regionCode: actor.organisation.regionCode,
      details: { filters, rows: rows.length, isCut },
    })
    return {
      fileName: exportFileName('leads', language, clock.today()),
      mediaType: 'text/csv; charset=utf-8',
      content: Readable.from([leadsFile(rows, { language, isCut })]),
    }
  })

const peopleEndpoint = (secrecy: Secrecy, most: number): Endpoint =>
  serve(exportPeople, async ({ tx, clock, actor, body, language }) => {
    const asked = {
      text: body.text,
      anywhere: body.anywhere,
      language,
      today: clock.today(),
      scope: actor.scope,
    }
    let by = ''
    const { rows, isCut } = await readAll(async (page) => {
      const found = await findPeople(tx, secrecy, asked, page)
      by = found.by
      return found
    }, most)
    // What was typed may be a number or a name: only the way of searching is written down.
    await recordAudit(tx, clock, {
      action: 'registry.people-exported',
      accountId: actor.accountId,
      regionCode: actor.organisation.regionCode,
      details: { by, rows: rows.length, isCut },
    })
    return {
      fileName: exportFileName('people', language, clock.today()),
      content: peopleFile(rows, { language, isCut }),
    }
  })

/** Lists as files. `most` differs only in tests. */
export const exportEndpoints = (secrecy: Secrecy, most = mostExported): readonly Endpoint[] => [
  leadsEndpoint(most),
  peopleEndpoint(secrecy, most),
]
