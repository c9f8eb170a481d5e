import { Refusal } from '#base'
import type { Rule } from '#policy'
import { indicatorsId } from '../packs/content.ts'
import { releasedVersionOf } from '../packs/packs.queries.server.ts'
import { courseOf, mayWith } from '../proposing/second-person.ts'
import type { CheckedVersion } from './contract.ts'
import { versionDifferences } from './differences.ts'
import { namesIn } from './indicators.server.ts'
import { changeOf, isNewIndicator } from './kept-change.server.ts'
import type { VersionRow } from './proposals.queries.server.ts'
import type { Asking, IndicatorServices } from './services.server.ts'

/** A line of the list of proposed versions. */
export const proposalView = (row: VersionRow, today: string) => {
  const { entry } = releasedVersionOf(row)
  return {
    id: row.id,
    indicator: row.indicator,
    name: entry.name ?? { zh: row.indicator, en: row.indicator },
    isNew: isNewIndicator(row),
    ...courseOf(row, today),
  }
}

/** One proposed version with what it rests on, how it differs from its basis, and what the reader may do. */
export const proposalFile = async (
  services: IndicatorServices,
  { tx, actor, clock }: Asking,
  row: VersionRow,
  checked: CheckedVersion | null,
) => {
  const { pack } = await services.rulebook.packIn(tx, indicatorsId)
  const { entry, document, newDocument } = releasedVersionOf(row)
  const [source] = entry.sources
  if (!source) throw new Refusal('access.not-found')
  const known = pack.sources[document]
  const basis: Rule | undefined = pack.rules.find(({ key }) => key === row.based_on)
  return {
    proposal: proposalView(row, clock.today()),
    change: changeOf(row),
    source: {
      title: newDocument?.title ?? known?.title.zh ?? document,
      number: newDocument?.number ?? known?.number ?? null,
      clause: source.clause,
    },
    differs: versionDifferences(isNewIndicator(row) ? undefined : basis, entry, namesIn(services)),
    checked,
    ...mayWith(actor, row, checked?.isSound ?? false),
  }
}
