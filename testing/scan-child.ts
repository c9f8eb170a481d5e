/**
 * A process of its own that runs a scan and stops inside the transaction in which alerts are raised, for a test that
 * kills it there. Arguments: data folder, owner's URL, the application's URL.
 */
import { scanNow } from '../src/app/run/scan-now.server.ts'
import { makeServices } from '../src/app/services.server.ts'
import { silent } from '../src/app/tell.ts'
import { assembleInstallation } from './installation.ts'

const [, , dataDir = '', ownerUrl = '', appUrl = ''] = process.argv
const installation = assembleInstallation(dataDir, ownerUrl, appUrl)
const services = makeServices(installation, '532900000000')
const days = () => {
  process.stdout.write('raising\n')
  // Long enough to be killed, and over by itself when nobody does.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
  return { red: 1, orange: 1, yellow: 1 }
}
await scanNow({ ...services, scan: { ...services.scan, days } }, null, silent)
await installation.close()
