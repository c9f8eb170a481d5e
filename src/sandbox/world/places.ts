/** Where invented people live: villages of one prefecture, drawn so that one county holds most of them. */
import { assert } from '#base'
import type { Random } from './random.ts'
import type { Place } from './types.ts'

/** One division of the region list: a 12-digit code and its name, of any level. */
export interface Division {
  readonly code: string
  readonly name: string
}

export interface Places {
  readonly villages: readonly Place[]
  /** Villages by county, counties in order of their code. */
  readonly byCounty: ReadonlyMap<string, readonly Place[]>
}

export const placesOf = (region: string, divisions: readonly Division[]): Places => {
  const names = new Map(divisions.map((d) => [d.code, d.name]))
  const nameOf = (code: string): string => {
    const name = names.get(code)
    assert(name !== undefined, `the region list lacks ${code}`)
    return name
  }
  const codes = [...names.keys()].filter((c) => c.startsWith(region) && !c.endsWith('000')).sort()
  const villages = codes.map((village) => {
    const township = `${village.slice(0, 9)}000`
    const county = `${village.slice(0, 6)}000000`
    return {
      village,
      villageName: nameOf(village),
      township,
      townshipName: nameOf(township),
      county,
      countyName: nameOf(county),
    }
  })
  assert(villages.length > 0, `no villages under ${region}`)
  const byCounty = new Map<string, Place[]>()
  for (const place of villages) {
    const list = byCounty.get(place.county)
    if (list) list.push(place)
    else byCounty.set(place.county, [place])
  }
  return { villages, byCounty }
}

/** Draws a village: 56 in 100 live in the first county (the seat), the rest anywhere else. */
export const drawPlace = (places: Places, random: Random): Place => {
  const counties = [...places.byCounty.values()]
  const seat = counties[0] as readonly Place[]
  if (counties.length === 1 || random.chance(560)) return random.pick(seat)
  return places.villages[seat.length + random.int(places.villages.length - seat.length)] as Place
}

export const isUrban = (place: Place): boolean => place.villageName.includes('社区')
