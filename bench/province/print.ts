/**
 * `node bench/province/print.ts --persons N --seed S [--scan]`: makes the province if need be; says what it holds, its
 * checksum, and with `--scan` what reading its rows costs.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { deltas } from './feeds.server.ts'
import { generateProvince, type Province } from './generate.server.ts'
import { scanRaw } from './raw-scan.server.ts'
import { openSession, quoted, type Session } from './session.server.ts'

const print = (label: string, value: string | number): void => console.log(`${label.padEnd(44)}${value}`)

const printFiles = ({ manifest }: Province): void => {
  const sums = new Map<string, number>()
  for (const [path, { rows }] of Object.entries(manifest.files)) {
    const name = path.replace(/\/\d{6}\.parquet$/, ' (twelve months)').replace('.parquet', '')
    const group = path.startsWith('feeds/')
      ? name
      : path.startsWith('delta')
        ? (path.split('/')[0] ?? '')
        : name
    sums.set(group, (sums.get(group) ?? 0) + rows)
  }
  for (const [name, rows] of sums) print(name, rows)
}

const shares = async (session: Session, { dir, manifest }: Province): Promise<void> => {
  const of = (path: string) => `read_parquet(${quoted(join(dir, path))}, union_by_name = true)`
  const households = manifest.files['registry/household.parquet']?.rows ?? 0
  const [feeds] = await session.rows(
    `SELECT count(*) AS "rows", count("aside_id") AS "asides", count(DISTINCT "aside_id") AS "identities" FROM ${of('feeds/**/*.parquet')}`,
  )
  print('rows in feeds', Number(feeds?.rows))
  print('rows with an aside, percent', ((100 * Number(feeds?.asides)) / Number(feeds?.rows)).toFixed(3))
  print('identities set aside', Number(feeds?.identities))
  for (const { name } of deltas) {
    const touched = await session.count(
      `SELECT count(DISTINCT "p"."hid") FROM ${of(`${name}/**/*.parquet`)} "f" JOIN ${of('registry/person.parquet')} "p" ON "p"."token" = "f"."token"`,
    )
    print(`${name}: households touched, percent`, ((100 * touched) / households).toFixed(2))
  }
}

const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    scan: { type: 'boolean', default: false },
  },
})
const province = await generateProvince({ persons: Number(values.persons), seed: Number(values.seed) })
printFiles(province)
const session = await openSession(':memory:', join(province.dir, '..', 'print-spill'))
await shares(session, province)
session.close()
print('folder', province.dir)
print('seconds', `${province.manifest.seconds}${province.fresh ? '' : ' (kept from before)'}`)
print('peak memory, MiB', Math.round(process.resourceUsage().maxRSS / 1024))
if (values.scan) {
  for (const { wallMs, cpuMs } of await scanRaw(province))
    print('scan: wall ms, processor ms', `${wallMs}, ${cpuMs}`)
}
print('checksum', province.manifest.checksum)
