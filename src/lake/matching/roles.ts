import { quoteName } from '../engine/sql.ts'
import { feedColumns, type LakeColumn, storedColumns } from '../feeds/columns.ts'

/** One of the people a row speaks of: itself, the spouse, the head; with the columns that name this person. */
type Role = {
  readonly role: string
  readonly token: string
  readonly check: string
  readonly nameKey: string | undefined
}

/** The people that a row of this kind speaks of. */
const rolesOf = (columns: readonly LakeColumn[]): Role[] =>
  columns
    .filter(({ type }) => type === 'number')
    .map((column) => {
      const role = column.field === 'number' ? 'self' : column.field.slice(0, -'Number'.length)
      const [token = '', check = ''] = storedColumns(column).map(({ name }) => name)
      const nameField = role === 'self' ? 'name' : `${role}Name`
      const name = columns.find(({ field, type }) => field === nameField && type === 'name')
      return { role, token, check, nameKey: name && storedColumns(name)[0]?.name }
    })

/** The columns of a row that speak of no person's number or name: what is kept of it once it is matched. */
export const plainColumns = (columns: readonly LakeColumn[]): string[] => {
  const named = new Set(rolesOf(columns).flatMap(({ token, check, nameKey }) => [token, check, nameKey]))
  return feedColumns(columns)
    .map(({ name }) => name)
    .filter((name) => !named.has(name))
}

/**
 * SQL of the rows of a kind once for each person they speak of: `person_role`, that person's `token`, `check_char` and
 * `name_key`, the row's own as `own_token` and `own_name_key`, `feed_no` and the plain columns.
 */
export const rowsByRole = (columns: readonly LakeColumn[], rows: string): string => {
  const roles = rolesOf(columns)
  const own = roles.find(({ role }) => role === 'self')
  const column = (name: string | undefined): string =>
    name === undefined ? 'null::BIGINT' : `f.${quoteName(name)}`
  const plain = ['feed_no', ...plainColumns(columns)].map(column).join(', ')
  return roles
    .map(
      ({ role, token, check, nameKey }) => `select '${role}' as person_role, ${column(token)} as token,
        ${column(check)} as check_char, ${column(nameKey)} as name_key, ${column(own?.token)} as own_token,
        ${column(own?.nameKey)} as own_name_key, ${plain} from ${rows} f`,
    )
    .join(' union all ')
}
