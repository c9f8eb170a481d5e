import { text } from 'node:stream/consumers'
import { readFeed } from '#exchange/server'
import { openIntake } from './intake-world.ts'

// A program of its own, to be killed: reads a received file, and stands still after so many accepted rows.

const { dataDir, ownerUrl, feedId, rows } = JSON.parse(await text(process.stdin)) as {
  readonly dataDir: string
  readonly ownerUrl: string
  readonly feedId: string
  readonly rows: number
}
const { intake } = await openIntake(dataDir, ownerUrl)
let accepted = 0
const standStill = (): Promise<void> => {
  process.stdout.write('half read\n')
  return new Promise(() => {
    setInterval(() => undefined, 60_000)
  })
}
await readFeed(
  {
    ...intake,
    parse: (input) =>
      intake.parse({
        ...input,
        onRow: (row) => {
          accepted += 1
          return accepted > rows ? standStill() : input.onRow?.(row)
        },
      }),
  },
  feedId,
)
