/** One table of the registry for the lake: its name there, its columns in order, and the select that gives them. */
export interface SnapshotTable {
  readonly table: string
  readonly columns: readonly {
    readonly name: string
    readonly type: 'BIGINT' | 'BOOLEAN' | 'DATE' | 'UUID' | 'VARCHAR'
  }[]
  readonly select: string
}
