import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ReplyOf } from '#access'
import { newId } from '#base'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import type { TestClient } from '#testing/server.ts'
import { openSql, type PlainSql } from '#testing/sql.ts'
import type { readBasis } from '../indicators/contract.ts'
import { decidingPlace as place, startDeciding } from '../testing/deciding.server.ts'
import { makeSmallPacks } from '../testing/small-packs.server.ts'

const room = '/api/v1/rulebook'
const patience = 60_000
let packs: ReturnType<typeof makeSmallPacks>
let urls: { readonly ownerUrl: string; readonly appUrl: string }
let server: Awaited<ReturnType<typeof startDeciding>>
let sql: PlainSql
let proposer: TestClient
let second: TestClient
let third: TestClient
let basis: ReplyOf<typeof readBasis>

beforeAll(async () => {
  packs = makeSmallPacks()
  urls = await cloneDatabase()
  server = await startDeciding({ appUrl: urls.appUrl, policies: packs.folder })
  sql = await openSql(urls.ownerUrl)
  const valid = { valid_from: '2000-01-01', parent_code: null }
  await inScope(server.database, everywhere, (tx) =>
    tx
      .insertInto('regions')
      .values({ code: place, name: '大理白族自治州', level: 'city', ...valid })
      .execute(),
  )
  proposer = await server.as('county-officer', { regionCode: place })
  second = await server.as('supervisor', { regionCode: place })
  third = await server.as('supervisor', { regionCode: place })
  basis = (await proposer.get<ReplyOf<typeof readBasis>>(`${room}/indicators/second-home/basis`)).body
}, patience)
afterAll(async () => {
  await sql.close()
  await server.close()
  packs.remove()
})

type Kind = (typeof kinds)[number]['kind']
const kinds = [
  { kind: 'parameter-proposals', decisions: 'parameter_decisions', event: 'rulebook.parameter-released' },
  { kind: 'indicator-proposals', decisions: 'indicator_decisions', event: 'rulebook.indicator-released' },
] as const

let days = 0
/** A change like the others, from a day of its own, so that all of them fit together. */
const changeOf = (kind: Kind): object => {
  days += 1
  const from = `2027-${String(1 + Math.floor(days / 28)).padStart(2, '0')}-${String(1 + (days % 28)).padStart(2, '0')}`
  const shared = { from, until: null, region: place, note: null }
  if (kind === 'parameter-proposals')
    return {
      ...shared,
      ...{ pack: 'small-place', parameter: 'standardFen', value: 60_000 + days },
      ...{ source: { document: 'doc-2020-1' }, clause: '一' },
    }
  return { ...basis.change, ...shared, source: { document: 'dibao-2021-57' }, clause: '第十四条' }
}

interface Answer {
  readonly id: string
  readonly number: number
  readonly done: boolean
  readonly code: string
  readonly detail: string
}
type Step = 'release' | 'decline' | 'withdraw'

