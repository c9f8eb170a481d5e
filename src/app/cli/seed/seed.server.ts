import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { Refusal } from '#base'
import type { World } from '#sandbox'
import { makeBrokenFiles, makeUploadSample, makeWorld } from '#sandbox/server'
import {
  type DemoInput,
  demoDate,
  type SeedFiles,
  usualDemo,
  writeChanges,
  writeWorld,
} from '../../demo/make-demo.server.ts'
import type { Command, Context } from '../context.server.ts'

interface Options {
  readonly region?: string
  readonly persons?: number
  readonly seed?: number
  readonly out?: string
  readonly changes?: number
  readonly broken?: boolean
  readonly uploadSample?: boolean
}

const leastToBreak = 24_000
const inputFile = 'world.json'
const inputShape = z.object({ region: z.string(), persons: z.number(), seed: z.number() })
const regions = new URL('../../../../regions/', import.meta.url)

/** What a world is made from: what was asked for, else the usual. Refuses a region without a village list. */
export const demoInputOf = ({ region, persons, seed }: Options): DemoInput => {
  const input = {
    region: region ?? usualDemo.region,
    persons: persons ?? usualDemo.persons,
    seed: seed ?? usualDemo.seed,
  }
  const isKnown = readdirSync(regions).some((name) => name.startsWith(`${input.region}00-`))
  if (!isKnown) throw new Refusal('app.unknown-region', { region: input.region })
  return input
}

/** What the world in a seed folder was made from, undefined where there is none. */
export const findSeedInput = (folder: string): DemoInput | undefined => {
  const path = join(folder, inputFile)
  if (!existsSync(path)) return undefined
  return inputShape.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data
}

const rowsOf = ({ files }: SeedFiles) =>
  files.map(({ fileName, kind, layouts, period, covers, sha256, lines }) => ({
    ...{ fileName, kind, layouts, period, covers, sha256 },
    rows: lines.length,
  }))

const saveJson = (folder: string, name: string, value: unknown): void =>
  writeFileSync(join(folder, name), JSON.stringify(value), { mode: 0o600 })

/** Files are broken from a world large enough that each kind has rows to spare. */
const worldToBreak = (world: World): World =>
  world.input.persons >= leastToBreak ? world : makeWorld({ ...world.input, persons: leastToBreak })

/** Files with damage, and a file to practise with; each with what must become of it. */
const writeExtras = async (
  { progress, signal, words }: Context,
  world: World,
  folder: string,
  options: Options,
) => {
  const { changes, broken, uploadSample } = options
  const result: { changes?: SeedFiles; broken?: number; upload?: string } = {}
  if (changes !== undefined) result.changes = await writeChanges(world, changes, join(folder, 'changes'))
  signal.throwIfAborted()
  if (broken) {
    progress.busy(words.say('progress.broken'))
    const files = await makeBrokenFiles(worldToBreak(world), join(folder, 'broken'))
    const expected = files.map(({ path: _, ...file }) => file)
    saveJson(join(folder, 'broken'), 'expectations.json', expected)
    result.broken = files.length
  }
  signal.throwIfAborted()
  if (uploadSample) {
    mkdirSync(join(folder, 'upload'), { recursive: true, mode: 0o700 })
    const sample = await makeUploadSample(world, { rows: 1000, bad: 37 }, join(folder, 'upload'))
    const { path, ...file } = sample.file
    saveJson(join(folder, 'upload'), 'expectations.json', { ...sample, file })
    result.upload = path
  }
  return result
}

const print = (
  { out, words }: Context,
  seed: SeedFiles,
  world: World,
  extras: Awaited<ReturnType<typeof writeExtras>>,
  options: Options,
): void => {
  out.table(
    (['kind', 'period', 'rows', 'file'] as const).map((name) => words.say(`head.${name}`)),
    rowsOf(seed).map(({ kind, period, rows, fileName }) => [kind, period, rows, fileName]),
  )
  const persons = world.registry.persons.length
  out.line(words.say('seed.done', { folder: seed.folder, files: seed.files.length, persons }))
  const { changes, broken, upload } = extras
  if (changes) {
    const { folder, files } = changes
    out.line(words.say('seed.changes', { files: files.length, changes: options.changes ?? 0, folder }))
  }
  if (broken) out.line(words.say('seed.broken', { files: broken, folder: join(seed.folder, 'broken') }))
  if (upload) out.line(words.say('seed.upload', { file: upload }))
}

/** `doudi seed`: department files and truth lists in a folder; nothing is loaded, and no database is needed. */
export const seedCommand: Command = async (context, given) => {
  const { settings, progress, signal, out } = context
  const options = given.options as Options
  const input = demoInputOf(options)
  const folder = resolve(options.out ?? join(settings.dataDir, 'seed'))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  progress.step('world', 0, 1, '')
  const world = makeWorld({ ...input, businessDate: demoDate })
  progress.step('world', 1, 1, '')
  signal.throwIfAborted()
  progress.step('files', 0, 1, '')
  const seed = await writeWorld(world, folder)
  progress.step('files', 1, 1, '')
  signal.throwIfAborted()
  const extras = await writeExtras(context, world, folder, options)
  saveJson(folder, inputFile, input)
  progress.done()
  print(context, seed, world, extras, options)
  const { changes, broken, upload } = extras
  out.result({
    ...{ folder, ...input, files: rowsOf(seed) },
    ...(changes ? { changes: { folder: changes.folder, files: rowsOf(changes) } } : {}),
    ...(broken ? { broken: { folder: join(folder, 'broken'), files: broken } } : {}),
    ...(upload ? { upload: { file: upload } } : {}),
  })
  return undefined
}
