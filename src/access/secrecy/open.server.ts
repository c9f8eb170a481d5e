import { join } from 'node:path'
import { openKeyFile } from './key-file.server.ts'
import { createSecrecy, type Secrecy } from './secrecy.server.ts'

export type { Secrecy } from './secrecy.server.ts'

/** The secrecy of an installation: keys in `<dataDir>/keys`, made on first use, mode 0600. */
export const openSecrecy = (dataDir: string): Secrecy => createSecrecy(openKeyFile(join(dataDir, 'keys')))
