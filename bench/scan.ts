/**
 * `npm run bench -- scan [--persons 1000000] [--seed 1] [--json] [--profile]`: the product's own scan at the size of a
 * province: an installation with a PostgreSQL of its own and the shipped indicators, filled from the invented province; then
 * its first scan, the same night again, the next day, the files of a day (1 % of the households), of a large day (12 %), and a
 * file that is taken back. Times are of this program and PostgreSQL together; ratios are to reading every column of the lake's
 * files in the same run. `--profile` says which statements took longest, and costs a little itself. The filled installation is
 * kept in the folder that DOUDI_BENCH_CACHE names, as the province is. The last line is one JSON object; with `--json` the only one.
 */
import { parseArgs } from 'node:util'
import { generateProvince } from './province/generate.server.ts'
import { notDelivered, notRead } from './scan/kinds.ts'
import { openProfile } from './scan/profile.ts'
import { runScans } from './scan/run.ts'
import { openScanWorld } from './scan/world.server.ts'

const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
})
const persons = Number(values.persons)
if (!Number.isInteger(persons) || persons < 1000) {
  console.error('--persons is a whole number of at least 1000')
  process.exit(1)
}
const print = (line: string): void => {
  if (!values.json) console.log(line)
}
const province = await generateProvince({ persons, seed: Number(values.seed) })
const world = await openScanWorld(province, print)
try {
  const { gigabytes } = world
  print(
    `province of ${persons} persons, checksum ${province.manifest.checksum}; record ${gigabytes.toFixed(2)} GiB`,
  )
  print(
    `kinds of the province left out: ${notRead.join(', ')}; kinds of files that nobody sends: ${notDelivered.join(', ')}`,
  )
  const figures = await runScans(world, print, values.profile ? openProfile() : undefined)
  console.log(
    JSON.stringify({
      persons,
      seed: Number(values.seed),
      generator: province.manifest.checksum,
      gigabytes,
      ...figures,
    }),
  )
} finally {
  await world.stop()
}
