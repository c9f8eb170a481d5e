import type { Tx } from '#store/server'

export interface EvidenceFile {
  readonly id: string
  readonly alertId: string
  readonly regionCode: string
  readonly fileName: string
  readonly mediaType: string
  readonly sizeBytes: number
  readonly sha256: string
  readonly contentCipher: Buffer
  readonly addedBy: string
  readonly addedAt: string
}

/** Keeps an evidence file; its bytes are encrypted by the caller. */
export const insertEvidence = async (tx: Tx, file: EvidenceFile): Promise<void> => {
  await tx
    .insertInto('evidence_files')
    .values({
      id: file.id,
      alert_id: file.alertId,
      region_code: file.regionCode,
      file_name: file.fileName,
      media_type: file.mediaType,
      size_bytes: file.sizeBytes,
      sha256: file.sha256,
      content_cipher: file.contentCipher,
      added_by: file.addedBy,
      added_at: file.addedAt,
    })
    .execute()
}

/** An evidence file with its encrypted bytes. */
export const findEvidence = (tx: Tx, id: string) =>
  tx.selectFrom('evidence_files').selectAll().where('id', '=', id).executeTakeFirst()

/** How many evidence files an alert has. */
export const countEvidence = async (tx: Tx, alertId: string): Promise<number> => {
  const row = await tx
    .selectFrom('evidence_files')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('alert_id', '=', alertId)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
