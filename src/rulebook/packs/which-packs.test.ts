import { expect, test } from 'vitest'
import { openPack } from './packs.server.ts'
import { packIdsFor } from './which-packs.server.ts'

test('a draft is not the pack of its region, and can be opened by its name', () => {
  expect(packIdsFor({ regionCode: '150202000000', demo: false })).toEqual(['indicators', 'cn-national'])
  const { pack } = openPack('cn-150200-baotou')
  expect(pack.head.status).toBe('draft')
})

test('the narrowest pack in force is that of a place, and a demonstration has its own values', () => {
  expect(packIdsFor({ regionCode: '320682000000', demo: false })).toEqual(['indicators', 'cn-320682-rugao'])
  expect(packIdsFor({ regionCode: '532901000000', demo: false })).toEqual(['indicators', 'cn-532900-dali'])
  expect(packIdsFor({ regionCode: '150202000000', demo: true })).toEqual(['indicators', 'demo'])
})
