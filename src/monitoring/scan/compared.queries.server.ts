import { type Engine, quoteText } from '#lake/server'
import { subjectRegions } from './parts.queries.server.ts'

/** The subjects of whom a scan asks the interpreter too: `id`. */
export const comparedTable = 'compared_subject'

/** Chooses them by the scan: anybody can name them again afterwards, and nobody knows them before. All where there are fewer. */
export const chooseCompared = async (engine: Engine, scanId: string, count: number): Promise<void> => {
  await engine.run(
    `create or replace table ${comparedTable} as
     select id from (${subjectRegions}) order by md5(${quoteText(`${scanId} `)} || id), id limit ${Math.max(0, count)}`,
  )
}
