/**
 * A process of its own that copies the registry to the lake over and over, for a test that kills it. Arguments: the lake's
 * folder, the application's URL. Writes a line when it has copied once.
 */
import { join } from 'node:path'
import { openEngine } from '#lake/server'
import { openDatabase } from '#store/server'
import { copyRegistry } from '../snapshot/copy-registry.server.ts'
import { testClock } from './registry.server.ts'

const [, , lakeDir = '', appUrl = ''] = process.argv
const database = openDatabase(appUrl, 3)
const engine = await openEngine({
  tempDir: join(lakeDir, 'tmp'),
  directories: [lakeDir],
  memoryMiB: 256,
  threads: 1,
})
for (;;) {
  await copyRegistry(engine, { database, clock: testClock, lakeDir, share: 3 })
  process.stdout.write('copied\n')
}
