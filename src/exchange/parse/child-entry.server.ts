import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Refusal } from '#base'
import type { ChildItem, ChildJob, ChildMessage } from './child-messages.ts'
import { parseFile } from './parse-file.server.ts'
import type { Progress } from './parsed-file.ts'

// Started by parse-in-child.server.ts as a program of its own: reads one job, writes lines, and ends; also as soon as
// whoever started it is gone, however that came.

const batchItems = 400
const sayEveryMs = 500
/** Rejected rows carry their cells, which may be long: the parent must not have to hold many of those at once. */
const batchChars = 1 << 18

const send = async (message: ChildMessage): Promise<void> => {
  if (!process.stdout.write(`${JSON.stringify(message)}\n`)) await once(process.stdout, 'drain')
}

const run = async (job: ChildJob): Promise<void> => {
  let items: ChildItem[] = []
  let chars = 0
  let progress: Progress | undefined
  let saidMs = performance.now()
  const flush = async (): Promise<void> => {
    const batch = { items, rssBytes: process.memoryUsage.rss(), progress }
    items = []
    chars = 0
    saidMs = performance.now()
    await send(batch)
  }
  const add = (item: ChildItem): void | Promise<void> => {
    items.push(item)
    if ('reject' in item) for (const { text } of item.reject.originalCells) chars += text.length
    if (items.length >= batchItems || chars >= batchChars) return flush()
  }
  try {
    const done = await parseFile({
      ...job,
      onRow: (row) => add({ row }),
      onReject: (reject, aside) => add({ reject, aside }),
      onProgress: (latest) => {
        progress = latest
        // While rows are passed over that were handed on before, nothing else tells how far it is.
        if (items.length === 0 && performance.now() - saidMs > sayEveryMs) void flush()
      },
    })
    await flush()
    await send({ done })
  } catch (fault) {
    if (fault instanceof Refusal) await send({ refused: fault.code, details: fault.details })
    else await send({ failed: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) })
  }
}

const orders = createInterface({ input: process.stdin })
const end = (): never => process.exit()
orders.once('close', end)
const [job] = (await once(orders, 'line')) as [string]
await run(JSON.parse(job) as ChildJob)
// What was said last may still be on its way.
orders.off('close', end)
orders.close()
