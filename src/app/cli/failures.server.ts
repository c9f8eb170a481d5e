import { Refusal, type RefusalSpec, refusalTextOf } from '#base'
import { backupRefusals } from '../backup/refusals.ts'
import { describeError } from '../log.server.ts'
import { refusalSpecs } from '../services.server.ts'
import { cliRefusals } from './refusals.ts'

const specs: Readonly<Record<string, RefusalSpec>> = { ...refusalSpecs, ...backupRefusals, ...cliRefusals }

const unreachable =
  /^(08|28|3D000|57P0)|^(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|ETIMEDOUT|EAI_AGAIN)$/
const diskFull = /^(ENOSPC|EDQUOT|53100)$/
const fileTrouble =
  /^(ENOENT|EACCES|EPERM|EROFS|EISDIR|ENOTDIR|EEXIST|ENAMETOOLONG|ELOOP|EMFILE|EIO|EXDEV|EBUSY)$/

const unexpected = (error: unknown): Refusal => {
  const { error: kind, code, frames } = describeError(error)
  const frame =
    ((frames as readonly string[] | undefined) ?? []).find((line) => !/assert\.ts/.test(line)) ?? ''
  // Where it happened, without the folders of this machine.
  const at = /([\w.-]+\.ts:\d+)/.exec(frame)?.[1] ?? ''
  return new Refusal('app.unexpected', { error: kind, code: code ?? '', at })
}

/** What stopped a command, as the refusal that tells it; `place` is where things are kept, for errors that name none. */
export const asRefusal = (error: unknown, place = ''): Refusal => {
  if (error instanceof Refusal) return specs[error.code] ? error : unexpected(error)
  const { code = '', path, message = '' } = error as { code?: unknown; path?: string; message?: string }
  const name = String(code)
  if (diskFull.test(name) || /No space left on device|disk quota exceeded/i.test(message))
    return new Refusal('app.disk-full', { place: path ?? place })
  if (unreachable.test(name)) return new Refusal('store.unreachable', { cause: name })
  if (fileTrouble.test(name)) return new Refusal('app.file-trouble', { path: path ?? place, reason: name })
  if (name === '53200' || name === 'ERR_WORKER_OUT_OF_MEMORY' || /^Out of Memory/i.test(message))
    return new Refusal('app.no-memory')
  return unexpected(error)
}

/** A refusal in Chinese and in English. */
export const refusalTexts = ({ code, details }: Refusal): { readonly zh: string; readonly en: string } => {
  const spec = specs[code]
  if (!spec) return { zh: code, en: code }
  return { zh: refusalTextOf(spec, 'zh-CN', details), en: refusalTextOf(spec, 'en', details) }
}
