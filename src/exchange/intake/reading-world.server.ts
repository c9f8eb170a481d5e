import { existsSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assert } from '#base'
import { openEngine } from '#lake/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import type { IntakeWorld } from '#testing/intake-world.ts'
import type { TestClient } from '#testing/server.ts'
import { numberOf } from '../fixtures.server.ts'
import { lakeDirOf } from './leftovers.server.ts'

export const feedsPath = '/api/v1/exchange/feeds'
export const given = '桂芝'
export const surnames = '赵钱孙李周吴郑王'

const personOf = (n: number) => `${surnames[n % 8]}${given}${surnames[(n >> 3) % 8]}`

/** Hardship students, of whom strangers are kept as leads; every seventh row is bad. */
export const writeStudents = async (folder: string, count: number, tail = ''): Promise<string> => {
  const rows = Array.from({ length: count }, (_, n) => {
    const number = n % 7 === 3 ? `${numberOf(n).slice(0, 17)}*` : numberOf(n)
    return `大理市,下关街道,,${personOf(n)},${number},中心小学,小学,走读,特别困难,${n}`
  })
  const at = join(folder, `students-${count}-${tail.length}.csv`)
  const header = '区县,乡镇,村组（社区）,姓名,身份证号码,学校全称,学段,就读方式,困难等级,备注'
  await writeFile(at, `${[header, ...rows].join('\n')}\n${tail}`)
  return at
}

/** What is in a folder of the data folder. */
export const leftIn = (world: IntakeWorld, folder: string): string[] => {
  const at = join(world.dataDir, folder)
  return existsSync(at) ? readdirSync(at) : []
}

/** The files of a feed in the lake, parts of it included. */
export const lakeFiles = (world: IntakeWorld, id: string): string[] =>
  ['feeds', 'parts']
    .map((name) => join(lakeDirOf(world.dataDir), name))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path.includes(id))

const lakeRows = async (world: IntakeWorld, id: string) => {
  const file = lakeFiles(world, id).find((path) => path.includes('/lake/feeds/'))
  if (!file) return []
  const options = { directories: [lakeDirOf(world.dataDir)], memoryMiB: 128, threads: 1 }
  const engine = await openEngine({ ...options, tempDir: join(world.folder, 'engine') })
  try {
    return await engine.rows(`from read_parquet('${file}') order by row_no`)
  } finally {
    engine.close()
  }
}

/** Everything a feed left, in a form that does not depend on ids and random parts of ciphers. */
export const whatIsKept = async (world: IntakeWorld, id: string) => {
  const record = await inScope(world.installation.database, everywhere, async (tx) => ({
    feed: await tx
      .selectFrom('feeds')
      .select([
        'kind',
        'status',
        'period',
        'rows_in',
        'rows_accepted',
        'rows_rejected',
        'statistics',
        'reading',
      ])
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
    rejects: await tx
      .selectFrom('feed_rejects')
      .select(['seq', 'line', 'column_name', 'reason', 'masked_value'])
      .where('feed_id', '=', id)
      .orderBy('seq')
      .execute(),
    identities: await tx
      .selectFrom('unmatched_rows')
      .select(['row_no', 'role', 'region_code', 'row_key', 'has_number'])
      .where('feed_id', '=', id)
      .orderBy('row_no')
      .execute(),
  }))
  return { ...record, lake: await lakeRows(world, id) }
}

/** Takes a feed back, so that the same file may be sent again. */
export const takeFeedBack = async (officer: TestClient, id: string): Promise<void> => {
  const { body } = await officer.get<{ version: number }>(`${feedsPath}/${id}`)
  const reason = { reason: '换一次再读' }
  const { status } = await officer.post(`${feedsPath}/${id}/take-back`, reason, {
    'if-match': `"v${body.version}"`,
  })
  assert(status === 200, `not taken back: ${status}`)
}
