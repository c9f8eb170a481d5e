import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const shape = z.object({ appRolePassword: z.string(), installation: z.string() })

/** Secrets of an installation besides its keys: made at the first start, kept in a file of mode 0600. */
export type InstallationSecrets = z.infer<typeof shape>

/** Reads the secrets in the data folder, or makes them. */
export const openSecrets = (dataDir: string): InstallationSecrets => {
  const path = join(dataDir, 'secrets.json')
  if (existsSync(path)) return shape.parse(JSON.parse(readFileSync(path, 'utf8')))
  const secrets = {
    appRolePassword: randomBytes(24).toString('base64url'),
    installation: randomBytes(12).toString('hex'),
  }
  writeFileSync(path, JSON.stringify(secrets), { mode: 0o600, flag: 'wx' })
  return secrets
}
