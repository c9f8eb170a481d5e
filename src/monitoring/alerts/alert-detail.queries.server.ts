import type { Tx } from '#store/server'

/** Steps of an alert, oldest first, with the names of people and offices. */
export const listSteps = (tx: Tx, alertId: string) =>
  tx
    .selectFrom('alert_steps')
    .leftJoin('accounts', 'accounts.id', 'alert_steps.actor_id')
    .leftJoin('organisations as giver', 'giver.id', 'alert_steps.from_id')
    .leftJoin('organisations as taker', 'taker.id', 'alert_steps.to_id')
    .select([
      'alert_steps.id',
      'alert_steps.step',
      'alert_steps.at',
      'alert_steps.route',
      'alert_steps.result',
      'alert_steps.note',
      'accounts.display_name as actor',
      'giver.name as from',
      'taker.name as to',
    ])
    .where('alert_id', '=', alertId)
    .orderBy('alert_steps.at')
    .orderBy('alert_steps.id')
    .execute()

/** Evidence files of an alert, without their bytes. */
export const listEvidence = async (tx: Tx, alertId: string) => {
  const rows = await tx
    .selectFrom('evidence_files')
    .leftJoin('accounts', 'accounts.id', 'evidence_files.added_by')
    .select(['evidence_files.id', 'file_name', 'media_type', 'size_bytes', 'added_at', 'display_name'])
    .where('alert_id', '=', alertId)
    .orderBy('added_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    fileName: row.file_name,
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    addedBy: row.display_name ?? '',
    addedAt: row.added_at,
  }))
}

/** Tasks that follow from an alert. */
export const listAlertTasks = async (tx: Tx, alertId: string) => {
  const rows = await tx
    .selectFrom('tasks')
    .leftJoin('organisations', 'organisations.id', 'tasks.holder_id')
    .select([
      'tasks.id',
      'tasks.kind',
      'tasks.status',
      'tasks.due_on',
      'tasks.holder_id',
      'organisations.name as holder_name',
    ])
    .where('alert_id', '=', alertId)
    .orderBy('opened_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    status: row.status,
    dueOn: row.due_on,
    holder: row.holder_id && row.holder_name ? { id: row.holder_id, name: row.holder_name } : null,
  }))
}
