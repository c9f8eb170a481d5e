import type { Tx } from '#store/server'

interface NewLabel {
  readonly id: string
  readonly householdId: string
  readonly personId: string | null
  readonly regionCode: string
  readonly label: string
  readonly validFrom: string
  readonly recordedAt: string
}

export const insertLabel = async (tx: Tx, label: NewLabel): Promise<void> => {
  await tx
    .insertInto('labels')
    .values({
      id: label.id,
      household_id: label.householdId,
      person_id: label.personId,
      region_code: label.regionCode,
      label_group: label.personId === null ? 'need' : 'special',
      label: label.label,
      valid_from: label.validFrom,
      recorded_at: label.recordedAt,
    })
    .execute()
}

/** Whether the subject has this label on the day or on a later one. */
export const hasLabel = async (
  tx: Tx,
  of: { readonly householdId: string; readonly personId: string | null; readonly label: string },
  on: string,
): Promise<boolean> => {
  const found = await tx
    .selectFrom('labels')
    .select('id')
    .where('household_id', '=', of.householdId)
    .where((eb) => (of.personId === null ? eb('person_id', 'is', null) : eb('person_id', '=', of.personId)))
    .where('label', '=', of.label)
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', on)]))
    .executeTakeFirst()
  return found !== undefined
}

/** One label, held until the transaction ends. */
export const findLabel = (tx: Tx, id: string) =>
  tx.selectFrom('labels').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const setLabelEnd = async (tx: Tx, id: string, until: string): Promise<void> => {
  await tx.updateTable('labels').set({ valid_until: until }).where('id', '=', id).execute()
}
