import { type Endpoint, recordAudit, type Secrecy, serve } from '#access/server'
import { Refusal } from '#base'
import { recordEvent } from '#store/server'
import { revealNumber, searchPeople } from './contract.ts'
import { findPeople } from './found.server.ts'
import { numberContext } from './number.server.ts'
import { refuseNumberIn } from './number-in-text.ts'
import { findNumber } from './people.queries.server.ts'

const pageSize = 20

const searchEndpoint = (secrecy: Secrecy): Endpoint =>
  serve(searchPeople, ({ tx, actor, clock, language, body }) =>
    findPeople(
      tx,
      secrecy,
      { text: body.text, anywhere: body.anywhere, language, today: clock.today(), scope: actor.scope },
      { after: body.cursor, limit: pageSize },
    ),
  )

const revealEndpoint = (secrecy: Secrecy): Endpoint =>
  serve(revealNumber, async ({ tx, clock, actor, params, body }) => {
    refuseNumberIn(body.reason)
    const row = await findNumber(tx, params.id)
    if (!row) throw new Refusal('access.not-found')
    if (row.number_cipher === null) throw new Refusal('registry.no-number')
    await recordAudit(tx, clock, {
      action: 'registry.number-revealed',
      accountId: actor.accountId,
      subjectKind: 'person',
      subjectId: row.id,
      regionCode: row.region_code,
      details: { reason: body.reason },
    })
    await recordEvent(tx, clock, {
      kind: 'registry.number-revealed',
      regionCode: row.region_code,
      householdId: row.household_id,
      subjectId: row.id,
      actorId: actor.accountId,
      data: { reason: body.reason },
    })
    return { number: secrecy.decryptText(row.number_cipher, numberContext) }
  })

export const peopleEndpoints = (secrecy: Secrecy): readonly Endpoint[] => [
  searchEndpoint(secrecy),
  revealEndpoint(secrecy),
]
