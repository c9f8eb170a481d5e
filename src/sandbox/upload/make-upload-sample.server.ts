import { assert } from '#base'
import { loadLayouts } from '#exchange/server'
import { fileMaker } from '../files/build-file.server.ts'
import { saveFile, type WrittenFile } from '../files/write-feed-files.server.ts'
import { outcomesOf, type TrueAlert } from '../truth/alerts.ts'
import { evidenceOf } from '../truth/evidence.ts'
import { plusDays, yearsBetween } from '../world/days.ts'
import { rowAbout } from '../world/feeds/scene.ts'
import type { World } from '../world/make-world.ts'
import { familyName, fullName } from '../world/names.ts'
import { numberBook } from '../world/numbers.ts'
import { type Random, randomFrom } from '../world/random.ts'
import type { DefectKind, WorldFeeds, WorldRow } from '../world/rows.ts'
import type { Member, Person } from '../world/types.ts'

/** A file for trying the upload by hand, with what it must lead to. */
export interface UploadSample {
  readonly file: WrittenFile
  /** Red alerts the file raises: members who died this month. */
  readonly alerts: readonly TrueAlert[]
  readonly bad: number
}

const planted = 8
/** Ways the bad rows are bad, in turn. */
const faults: readonly (readonly [field: string, how: DefectKind])[] = [
  ['number', 'number-mistyped'],
  ['number', 'number-masked'],
  ['number', 'number-scientific'],
  ['diedOn', 'date-impossible'],
  ['number', 'number-short'],
  ['diedOn', 'required-missing'],
  ['number', 'number-letters'],
  ['reversed', 'flag-unclear'],
  ['diedOn', 'date-words'],
  ['number', 'number-of-no-day'],
]

/**
 * A file of deaths with so many rows, so many of them bad, and a few members of the registry among the good ones;
 * everybody else in it is a stranger.
 */
export const makeUploadSample = async (
  world: World,
  { rows: size, bad }: { readonly rows: number; readonly bad: number },
  folder: string,
): Promise<UploadSample> => {
  assert(size >= bad + planted, 'more bad rows than the file has')
  const random = randomFrom(world.input.seed).fork('upload')
  const members = livingMembers(world, random)
  const strangers = makeStrangers(world, size - members.length, random)
  const today = world.input.businessDate
  const month = `${today.slice(0, 7)}-01`
  const days = Number(today.slice(8)) - 1
  const dead = (person: Person, i: number): WorldRow<'deaths'> =>
    rowAbout<'deaths'>(person, {
      diedOn: plusDays(month, random.int(Math.max(1, days))),
      reversed: false,
      certificate: `SW${today.slice(0, 4)}8${String(i).padStart(5, '0')}`,
    })
  const spoiled = new Set(random.sample(strangers, bad))
  const people: Person[] = [...strangers]
  for (const member of members) people.splice(random.int(people.length), 0, member)
  let faulty = 0
  const rows = people.map((person, i) => {
    const row = dead(person, i)
    if (!spoiled.has(person)) return row
    const [field, how] = faults[faulty % faults.length] as (typeof faults)[number]
    faulty += 1
    return { ...row, defect: { field, how } }
  })
  const maker = fileMaker(world, await loadLayouts(), strangers)
  const file = await saveFile(
    world,
    maker.build('deaths', rows, today.slice(0, 7), '_上传样例'),
    folder,
    today.slice(0, 7),
  )
  const before = new Set(outcomesOf(world).alerts.map((a) => `${a.indicator}|${a.subject}`))
  const extra = { deaths: rows } as unknown as Partial<WorldFeeds>
  const alerts = outcomesOf(world, extra).alerts.filter((a) => !before.has(`${a.indicator}|${a.subject}`))
  return { file, alerts, bad }
}

/** One old member of each of a few households of whom no death is known. */
const livingMembers = (world: World, random: Random): Member[] => {
  const evidence = evidenceOf(world)
  const households = world.registry.households.filter((h) =>
    h.memberKeys.every((key) => evidence.of('deaths', key).length === 0),
  )
  const chosen = new Set(random.sample(households, planted * 6).map((h) => h.number))
  const members: Member[] = []
  for (const p of world.registry.persons) {
    if (!chosen.has(p.household) || !p.number || yearsBetween(p.birthDate, world.input.businessDate) < 60)
      continue
    chosen.delete(p.household)
    if (members.length < planted) members.push(p)
  }
  return members
}

/** People of a county that no other invented number has. */
const makeStrangers = (world: World, count: number, random: Random): Person[] => {
  const book = numberBook()
  const places = world.registry.households.map((h) => h.place)
  return Array.from({ length: count }, (_, i) => {
    const sex = random.chance(520) ? 'male' : 'female'
    const place = random.pick(places)
    const birthDate = plusDays('1930-01-01', random.int(14_000))
    const area = `${place.county.slice(0, 4)}99000000`
    return {
      key: `S${String(i + 1).padStart(6, '0')}`,
      name: fullName(familyName('01', random), sex, random),
      sex,
      birthDate,
      number: book.next(area, birthDate, sex),
      ethnicity: '01',
      place,
      work: 'retired',
    }
  })
}
