/**
 * `npm run bench -- match [--persons N] [--seed S] [--estimate] [--json]`: matches the identities that failed their check
 * with the registry of an invented province, by score, and counts against whose they really are. Prints precision and recall, how
 * many are asked, pairs a second, wall and processor time and peak memory; with `--estimate` also what
 * parameters estimated from the same pairs would have done. The last line is one JSON object; with `--json` the only one.
 */
import { parseArgs } from 'node:util'
import { estimate, handSet, type MatchParameters, openMatcher, startFrom, withEstimate } from '#lake/server'
import { byDefect, type Quality, qualityOf } from './match/quality.ts'
import { openWorld } from './match/world.server.ts'
import { generateProvince } from './province/generate.server.ts'

const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
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

const match = async (parameters: MatchParameters, collectsPatterns: boolean) => {
  const began = performance.now()
  const cpuBefore = process.cpuUsage()
  const matcher = openMatcher(world.asides, { parameters, collectsPatterns })
  let waitingMs = 0
  let last = performance.now()
  for await (const people of world.people()) {
    waitingMs += performance.now() - last
    for (const person of people) matcher.offer(person)
    last = performance.now()
  }
  const verdicts = matcher.verdicts()
  const wallMs = performance.now() - began
  const { user, system } = process.cpuUsage(cpuBefore)
  return { matcher, verdicts, wallMs, waitingMs, cpuMs: (user + system) / 1000 }
}

const { matcher, verdicts, ...times } = await match(handSet, values.estimate)
const quality = qualityOf(world.asides, verdicts)
const { people, pairs } = matcher.figures()
const figures = {
  persons: people,
  pairs,
  pairsPerSecond: Math.round((1000 * pairs) / times.wallMs),
  wallMs: Math.round(times.wallMs),
  // Decoding people from the file is part of the wall time; from PostgreSQL it costs what its protocol costs.
  waitingMs: Math.round(times.waitingMs),
  cpuMs: Math.round(times.cpuMs),
  peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
}
print(
  `${whole(quality.asides)} identities set aside, ${whole(quality.registered)} of registered people; ${whole(people)} people`,
)
show('set by hand', quality)
print(
  `${whole(pairs)} pairs, ${whole(figures.pairsPerSecond)} a second; ${whole(figures.wallMs)} ms wall, ${whole(figures.waitingMs)} of them waiting for people; ${whole(figures.cpuMs)} ms of processor; ${whole(figures.peakRssMiB)} MiB at most`,
)
for (const [defect, { rows, right, wrong, asked, none }] of Object.entries(byDefect(world.asides, verdicts)))
  print(
    `  ${defect}: ${whole(rows)} rows, ${whole(right)} right, ${whole(wrong)} wrong, ${whole(asked)} asked, ${whole(none)} nobody`,
  )

const estimated = async (): Promise<Quality> => {
  const patterns = matcher.patterns()
  const found = estimate(patterns, { start: startFrom(handSet, patterns), rounds: 100, tolerance: 1e-7 })
  print(
    `estimated in ${found.likelihoods.length - 1} rounds; one pair in ${(1 / found.share).toFixed(1)} is a match`,
  )
  for (const [field, shares] of Object.entries(found.m))
    print(`  m of ${field}: ${shares.map((share) => share.toFixed(4)).join(' ')}`)
  const again = await match(withEstimate(handSet, found), false)
  return qualityOf(world.asides, again.verdicts)
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
    ...(byEstimate && { byEstimate }),
    targets,
    met,
  }),
)
