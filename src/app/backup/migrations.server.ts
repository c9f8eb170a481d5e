import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { migrate, migrationsFolder } from '#store/server'
import { queues } from '../jobs.ts'

/** Makes tables as they were after these migrations, the first ones of this version. */
export const migrateTo = async (ownerUrl: string, names: readonly string[]): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-migrations-'))
  try {
    for (const name of names)
      copyFileSync(new URL(`${name}.sql`, migrationsFolder), join(folder, `${name}.sql`))
    await migrate(ownerUrl, { queues, folder: pathToFileURL(`${folder}/`) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
