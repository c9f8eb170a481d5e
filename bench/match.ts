/**
 * `npm run bench -- match [--persons N] [--seed S] [--everybody] [--estimate] [--json]`: matches the identities that failed their check
 * with the registry of an invented province, by score, and counts against whose they really are. Prints precision and recall, how
 * many are asked, pairs a second, wall and processor time and peak memory; with `--estimate` also what
 * parameters estimated from the same pairs would have done. The last line is one JSON object; with `--json` the only one.
 */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  estimate,
  handSet,
  type MatchParameters,
  matchPeople,
  openEngine,
  openMatcher,
  startFrom,
  withEstimate,
} from '#lake/server'
import { byDefect, type Quality, qualityOf } from './match/quality.ts'
import { openWorld, peopleRelation } from './match/world.server.ts'
import { generateProvince } from './province/generate.server.ts'

const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    everybody: { type: 'boolean', default: false },
    estimate: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const targets = { precision: 0.995, recall: 0.95 } as const
const print = (line: string): void => {
  if (!values.json) console.log(line)
}
const whole = (value: number): string => Math.round(value).toLocaleString('en')
const percent = (value: number): string => `${(100 * value).toFixed(3)} %`
const show = (what: string, { precision, recall, askedShare, askedRecall }: Quality): void => {
  print(
    `${what}: precision ${percent(precision)} (target ${percent(targets.precision)}), recall ${percent(recall)} (target ${percent(targets.recall)})`,
  )
  print(`  asked ${percent(askedShare)}; their person is among those shown in ${percent(askedRecall)}`)
}

const province = await generateProvince({ persons: Number(values.persons), seed: Number(values.seed) })
const world = await openWorld(province)

const measured = async <T>(work: () => Promise<T>) => {
  const began = performance.now()
  const cpuBefore = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(cpuBefore)
  return {
    ...result,
    wallMs: Math.round(performance.now() - began),
    cpuMs: Math.round((user + system) / 1000),
  }
}

const matchAll = () =>
  measured(async () => {
    const clear = join(province.dir, 'clear')
    const options = { tempDir: tmpdir(), directories: [clear], memoryMiB: 1000, threads: 2, spills: false }
    const engine = await openEngine(options)
    try {
      return await matchPeople(engine, peopleRelation(clear), world.asides)
    } finally {
      engine.close()
    }
  })

const matchEverybody = (parameters: MatchParameters, collectsPatterns: boolean) =>
  measured(async () => {
    const matcher = openMatcher(world.asides, { parameters, collectsPatterns })
    for await (const people of world.people()) for (const person of people) matcher.offer(person)
    return { verdicts: matcher.verdicts(), figures: matcher.figures(), patterns: matcher.patterns() }
  })

const { verdicts, wallMs, cpuMs, ...matched } = await matchAll()
const quality = qualityOf(world.asides, verdicts)
const { people, offered, pairs } = matched.figures
const figures = {
  persons: people,
  offered,
  pairs,
  pairsPerSecond: Math.round((1000 * pairs) / wallMs),
  wallMs,
  cpuMs,
  peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
}
print(
  `${whole(quality.asides)} identities set aside, ${whole(quality.registered)} of registered people; ${whole(people)} people`,
)
show('set by hand', quality)
print(
  `${whole(offered)} of them compared in ${whole(pairs)} pairs, ${whole(figures.pairsPerSecond)} a second; ${whole(wallMs)} ms wall; ${whole(cpuMs)} ms of processor; ${whole(figures.peakRssMiB)} MiB at most`,
)
for (const [defect, { rows, right, wrong, asked, none }] of Object.entries(byDefect(world.asides, verdicts)))
  print(
    `  ${defect}: ${whole(rows)} rows, ${whole(right)} right, ${whole(wrong)} wrong, ${whole(asked)} asked, ${whole(none)} nobody`,
  )

const byEverybody = async () => {
  const everybody = await matchEverybody(handSet, false)
  const differing = verdicts.filter(
    (verdict, at) => JSON.stringify(verdict) !== JSON.stringify(everybody.verdicts[at]),
  ).length
  print(
    `everybody offered: ${whole(everybody.figures.pairs)} pairs, ${whole(everybody.wallMs)} ms wall; ${whole(everybody.cpuMs)} ms of processor; ${whole(differing)} verdicts differ`,
  )
  return { pairs: everybody.figures.pairs, wallMs: everybody.wallMs, cpuMs: everybody.cpuMs, differing }
}
const everybody = values.everybody ? await byEverybody() : undefined

const estimated = async (): Promise<Quality> => {
  const { patterns } = await matchEverybody(handSet, true)
  const found = estimate(patterns, { start: startFrom(handSet, patterns), rounds: 100, tolerance: 1e-7 })
  print(
    `estimated in ${found.likelihoods.length - 1} rounds; one pair in ${(1 / found.share).toFixed(1)} is a match`,
  )
  for (const [field, shares] of Object.entries(found.m))
    print(`  m of ${field}: ${shares.map((share) => share.toFixed(4)).join(' ')}`)
  return qualityOf(world.asides, (await matchEverybody(withEstimate(handSet, found), false)).verdicts)
}
const byEstimate = values.estimate ? await estimated() : undefined
if (byEstimate) show('estimated', byEstimate)
world.close()
const met = { precision: quality.precision >= targets.precision, recall: quality.recall >= targets.recall }
console.log(
  JSON.stringify({
    checksum: province.manifest.checksum,
    ...quality,
    ...figures,
    ...(everybody && { everybody }),
    ...(byEstimate && { byEstimate }),
    targets,
    met,
  }),
)
if (!met.precision || !met.recall || everybody?.differing) process.exitCode = 1
