import { type ReadOptions, type Received, readFeed, receivePath } from '#exchange/server'
import type { Services } from '../services.server.ts'

export interface FileToImport {
  readonly path: string
  readonly fileName: string
  readonly kind: string | null
  /** The layout to read it by; without one the headers tell. */
  readonly layoutId?: string | null
  readonly regionCode: string
  readonly period: string | null
}

export interface ImportedFile extends Received {
  /** accepted, quarantined or refused; undefined for a file that was known. */
  readonly status: string | undefined
}

/** Receives a file and reads it at once: for the command line and the demo. */
export const importFile = async (
  { intake }: Services,
  file: FileToImport,
  options: ReadOptions = {},
): Promise<ImportedFile> => {
  const received = await receivePath(intake, file.path, { ...file, receivedBy: null })
  if (received.known) return { ...received, status: undefined }
  return { ...received, status: await readFeed(intake, received.feedId, options) }
}
