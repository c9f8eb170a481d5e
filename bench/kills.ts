/**
 * `npm run bench -- kills [--kills 200] [--persons 20000] [--seed 1] [--json]`: runs the life of an invented province, kills
 * the program that runs it at random moments of every stage, one time in five its PostgreSQL too, and lets it go on. After
 * each kill and at the end of each life counts, checksums and files are those of a life that nobody disturbed; otherwise it
 * ends with 1. The last line is one JSON object; with `--json` the only one. Kills of the program's own imports and scans:
 * `npm run test:long -- src/app/run/killed-scans.long.test.ts`; of one large file's reading:
 * `npm run test:long -- src/exchange/intake/resume.long.test.ts`.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { purgeCluster } from '#store/server'
import { drawsOf } from '../testing/killed-life/draw.ts'
import { killLives } from './kills/lives.ts'
import { cacheRoot, generateProvince } from './province/generate.server.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    persons: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const [kills, persons, seed] = [values.kills, values.persons, values.seed].map(Number) as [
  number,
  number,
  number,
]
if (![kills, persons, seed].every(Number.isInteger) || kills < 1 || persons < 1000) {
  console.error('--kills, --persons (1000 at least) and --seed are whole numbers')
  process.exit(1)
}
const print = (line: string): void => {
  if (!values.json) console.log(line)
}
const province = await generateProvince({ persons, seed: 1 })
mkdirSync(cacheRoot(), { recursive: true })
const work = mkdtempSync(join(cacheRoot(), 'kills-'))
let isAskedToStop = false
process.once('SIGINT', () => {
  isAskedToStop = true
})
try {
  const figures = await killLives(work, province.dir, kills, drawsOf(seed), print, () => isAskedToStop)
  for (const [place, count] of Object.entries(figures.kills).toSorted()) print(`${place.padEnd(24)}${count}`)
  for (const problem of figures.problems) console.error(problem)
  console.log(JSON.stringify({ persons, seed, ...figures, problems: figures.problems.length }))
  if (figures.problems.length > 0 || isAskedToStop) process.exitCode = 1
} finally {
  await purgeCluster(join(work, 'record'), { keepPrograms: true })
  rmSync(work, { recursive: true, force: true })
}
