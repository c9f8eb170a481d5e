import { type Endpoint, listPlaces, serve } from '#access/server'
import { listUploadPlaces } from './contract.ts'

/** The places to choose from when a file is uploaded. */
export const placeEndpoints = (): Endpoint[] => [
  serve(listUploadPlaces, async ({ tx, actor }) => {
    const { regionCode } = actor.organisation
    const places = await listPlaces(tx, regionCode)
    const own = places.find(({ code }) => code === regionCode)
    return {
      own: own ?? { code: regionCode, name: actor.organisation.name },
      below: places.filter(({ code }) => code !== regionCode),
    }
  }),
]
