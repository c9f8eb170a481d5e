import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import type { Upload } from '#access/server'
import { Refusal } from '#base'

export interface Received {
  readonly upload: Upload | undefined
  readonly fields: Readonly<Record<string, string>>
}

const saveFile = async (
  source: NodeJS.ReadableStream,
  path: string,
): Promise<{ sha256: string; sizeBytes: number }> => {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      sizeBytes += chunk.length
      done(null, chunk)
    },
  })
  await pipeline(source, count, createWriteStream(path, { mode: 0o600 }))
  return { sha256: hash.digest('hex'), sizeBytes }
}

/** Reads a multipart body: one file, written to the private upload folder as it comes, and the text fields. */
export const receiveUpload = async (
  request: FastifyRequest,
  folder: string,
  limitMiB: number,
): Promise<Received> => {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>
  let upload: Upload | undefined
  const path = join(folder, randomUUID())
  try {
    for await (const part of request.parts({
      limits: { fileSize: limitMiB * 1024 * 1024, files: 1, fields: 20, fieldSize: 100_000 },
    })) {
      if (part.type === 'field') fields[part.fieldname] = String(part.value)
      else upload = { path, fileName: part.filename.slice(0, 200), ...(await saveFile(part.file, path)) }
    }
  } catch (error) {
    await rm(path, { force: true })
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE')
      throw new Refusal('access.too-large', { limit: limitMiB })
    throw error
  }
  return { upload, fields }
}
