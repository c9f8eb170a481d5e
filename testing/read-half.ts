import { text } from 'node:stream/consumers'
import { readFeed } from '#exchange/server'
import { openIntake } from './intake-world.ts'

// A program of its own, to be killed: reads a received file, says so after so many rows, and stands still there or goes on.

const { dataDir, ownerUrl, feedId, rows, goesOn, rowsPerPart } = JSON.parse(await text(process.stdin)) as {
  readonly dataDir: string
  readonly ownerUrl: string
  readonly feedId: string
  readonly rows: number
  readonly goesOn?: boolean
  readonly rowsPerPart?: number
}
const { intake } = await openIntake(dataDir, ownerUrl)
let accepted = 0
const standStill = (): Promise<void> => {
  process.stdout.write('half read\n')
  if (goesOn) return Promise.resolve()
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
          if (accepted !== rows + 1) return input.onRow?.(row)
          const said = standStill()
          return said.then(() => input.onRow?.(row))
        },
      }),
  },
  feedId,
  rowsPerPart ? { rowsPerPart } : {},
)
process.exit(0)
