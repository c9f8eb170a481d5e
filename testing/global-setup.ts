import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { openBroker } from './database-broker.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    databaseBroker: string
  }
}

/**
 * Vitest's global setup: one PostgreSQL per run, handed out database by database (testing/postgres.ts). Test files
 * run in processes of their own, so they ask this one over the loopback address. Whoever is not a child of this
 * run does not know the address's secret part.
 */
const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const broker = openBroker()
  const secret = crypto.randomUUID()
  const server = createServer(async (request, response) => {
    const [, given, task, name = ''] = (request.url ?? '').split('/')
    try {
      if (given !== secret) response.writeHead(404).end()
      else if (task === 'clone') response.end(JSON.stringify(await broker.clone()))
      else if (task === 'empty') response.end(JSON.stringify(await broker.empty()))
      else response.end(JSON.stringify(await broker.drop(name)))
    } catch (error) {
      const details = JSON.stringify((error as { details?: unknown }).details ?? {})
      response.writeHead(500).end(`${error instanceof Error ? error.stack : error} ${details}`)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  project.provide('databaseBroker', `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`)
  return async () => {
    server.closeAllConnections()
    server.close()
    await broker.stop()
  }
}

// biome-ignore lint/style/noDefaultExport: Vitest takes the setup from the default export.
export default setup
