import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { indicatorsId } from './content.ts'
import { headIn, holdsRegion, shippedPolicies } from './packs.server.ts'

const demoId = 'demo'

/** For which installation packs are wanted. */
export interface Where {
  readonly regionCode: string
  readonly demo: boolean
  /** The folder of the packs, if not the one that comes with the program. */
  readonly policies?: string | undefined
}

/**
 * The packs in force in an installation: the indicators, and the programmes of the narrowest place that holds it; in a
 * demonstration the test values. A draft is nobody's pack until it is named.
 */
export const packIdsFor = ({ regionCode, demo, policies = shippedPolicies }: Where): readonly string[] => {
  const heads = readdirSync(policies)
    .filter((id) => existsSync(join(policies, id, 'pack.yaml')))
    .map((id) => ({ ...headIn(readFileSync(join(policies, id, 'pack.yaml'), 'utf8')), id }))
  const isThere = (wanted: string) => heads.some(({ id }) => id === wanted)
  const [narrowest] = heads
    .filter(
      ({ id, region, status }) =>
        id !== indicatorsId && id !== demoId && status !== 'draft' && holdsRegion(region ?? '', regionCode),
    )
    .toSorted((a, b) => significant(b.region) - significant(a.region) || (a.id < b.id ? -1 : 1))
  const place = demo && isThere(demoId) ? demoId : narrowest?.id
  return [...(isThere(indicatorsId) ? [indicatorsId] : []), ...(place ? [place] : [])]
}

const significant = (region = ''): number => region.replace(/0+$/u, '').length
