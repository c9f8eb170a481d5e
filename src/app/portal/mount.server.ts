import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { listPlacesBelow } from '#access/server'
import type { Clock } from '#base'
import { type CheckedPack, findPackFile, keepForces, type Rulebook } from '#rulebook/server'
import { everywhere } from '#store'
import { type Database, inScope } from '#store/server'
import { assess } from './self-check/assess.ts'
import type { Answers } from './self-check/household.ts'
import { pageScript } from './self-check/page-script.ts'
import {
  errorPage,
  type Language,
  type PageFrame,
  type PlaceChoice,
  questionsPage,
  resultPage,
  selfCheckPath,
} from './self-check/pages.ts'
import { readSelfCheck, type SelfCheckFile } from './self-check/questions.ts'

/** What the residents' pages need of the installation. */
export interface Portal {
  readonly database: Database
  readonly clock: Clock
  readonly rulebook: Pick<Rulebook, 'placePackId' | 'packIn'>
  /** The region the installation is for. */
  readonly regionCode: string
  /** Told why the page does not work; never an answer of anybody. */
  readonly onTrouble: (what: string) => void
}

const fileName = 'self-check.yaml'
const demoPack = 'demo'
const style = readFileSync(new URL('./self-check/self-check.css', import.meta.url), 'utf8')
const version = createHash('sha256').update(style).update(pageScript).digest('hex').slice(0, 12)
const mostBytes = 8 * 1024
const limits = { read: { max: 240, timeWindow: '1 minute' }, send: { max: 30, timeWindow: '1 minute' } }
// Nothing from elsewhere, no style or script in the page, forms only to us.
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const send = (reply: FastifyReply, page: string, status = 200) =>
  reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .send(page)

interface Ready {
  readonly checked: CheckedPack
  readonly file: SelfCheckFile
  readonly places: readonly PlaceChoice[]
}

/** Pack, questions and places as they are now; undefined where there is nothing to ask, which is told. */
const readyFor = async ({
  database,
  rulebook,
  regionCode,
  onTrouble,
}: Portal): Promise<Ready | undefined> => {
  const { placePackId } = rulebook
  if (placePackId === undefined) return undefined
  const { checked, places } = await inScope(database, everywhere, async (tx) => ({
    checked: await rulebook.packIn(tx, placePackId),
    places: await listPlacesBelow(tx, regionCode),
  }))
  const source = findPackFile(checked, fileName)
  const { file, problems } =
    source === undefined ? { problems: [fileName] } : readSelfCheck(source, checked.pack)
  if (problems.length > 0) onTrouble(`${fileName}: ${problems.slice(0, 3).join('; ')}`)
  return file && { checked, file, places }
}

const answersIn = (body: unknown, { questions }: SelfCheckFile): Answers => {
  const sent = (body ?? {}) as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    questions.flatMap(({ id }) => {
      const value = sent[`a-${id}`]
      return typeof value === 'string' && value !== '' ? [[id, value.slice(0, 40)]] : []
    }),
  )
}

/** The region to judge by: a place that was offered and chosen, else the whole of ours. */
const regionOf = ({ file, places }: Ready, answers: Answers, regionCode: string): string => {
  const question = file.questions.find(({ kind }) => kind === 'place')
  const chosen = question && answers[question.id]
  return places.find(({ code }) => code === chosen)?.code ?? regionCode
}

const frameOf = (language: Language, ready?: Ready): PageFrame => ({
  language,
  version,
  isDemo: ready?.checked.pack.head.id === demoPack,
})

const addParts = (app: FastifyInstance): void => {
  const part = (name: string, type: string, content: string) =>
    app.get(`${selfCheckPath}/${name}`, { config: { rateLimit: limits.read } }, (_, reply) =>
      reply.type(type).header('cache-control', 'public, max-age=604800, immutable').send(content),
    )
  part('style.css', 'text/css; charset=utf-8', style)
  part('page.js', 'text/javascript; charset=utf-8', pageScript)
}

const sentLanguage = ({ query }: FastifyRequest): Language =>
  (query as { lang?: unknown } | undefined)?.lang === 'en' ? 'en' : 'zh-CN'

const addPages = (app: FastifyInstance, portal: Portal): void => {
  const forces = keepForces()
  app.get(selfCheckPath, { config: { rateLimit: limits.read } }, async (request, reply) => {
    const language = sentLanguage(request)
    const ready = await readyFor(portal)
    if (!ready) return send(reply, errorPage(frameOf(language), false), 503)
    // Holds nobody's answers: the browser may keep it for a while, so that its way back keeps what was chosen.
    return send(reply, questionsPage(frameOf(language, ready), ready.file, ready.places, {})).header(
      'cache-control',
      'private, max-age=600',
    )
  })
  app.post(
    selfCheckPath,
    { bodyLimit: mostBytes, config: { rateLimit: limits.send } },
    async (request, reply) => {
      const language = sentLanguage(request)
      const ready = await readyFor(portal)
      if (!ready) return send(reply, errorPage(frameOf(language), false), 503)
      const frame = frameOf(language, ready)
      const answers = answersIn(request.body, ready.file)
      if ((request.body as { do?: unknown } | null)?.do === 'edit')
        return send(reply, questionsPage(frame, ready.file, ready.places, answers))
      const region = regionOf(ready, answers, portal.regionCode)
      const force = forces(ready.checked, portal.clock.today(), region)
      return send(reply, resultPage(frame, assess(force, ready.file, answers, language), answers, ready.file))
    },
  )
}

/**
 * The residents' self-check: no log-in, no cookie, nothing stored, nothing logged but that somebody called. Answers come in the
 * body of a form and go back in the page; an address never holds one.
 */
export const mountPortal = async (app: FastifyInstance, portal: Portal): Promise<void> => {
  await app.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    scope.setErrorHandler((error, request, reply) => {
      const { statusCode, code, name } = error as { statusCode?: number; code?: string; name?: string }
      const isBusy = statusCode === 429
      const isTheirs = statusCode !== undefined && statusCode < 500
      if (!isTheirs) portal.onTrouble(code ?? name ?? 'error')
      return send(reply, errorPage(frameOf(sentLanguage(request)), isBusy), isTheirs ? statusCode : 503)
    })
    addParts(scope)
    addPages(scope, portal)
  })
}