const propose = async (kind: Kind): Promise<Answer> => {
  const { status, body } = await proposer.post<Answer>(`${room}/${kind}`, changeOf(kind))
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const pathOf = (kind: Kind, id: string, step: Step) => `${room}/${kind}/${id}/${step}`
const bodyOf = (step: Step) => (step === 'release' ? {} : { reason: '条款写错' })
const decide = (client: TestClient, kind: Kind, id: string, step: Step, key: string = newId()) =>
  client.post<Answer>(pathOf(kind, id, step), bodyOf(step), { 'idempotency-key': key })

/** What is kept of a decision, table by table. */
const keptOf = ({ decisions, event }: (typeof kinds)[number], id: string) =>
  inScope(server.database, everywhere, async (tx) => {
    const decided = await tx.selectFrom(decisions).select('outcome').where('proposal_id', '=', id).execute()
    const of = (table: 'events' | 'audit_entries') =>
      tx.selectFrom(table).select('seq').where('subject_id', '=', id)
    const events = await of('events').where('kind', '=', event).execute()
    const audits = await of('audit_entries').where('action', 'like', 'POST %/:id/%').execute()
    return {
      decisions: decided.map(({ outcome }) => outcome),
      events: events.length,
      audits: audits.length,
    }
  })

describe.for(kinds)('$kind', (table) => {
  const { kind } = table

  test.for([
    ['release', 'release'],
    ['release', 'decline'],
    ['decline', 'decline'],
    ['release', 'withdraw'],
    ['decline', 'withdraw'],
  ] as const)('of a %s and a %s at the same instant one stands and the other is told', async (steps) => {
    const { id, number } = await propose(kind)
    const [one, two] = steps
    const replies = await Promise.all([
      decide(second, kind, id, one),
      decide(two === 'withdraw' ? proposer : third, kind, id, two),
    ])
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const refused = replies.find(({ status }) => status === 409)?.body
    expect(refused?.code).toBe('rulebook.proposal-decided')
    expect(refused?.detail).toContain(String(number))
    const stood = steps[replies.findIndex(({ status }) => status === 200)]
    const outcome = { release: 'released', decline: 'declined', withdraw: 'withdrawn' }[stood ?? 'release']
    expect(await keptOf(table, id)).toEqual({
      decisions: [outcome],
      events: stood === 'release' ? 1 : 0,
      audits: 1,
    })
  })

  test('many who decide at the same instant leave one decision', async () => {
    const { id } = await propose(kind)
    const replies = await Promise.all(
      [second, third, second, third, second, third].map((client, index) =>
        decide(client, kind, id, index % 3 === 0 ? 'decline' : 'release'),
      ),
    )
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409, 409])
    expect(await keptOf(table, id)).toMatchObject({ decisions: { length: 1 }, audits: 1 })
  })

  test('whoever proposed is refused, also at the instant at which another releases', async () => {
    const { id } = await propose(kind)
    const [own, others] = await Promise.all([
      decide(proposer, kind, id, 'release'),
      decide(second, kind, id, 'release'),
    ])
    expect(others.status).toBe(200)
    // Who comes after the release is told of it instead: never of a success.
    expect([403, 409]).toContain(own.status)
    expect(['rulebook.own-proposal', 'rulebook.proposal-decided']).toContain(own.body.code)
    const alone = await propose(kind)
    expect(await decide(proposer, kind, alone.id, 'release')).toMatchObject({
      status: 403,
      body: { code: 'rulebook.own-proposal' },
    })
    expect(await keptOf(table, alone.id)).toEqual({ decisions: [], events: 0, audits: 0 })
  })

  test.for(['release', 'decline'] as const)(
    'a double click on %s is answered alike and done once',
    async (step) => {
      const { id } = await propose(kind)
      const key = newId()
      const replies = await Promise.all([1, 2, 3].map(() => decide(second, kind, id, step, key)))
      expect(replies.map(({ status, body }) => [status, body])).toEqual(
        [1, 2, 3].map(() => [200, { done: true }]),
      )
      const again = replies.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')
      expect(again).toHaveLength(2)
      expect(await keptOf(table, id)).toMatchObject({ decisions: { length: 1 }, audits: 1 })
      const other = await propose(kind)
      expect((await decide(second, kind, other.id, step, key)).body.code).toBe('access.key-reused')
      expect((await decide(third, kind, id, step, key)).body.code).toBe('rulebook.proposal-decided')
    },
  )

  test('a double click on proposing gives one proposal with one number', async () => {
    const change = changeOf(kind)
    const key = { 'idempotency-key': newId() }
    const replies = await Promise.all([1, 2].map(() => proposer.post<Answer>(`${room}/${kind}`, change, key)))
    expect(replies[0]?.status).toBe(200)
    expect(replies[1]?.body).toEqual(replies[0]?.body)
  })

  /** Begins a release in a program of its own that gets no further than the first row of a table, and kills it there. */
  const killAt = async (held: string, id: string): Promise<void> => {
    const child = await readyToRelease(pathOf(kind, id, 'release'))
    await sql.query('begin')
    try {
      await sql.query(`lock table ${held} in share row exclusive mode`)
      child.stdin.end('go')
      await vi.waitFor(async () => expect(await waitingFor(held)).toHaveLength(1), patience / 2)
    } finally {
      child.kill('SIGKILL')
      await once(child, 'exit')
      await sql.query('rollback')
    }
    await vi.waitFor(async () => expect(await waitingFor(held)).toEqual([]), patience / 2)
  }

  // After the decision is written and before it is told of; and with everything written but the answer.
  test.for(['events', 'idempotency_keys'])(
    'a release killed before the row of %s is none at all, and is done whole when it is asked for again',
    { timeout: patience },
    async (held) => {
      const { id } = await propose(kind)
      await killAt(held, id)
      expect(await keptOf(table, id)).toEqual({ decisions: [], events: 0, audits: 0 })
      const { body } = await second.get<{ proposal: { state: string } }>(`${room}/${kind}/${id}`)
      expect(body.proposal.state).toBe('open')
      expect((await decide(second, kind, id, 'release')).status).toBe(200)
      expect(await keptOf(table, id)).toEqual({ decisions: ['released'], events: 1, audits: 1 })
    },
  )

  test('a release killed once it was answered is kept whole', { timeout: patience }, async () => {
    const { id } = await propose(kind)
    const child = await readyToRelease(pathOf(kind, id, 'release'))
    child.stdin.end('go')
    expect(String(((await once(child.stdout, 'data')) as [Buffer])[0])).toBe('200\n')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await keptOf(table, id)).toEqual({ decisions: ['released'], events: 1, audits: 1 })
    expect((await decide(second, kind, id, 'release')).body.code).toBe('rulebook.proposal-decided')
  })
})

const program = fileURLToPath(new URL('../testing/deciding-child.server.ts', import.meta.url))

/** A program with somebody logged in who is about to release. */
const readyToRelease = async (path: string) => {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, urls.appUrl, packs.folder, path],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  expect(String(((await once(child.stdout, 'data')) as [Buffer])[0])).toBe('ready\n')
  return child
}

/** Who waits for a table that the test holds. */
const waitingFor = (table: string) =>
  sql.query('select pid from pg_locks where relation = $1::regclass and not granted', [table])
