import { dirname, join } from 'node:path'
import { openEngine, quoteName, quoteText } from '#lake/server'

/** Frozen facts as an earlier version wrote them: under another hash and without these facts of members. */
export const forgetFacts = async (
  folder: string,
  from: string,
  to: string,
  facts: readonly string[],
): Promise<void> => {
  const engine = await openEngine({
    tempDir: join(dirname(folder), 'tmp'),
    directories: [folder],
    memoryMiB: 512,
    threads: 1,
  })
  try {
    const read = (kind: string) => `read_parquet(${quoteText(join(folder, `${from}-${kind}.parquet`))})`
    const less = `* exclude (${facts.map(quoteName).join(', ')})`
    await engine.writeParquet(`select ${less} from ${read('member')}`, join(folder, `${to}-member.parquet`))
    await engine.writeParquet(`select * from ${read('household')}`, join(folder, `${to}-household.parquet`))
  } finally {
    engine.close()
  }
}
