/**
 * A program of its own, to be killed: does one step in the life of an installation, or what an earlier one left to be done of
 * it. Reads what to do as one line of input; tells each place as it comes there (`at match kept subject`), and `done`.
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { businessDate, Refusal } from '#base'
import {
  clearLakeTemp,
  getFeed,
  type ParseFileInput,
  parseFile,
  readFeed,
  sweepInbox,
  takeBack,
} from '#exchange/server'
import { type Engine, factKinds } from '#lake/server'
import { followFiles, withdrawRestingOn } from '#monitoring/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { importFile } from '../../src/app/run/import-file.server.ts'
import { scanNow } from '../../src/app/run/scan-now.server.ts'
import { listUnfinishedFeeds } from '../../src/app/run/unfinished.queries.server.ts'
import { makeServices, type Services } from '../../src/app/services.server.ts'
import { assembleInstallation } from '../installation.ts'
import { changeRecord } from './change.ts'
import { matchedRows, namesOfIds, plainly } from './look.queries.server.ts'
import type { LifeFile, Work } from './steps.ts'

/** What the program is told. */
export interface ChildOrder {
  readonly dataDir: string
  readonly ownerUrl: string
  readonly appUrl: string
  readonly today: string
  readonly work: Work
  /** Whether a scan tells what rows it matched. */
  readonly looks: boolean
}

/** Somebody else is still at it: the same may be begun again. */
const passing = new Set(['exchange.busy', 'registry.pass-overtaken', 'monitoring.scan-running'])

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
const heard = createInterface({ input: process.stdin })
// Whoever started this program is gone.
heard.once('close', () => process.exit(1))

const readOrder = async (): Promise<ChildOrder> => {
  const [line] = (await once(heard, 'line')) as [string]
  return JSON.parse(line) as ChildOrder
}

const importFiles = async (
  services: Services,
  files: readonly LifeFile[],
  inChild: boolean,
): Promise<void> => {
  const parse = async (input: ParseFileInput) => {
    tell('at import read')
    const parsed = await (inChild ? services.intake.parse : parseFile)(input)
    tell('at import keep')
    return parsed
  }
  for (const { path, fileName, kind, covers, period } of files) {
    tell('at import receive')
    await importFile(
      { ...services, intake: { ...services.intake, parse } },
      { path, fileName, kind, regionCode: covers, period },
    )
  }
}

/** What is written tells where a pass is: `kept 000000003-subject-0.parquet` as `subject`. */
const tellWrites = (engine: Engine): void => {
  const { writeParquet, run } = engine
  let stage = 'match'
  Object.assign(engine, {
    writeParquet: (sql: string, path: string, ...rest: []) => {
      const name = basename(path, '.parquet').replace(/^\d+-/u, '')
      if (stage === 'match') tell(`at match ${name.replace(/^[0-9a-f-]{36}-/u, 'registry ')}`)
      return writeParquet(sql, path, ...rest)
    },
    run: (sql: string, ...rest: []) => {
      if (sql.includes('view looked_at')) tell('at match compare')
      if (sql.includes('view looked_at')) stage = 'compare'
      return run(sql, ...rest)
    },
  })
}

const lookAtMatched = async (services: Services, engine: Engine): Promise<void> => {
  const names = await inScope(services.database, everywhere, namesOfIds)
  for (const kind of factKinds) {
    const lines = (await matchedRows(engine, kind)).map((row) => plainly(row, names)).toSorted()
    tell(`look ${kind} ${lines.length} ${createHash('sha256').update(lines.join('\n')).digest('hex')}`)
  }
}

/** The services of a scan that tells where its matching is, and what it matched where that is asked. */
const telling = (services: Services, looks: boolean): Services['scan'] => ({
  ...services.scan,
  // That the engines agree is not what is looked at here.
  comparedSubjects: 20,
  match: async (engine, clock, parameters) => {
    tellWrites(engine)
    const passed = await services.scan.match(engine, clock, parameters)
    if (looks) await lookAtMatched(services, engine)
    return {
      ...passed,
      keep: async (tx) => {
        tell('at commit')
        await passed.keep(tx)
      },
      forget: () => {
        tell('at sweep')
        return passed.forget()
      },
    }
  },
})

const scan = async (services: Services, before: number, looks: boolean): Promise<void> => {
  const { count } = await inScope(services.database, everywhere, (tx) =>
    tx
      .selectFrom('scans')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('status', '=', 'done')
      .executeTakeFirstOrThrow(),
  )
  // It was killed when all was committed: the next scan tidies up.
  if (Number(count) > before) return
  const step = (stage: string, done: number, total: number): void => {
    if (done < total) tell(`at ${stage}`)
  }
  await scanNow({ ...services, scan: telling(services, looks) }, null, { step, line: () => undefined })
}

const takeFileBack = (services: Services, fileName: string): Promise<void> =>
  inScope(services.database, everywhere, async (tx) => {
    tell('at take-back')
    const { clock } = services
    const feed = await tx
      .selectFrom('feeds')
      .select('id')
      .where('file_name', '=', fileName)
      .where('status', '<>', 'taken-back')
      .executeTakeFirst()
    if (!feed) return
    const onTakenBack = (inner: typeof tx, id: string, actor: string | null) =>
      withdrawRestingOn(inner, clock, id, actor)
    const why = { actorId: null, reason: '数据有误' }
    await takeBack({ onTakenBack }, tx, clock, await getFeed(tx, feed.id), why)
  })

const order = await readOrder()
const { dataDir, work } = order
const installation = assembleInstallation(dataDir, order.ownerUrl, order.appUrl)
installation.clock.moveTo(businessDate(order.today))
const services = makeServices(installation, '532900000000')
const { database } = installation
try {
  // As a start does.
  tell('at start')
  clearLakeTemp(dataDir)
  await sweepInbox(database, dataDir)
  for (const { id } of await inScope(database, everywhere, listUnfinishedFeeds))
    await readFeed({ ...services.intake, parse: parseFile }, id)
  if ('import' in work) await importFiles(services, work.import, work.inChild)
  else if ('scan' in work) await scan(services, work.scan, order.looks)
  else if ('follow' in work) {
    tell('at match')
    await followFiles(telling(services, false))
  } else if ('takeBack' in work) await takeFileBack(services, work.takeBack)
  else {
    tell('at change')
    await inScope(database, everywhere, (tx) => changeRecord(tx, services, work.change, work.households))
  }
  tell('done')
} catch (error) {
  if (!(error instanceof Refusal && passing.has(error.code))) throw error
  tell(`again ${error.code}`)
}
await installation.close()
process.exit(0)
