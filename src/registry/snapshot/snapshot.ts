/** One table of the registry for the lake: its name there, its columns in order, and the select that gives them. */
export interface SnapshotTable {
  readonly table: string
  readonly columns: readonly {
    readonly name: string
    readonly type: 'BIGINT' | 'BOOLEAN' | 'DATE' | 'UUID' | 'VARCHAR'
  }[]
  readonly select: string
}

/** Of whom rows are given: a condition each on a column that holds the id of whom a row speaks, of a household, of a member. */
export interface Portion {
  readonly subject: (column: string) => string
  readonly household: (column: string) => string
  readonly member: (column: string) => string
}

const always = (): string => 'true'

export const everybody: Portion = { subject: always, household: always, member: always }
