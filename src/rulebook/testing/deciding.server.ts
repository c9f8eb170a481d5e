import { startTestServer } from '#testing/server.ts'
import { indicatorEndpoints } from '../indicators/handler.server.ts'
import { openRulebook } from '../packs/rulebook.server.ts'
import { parameterEndpoints } from '../parameters/handler.server.ts'
import { refusals } from '../refusals.ts'

/** Where what is proposed in these tests holds. */
export const decidingPlace = '532900000000'

/** A server with the routes by which values and versions are proposed and decided: values of the packs in `policies`. */
export const startDeciding = ({
  appUrl,
  policies,
}: {
  readonly appUrl: string
  readonly policies: string
}) => {
  const where = { regionCode: decidingPlace, demo: false }
  return startTestServer({
    appUrl,
    refusals,
    endpoints: () => [
      ...parameterEndpoints({ rulebook: openRulebook({ ...where, policies }) }),
      ...indicatorEndpoints({
        rulebook: openRulebook(where),
        feedName: (kind) => kind,
        departments: { resources: { zh: '自然资源', en: 'Natural resources' } },
      }),
    ],
  })
}
