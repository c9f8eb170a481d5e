import { z } from 'zod'
import { defineRoute } from '#access'

const place = z.object({ code: z.string(), name: z.string() })

/** The places a file may be about: the reader's own and those one level below it. */
export const listUploadPlaces = defineRoute({
  method: 'GET',
  path: '/api/v1/exchange/places',
  permission: 'feed.upload',
  summary: { zh: '上传文件可选的地区', en: 'Places a department file may be about' },
  reply: z.object({ own: place, below: z.array(place) }),
})
