import { addDays, type BusinessDate } from '#base'
import type { SnapshotHousehold, SnapshotMember } from '../simulation/snapshot.queries.server.ts'

/** A stream of whole numbers below a limit, the same for the same seed. */
const drawFrom = (seed: number): ((limit: number) => number) => {
  let state = seed >>> 0
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

type Draw = ReturnType<typeof drawFrom>

const relations = ['applicant', 'spouse', 'child', 'child', 'parent', 'grandchild'] as const
const works = ['none', 'employed', 'flexible', 'farming', 'retired'] as const
const schools = ['none', 'compulsory', 'highSchool', 'vocational', 'none'] as const

const memberOf = (draw: Draw, at: number, on: BusinessDate): SnapshotMember => {
  const years = at < 2 ? 25 + draw(60) : at < 4 ? draw(30) : 50 + draw(40)
  const isAdult = years >= 16
  const grade = draw(100) < 12 ? String(1 + draw(4)) : 'none'
  const knows = (percent: number): boolean => draw(100) < percent
  return {
    facts: {
      relation: relations[at] ?? 'other',
      ...(knows(99) ? { bornOn: addDays(on, -years * 365 - draw(365)) } : {}),
      tekunPerson: false,
      inSinglePersonDibao: grade === '1',
      recognisedAs: grade === '1' ? 'dibao' : grade === '2' ? 'margin' : 'none',
      ...(isAdult && knows(90) ? { workStatus: works[draw(works.length)] ?? 'none' } : {}),
      ...(knows(95)
        ? { disabilityGrade: grade, disabilityKind: grade === 'none' ? 'none' : 'physical' }
        : {}),
      ...(isAdult ? {} : { studyLevel: schools[draw(schools.length)] ?? 'none' }),
      ...(knows(90) ? { seriousIllness: draw(100) < 6 } : {}),
    },
    ...(isAdult && knows(80) ? { declaredMonthFen: draw(3) === 0 ? 0 : draw(3000) * 100 } : {}),
  }
}

const idOf = (at: number): string => `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`

/** Invented households as the registry would know them, in twelve counties of a prefecture with a hundred villages each. */
export async function* inventedHouseholds(
  count: number,
  on: BusinessDate,
  seed = 7,
): AsyncGenerator<readonly SnapshotHousehold[]> {
  const draw = drawFrom(seed)
  for (let from = 0; from < count; from += 2000) {
    yield Array.from({ length: Math.min(2000, count - from) }, (_, index) => {
      const county = 532901 + draw(12)
      const [town, village] = [100 + draw(10), 200 + draw(10)]
      const size = 1 + draw(3) + draw(3)
      return {
        id: idOf(from + index),
        regionCode: `${county}${town}${village}`,
        facts: { residence: draw(4) === 0 ? 'urban' : 'rural' },
        ...(draw(100) < 70 ? { declaredYearFen: draw(40_000) * 100 } : {}),
        members: Array.from({ length: size }, (_, at) => memberOf(draw, at, on)),
      }
    })
  }
}
