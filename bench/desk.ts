/**
 * `npm run bench -- desk [--persons 1000000] [--users 20] [--seconds 60] [--pause 500] [--cold] [--json]`: the console's questions on a registry
 * of so many persons, by so many officers at once, half of a city, half of a county, each pausing so many milliseconds on average
 * (0 to 2 times that) before asking, the first time too; `--pause 0` shows how much the machine can bear. Each question also as a role that row-level
 * security does not bind, which reads the same rows through a plain condition. The database's files are read before each
 * slice, but with `--cold`: what has not been used for a while then comes from the disk. DOUDI_BENCH_CACHE names a folder that keeps the
 * filled database for the next run. The last line is one JSON object; with `--json` it is the only one.
 */
import { parseArgs } from 'node:util'
import { measure } from './desk/measure.ts'
import { mix, questionNames, targets } from './desk/questions.ts'
import { openWorld } from './desk/world.server.ts'

const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '1000000' },
    users: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
    pause: { type: 'string', default: '500' },
    cold: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const asked = {
  persons: Number(values.persons),
  users: Number(values.users),
  seconds: Number(values.seconds),
  pause: Number(values.pause),
}
if (!Object.values(asked).every((value) => Number.isInteger(value) && value >= 0)) {
  console.error('--persons, --users and --seconds are whole numbers')
  process.exit(1)
}
const print = (line: string): void => {
  if (!values.json) console.log(line)
}
const most = 1.3

const world = await openWorld(asked.persons, print)
try {
  const { size, gigabytes } = world
  print(
    `${size.persons} persons, ${size.households} households, ${size.openAlerts} open alerts, ${gigabytes.toFixed(1)} GiB`,
  )
  const { figures, atOnce } = await measure(world, { ...asked, cold: values.cold })
  const met: Record<string, boolean> = {}
  for (const name of questionNames) {
    const { bound, free, alone, ratio, rows } = figures[name]
    met[name] = bound.p95 <= targets[name] && ratio <= most
    print(`${name} (${mix[name]} % of the mix, ${rows} rows)`)
    print(`  together: p50 ${bound.p50}, p95 ${bound.p95} (target ${targets[name]}), p99 ${bound.p99} ms`)
    print(`  together, no policies: p50 ${free.p50}, p95 ${free.p95}, p99 ${free.p99} ms`)
    print(
      `  alone: p50 ${alone.bound.p50} ms; processor time of PostgreSQL ${alone.bound.database} ms, of the program ${alone.bound.program} ms`,
    )
    print(
      `  alone, no policies: p50 ${alone.free.p50} ms; ${alone.free.database} and ${alone.free.program} ms; ratio ${ratio} (target ${most})`,
    )
  }
  print(
    `all ${asked.users} in the same moment: p50 ${atOnce.p50}, p95 ${atOnce.p95} ms until each is answered`,
  )
  console.log(
    JSON.stringify({
      ...asked,
      cold: values.cold,
      ...size,
      gigabytes,
      figures,
      atOnce,
      targets,
      mostRatio: most,
      met,
    }),
  )
} finally {
  await world.stop()
}
