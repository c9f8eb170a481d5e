import { openSecrecy, readRegionFolder } from '#access/server'
import { openDatabase } from '#store/server'
import { demoDate } from '../src/app/demo/make-demo.server.ts'
import { businessClock } from '../src/app/installation/business-clock.server.ts'
import type { Installation } from '../src/app/installation/open.server.ts'

/** An installation put together from its parts on a migrated database; the regions are not in the record, only in memory. */
export const assembleInstallation = (dataDir: string, ownerUrl: string, appUrl: string): Installation => {
  const database = openDatabase(appUrl, 6)
  return {
    dataDir,
    ownerUrl,
    appUrl,
    database,
    secrecy: openSecrecy(dataDir),
    regions: readRegionFolder(new URL('../regions/', import.meta.url)),
    clock: businessClock(demoDate),
    info: undefined,
    close: () => database.close(),
  }
}
