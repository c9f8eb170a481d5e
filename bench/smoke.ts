/**
 * `npm run bench -- smoke [--json]`: the passes of `bench -- pass` on 100,000 persons; fails where one of them takes more times the processor time of
 * a scan than is allowed here, or where new rows give another outcome than a full pass. Never fails on wall time: machines
 * are shared. The limits are twice what was seen; at this size the fixed costs of statements weigh most.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runPass } from './pass/run.ts'
import { cacheRoot, generateProvince } from './province/generate.server.ts'

const mostTimesScan = {
  fullPassToScanCpu: 20,
  nightlyToScanCpu: 2.4,
  aggregationToScanCpu: 6.6,
  policyChangeToScanCpu: 2.4,
  increment1ToScanCpu: 6.6,
  increment12ToScanCpu: 7,
} as const

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const print = (line: string): void => {
  if (!values.json) console.log(line)
}
const province = await generateProvince({ persons: 100_000, seed: 1 })
mkdirSync(cacheRoot(), { recursive: true })
const work = mkdtempSync(join(cacheRoot(), 'smoke-'))
try {
  const { ratios, incrementDiffers, checksum } = await runPass(province, work, print, false)
  const tooDear = Object.entries(mostTimesScan).filter(
    ([name, most]) => !((ratios[name] ?? Infinity) <= most),
  )
  for (const [name, most] of tooDear) console.error(`${name}: ${ratios[name]}, at most ${most} is allowed`)
  if (incrementDiffers > 0)
    console.error(`${incrementDiffers} households have another outcome after new rows than after a full pass`)
  const passed = tooDear.length === 0 && incrementDiffers === 0
  console.log(JSON.stringify({ passed, checksum, incrementDiffers, ratios, mostTimesScan }))
  if (!passed) process.exitCode = 1
} finally {
  rmSync(work, { recursive: true, force: true })
}
