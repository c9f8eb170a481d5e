/**
 * `npm run bench -- pass [--persons 1000000] [--seed 1] [--json] [--no-postgres] [--no-engines]`: the main job at its size, on an invented province: the full pass from
 * raw rows, everything again from matched rows, a night, a change of policy, two days' new rows; each with its
 * findings committed to a PostgreSQL of its own. Ratios are to a scan of the raw files in the same run, taken before and
 * after; where the two scans differ by more than a fifth the run is void. At a million persons and fewer PostgreSQL does
 * the stages behind matching too and must give the same checksum; two rule engines of others answer the same rules for 5,000
 * households. The last line is one JSON object; with `--json` the only one.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { purgeCluster } from '#store/server'
import { runPass } from './pass/run.ts'
import { yardstickForce } from './pass/setting.ts'
import { measureYardstick, ratiosToPeers } from './policy/yardstick.ts'
import { cacheRoot, generateProvince } from './province/generate.server.ts'

const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: true },
    engines: { type: 'boolean', default: true },
  },
  allowNegative: true,
})
const persons = Number(values.persons)
if (!Number.isInteger(persons) || persons < 1000) {
  console.error('--persons is a whole number of at least 1000')
  process.exit(1)
}
const print = (line: string): void => {
  if (!values.json) console.log(line)
}
const mostOnPostgres = 1_000_000
const province = await generateProvince({ persons, seed: Number(values.seed) })
print(`province of ${persons} persons, checksum ${province.manifest.checksum}`)
mkdirSync(cacheRoot(), { recursive: true })
const work = mkdtempSync(join(cacheRoot(), 'pass-'))
try {
  const figures = await runPass(province, work, print, values.postgres && persons <= mostOnPostgres)
  const peers = values.engines ? ratiosToPeers(await measureYardstick(yardstickForce())) : {}
  for (const [name, ratio] of Object.entries(peers)) print(`${name}: ${ratio} times, by processor time`)
  console.log(
    JSON.stringify({
      persons,
      seed: Number(values.seed),
      generator: province.manifest.checksum,
      ...figures,
      ratios: { ...figures.ratios, ...peers },
    }),
  )
  if (figures.void) process.exitCode = 1
} finally {
  await purgeCluster(join(work, 'record'), { keepPrograms: true })
  rmSync(work, { recursive: true, force: true })
}
