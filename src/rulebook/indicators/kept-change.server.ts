import { releasedVersionOf } from '../packs/packs.queries.server.ts'
import type { VersionChange } from './change.ts'
import { changeOfProposal } from './change-of.ts'
import type { VersionRow } from './proposals.queries.server.ts'

/** A proposal's row as the editor had it; it began as a new indicator where its basis is another's. */
export const changeOf = (row: VersionRow): VersionChange =>
  changeOfProposal({
    version: releasedVersionOf(row),
    basedOn: row.based_on ?? '',
    isNew: isNewIndicator(row),
    region: row.region,
    note: row.note,
  })

/** Whether a proposal begins an indicator of its own. */
export const isNewIndicator = ({ id, indicator }: Pick<VersionRow, 'id' | 'indicator'>): boolean =>
  indicator === `own-${id.slice(-8)}`
