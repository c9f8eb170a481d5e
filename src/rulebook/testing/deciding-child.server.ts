/**
 * A program of its own that releases one proposal, for a test that kills it on the way. Arguments: the application's URL,
 * the folder of packs, the path to post to. Says `ready`, asks when it is told to, and says the status when it was answered.
 */
import { once } from 'node:events'
import { decidingPlace, startDeciding } from './deciding.server.ts'

const [, , appUrl = '', policies = '', path = ''] = process.argv
const server = await startDeciding({ appUrl, policies })
const releaser = await server.as('supervisor', { regionCode: decidingPlace })
process.stdout.write('ready\n')
await once(process.stdin, 'data')
const { status } = await releaser.post(path, {})
process.stdout.write(`${status}\n`)
