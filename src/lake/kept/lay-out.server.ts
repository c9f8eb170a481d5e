import { randomUUID } from 'node:crypto'
import { fileOf } from '../pass/state-files.server.ts'
import {
  type BringUp,
  type BroughtUp,
  joinFiles,
  keptOf,
  kindsOf,
  numbersOf,
  questions,
  shapeOf,
  showMarriages,
  wideLevels,
  writeBeside,
} from './common.server.ts'
import type { BringUpInputs, Kept, KeptTable } from './kept.ts'
import { createQuestions, fillDecided, fillGiven, matchKinds } from './match.server.ts'
import { numberPeople } from './people.server.ts'
import { fillLiveFeeds } from './rows.server.ts'

// What is looked up by the members of so many lies in memory together, from every kind of file.
const usualPartSize = 250_000
const open = 2 ** 31 - 1

/** Everything anew: numbers in the order of regions, all rows matched, all facts made, part by part. */
export const layOut = async (
  bringUp: BringUp,
  inputs: BringUpInputs,
  generation: number,
): Promise<BroughtUp> => {
  const { engine, files, partSize = usualPartSize } = bringUp
  const { numbered, next: feed } = numbersOf(inputs.feeds, undefined, 0)
  await fillLiveFeeds(engine, inputs.feeds, numbered)
  const next = await numberPeople(engine, { feed, hid: 0, pid: 0 }, true)
  await fillDecided(engine)
  await fillGiven(engine)
  await engine.run(createQuestions)
  const kinds = kindsOf(bringUp, numbered)
  const matching = { engine, path: files.path, generation, rowsOf: inputs.rowsOf, label: 'matched' } as const
  const matched = joinFiles(
    {},
    await matchKinds(
      matching,
      kinds.filter(({ feeds }) => feeds.length > 0),
      'person_now',
      false,
    ),
  )
  matched['question'] = await questions(bringUp, generation, undefined)
  const beside = await writeBeside(bringUp, generation, undefined)
  const count = Math.max(1, Math.ceil(next.hid / partSize))
  const parts = Array.from({ length: count }, (_, at) => ({
    from: at * partSize,
    until: at + 1 === count ? open : (at + 1) * partSize,
  }))
  const written: Record<KeptTable, string[]> = { subject: [], person: [], household: [], member: [] }
  const write = async (table: KeptTable, at: number, sql: string): Promise<void> => {
    const file = fileOf(generation, table, at)
    await engine.writeParquet(sql, files.path(file), 'snappy')
    written[table].push(file)
  }
  await showMarriages(bringUp, inputs, numbered)
  const made = keptOf(bringUp, inputs, { matched, beside })
  for (const [at, { from, until }] of parts.entries()) {
    for (const level of wideLevels) await write(level, at, made.ofPart(level, from, until))
    const within = `where hid >= ${from} and hid < ${until} order by hid`
    await write('subject', at, `select subject_id, is_lead, hid from subject_now ${within}`)
    await write('person', at, `select * from person_now ${within}`)
  }
  const kept: Kept = {
    id: randomUUID(),
    generation,
    laidOut: generation,
    today: inputs.today,
    shape: shapeOf(bringUp, inputs),
    feeds: numbered,
    next,
    ...{ parts, files: written, changed: {}, matched, beside },
  }
  files.publish(kept)
  return { kept, isNew: true, touched: next.hid }
}
