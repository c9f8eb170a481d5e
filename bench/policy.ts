/**
 * `npm run bench -- policy [--json] [--parameters FILE]`: the yardstick of 82 invented rules on our interpreter, with and without its steps, on
 * DuckDB and on two rule engines of others, which must answer the same; then the real packs, with the
 * values of FILE over their own (the form `doudi policy explain` takes). Rates are households a second,
 * and a second of processor time. The last line is one JSON object; with `--json` it is the only one.
 */
import { parseArgs } from 'node:util'
import { businessDate, regionCode } from '#base'
import { type Pack, packInForce } from '#policy'
import { loadPack } from '#policy/server'
import { measurePack, openTried, type TriedPack } from './policy/packs.ts'
import type { Rate } from './policy/timing.ts'
import { measureYardstick, ratiosToPeers } from './policy/yardstick.ts'

const targets = { interpreter: 100_000, traced: 20_000, duckdb: 1_000_000 } as const
// Read before the long part: a wrong file is told at once.
const readAll = (): { readonly isQuiet: boolean; readonly tried: ReadonlyMap<string, TriedPack> } => {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, parameters: { type: 'string' } } })
  const ids = ['cn-national', 'cn-150200-baotou']
  const tried = new Map(ids.map((id) => [id, openTried(`policies/${id}`, values.parameters)]))
  return { isQuiet: values.json ?? false, tried }
}
const stop = (error: unknown): never => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
const read = (): ReturnType<typeof readAll> => {
  try {
    return readAll()
  } catch (error) {
    return stop(error)
  }
}
const { isQuiet, tried } = read()
const print = (line: string): void => {
  if (!isQuiet) console.log(line)
}
const whole = (value: number): string => Math.round(value).toLocaleString('en')
const show = (what: string, { perSecond, perCpuSecond }: Rate, target?: number): void =>
  print(
    `${what}: ${whole(perSecond)} households/s, ${whole(perCpuSecond)} a CPU second${target ? ` (target ${whole(target)})` : ''}`,
  )

const pack = loadPack('bench/yardstick').pack as Pack
const force = packInForce(pack, { on: businessDate('2026-06-15'), region: regionCode('150202000000') })
const yardstick = await measureYardstick(force)
const { rules, interpreter, traced, duckdb, zen, jsonRules, agreed } = yardstick
print(`yardstick: ${rules.values} values, ${rules.flags} flags, ${rules.levels} levels`)
print(`all engines agree on ${whole(agreed)} households`)
show('interpreter', interpreter, targets.interpreter)
show('interpreter with every step', traced, targets.traced)
show('DuckDB, two threads', duckdb, targets.duckdb)
show('zen-engine 0.54.0', zen)
show('json-rules-engine 7.3.1', jsonRules)

const ratios = ratiosToPeers(yardstick)
for (const [name, ratio] of Object.entries(ratios)) print(`${name}: ${ratio} times, by processor time`)

const packs: Record<string, Awaited<ReturnType<typeof measurePack>>> = {}
for (const [id, pack] of tried) {
  const figures = await measurePack(pack)
  packs[id] = figures
  print(`${id}: ${figures.rules} rules, ${figures.programmes} programmes`)
  show('  interpreter, all programmes', figures.interpreter)
  show(`  DuckDB, all rules, ${whole(figures.statementBytes / 1000)} kB of SQL`, figures.duckdb)
}

const met = {
  interpreter: interpreter.perSecond >= targets.interpreter,
  traced: traced.perSecond >= targets.traced,
  duckdb: duckdb.perSecond >= targets.duckdb,
}
console.log(JSON.stringify({ yardstick, ratios, targets, met, packs }))
