import { expect, test } from 'vitest'
import { readRegionFolder } from '#access/server'
import { assert, type Region } from '#base'
import { readAddress } from './text.ts'

const regions = readRegionFolder(new URL('../../../../regions/', import.meta.url))

const partOf = (address: string, part: string): unknown => {
  const column = { header: '住址', field: 'x', part } as Parameters<typeof readAddress>[1]['column']
  const read = readAddress(address, { kind: 'text', unit: 'yuan', date1904: false, column })
  return read.ok ? read.value : read.reason
}

const above = ({ parentCode }: Region): Region => {
  const region = parentCode && regions.byCode(parentCode)
  assert(region, 'a village lies in something')
  return region
}

test('the places of the committed regions are found in their full, their city and their county address', () => {
  let asked = 0
  const wrong = regions.all.flatMap((village) => {
    if (village.level !== 'village') return []
    const town = above(village)
    const county = above(town)
    // Development zones and farms that stand for a township have no ending to know them by.
    if (county.level !== 'county' || county.name.endsWith('开发区')) return []
    if (!/^[^（]+(?:镇|乡|街道|苏木)$/u.test(town.name)) return []
    const city = above(county)
    const inCounty = county.name + town.name + village.name
    return [inCounty, city.name + inCounty, above(city).name + city.name + inCounty].filter((address) => {
      asked += 1
      return partOf(address, 'county') !== county.name || partOf(address, 'township') !== town.name
    })
  })
  expect(asked).toBeGreaterThan(20_000)
  expect(wrong).toEqual([])
})
