import type { RefusalDetails } from '#base'
import type { Layout } from '../layouts/layout.ts'
import type { Reject } from '../rejects/reject.ts'
import type { AcceptedRow, ParsedFile, Progress, SetAside } from './parsed-file.ts'

/** What the parent asks of the parsing child, one JSON text on its input. */
export type ChildJob = {
  readonly path: string
  readonly fileName: string
  readonly layouts: readonly Layout[]
  readonly handedOn?: number | undefined
}

/** What the child answers, one JSON text a line, ending with `done`, `refused` or `failed`. */
export type ChildMessage =
  | { readonly items: readonly ChildItem[]; readonly rssBytes: number; readonly progress?: Progress }
  | { readonly done: ParsedFile }
  | { readonly refused: string; readonly details: RefusalDetails }
  | { readonly failed: string }

export type ChildItem =
  | { readonly row: AcceptedRow }
  | { readonly reject: Reject; readonly aside?: SetAside | undefined }
