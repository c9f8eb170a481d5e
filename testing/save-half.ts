import { text } from 'node:stream/consumers'
import { insightRefusals } from '#insight'
import { openSimulations, type SnapshotHousehold, simulationEndpoints } from '#insight/server'
import { openPack, type Rulebook } from '#rulebook/server'
import { startTestServer } from './server.ts'

// A program of its own, to be killed: saves a report of a simulation of the households it is handed.

const { appUrl, lakeDir, today, households, body } = JSON.parse(await text(process.stdin)) as {
  readonly appUrl: string
  readonly lakeDir: string
  readonly today: string
  readonly households: readonly SnapshotHousehold[]
  readonly body: object
}
const checked = openPack('demo')
const simulations = openSimulations({
  rulebook: { placePackId: 'demo', packIn: async () => checked } as unknown as Rulebook,
  lakeDir,
  regionCode: '532900000000',
  households: async function* () {
    yield households
  },
})
const server = await startTestServer({
  ...{ appUrl, today, refusals: insightRefusals },
  endpoints: () => simulationEndpoints(simulations),
})
const officer = await server.as('supervisor', { regionCode: '532900000000' })
const { status } = await officer.post('/api/v1/insight/simulations', body)
process.stdout.write(`saved ${status}\n`)
await server.close()
