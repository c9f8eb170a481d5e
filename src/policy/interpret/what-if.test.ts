import { expect, test } from 'vitest'
import { businessDate, regionCode } from '#base'
import { type Programme, packInForce } from '../pack/in-force.ts'
import { loadPack } from '../pack/load.server.ts'
import type { Pack } from '../pack/pack.ts'
import { programmeSentence } from '../pack/sentences.ts'
import { subjectGiven } from '../pack/subjects.ts'
import { explainProgrammes } from './explain-programme.ts'
import { whatWouldChange } from './what-if.ts'

const pack = loadPack('policies/demo').pack as Pack
const force = packInForce(pack, { on: businessDate('2024-06-15'), region: regionCode('150202001000') })
const programme = (id: string): Programme => {
  const found = force.programmes.find((one) => one.id === id)
  if (!found) throw new Error(`no programme ${id}`)
  return found
}
const household = subjectGiven(pack, 'household', 'h', {
  residence: 'urban',
  members: [{ otherIncomeFen: 150_000 }, { relation: 'spouse' }, { relation: 'child', bornOn: '2016-01-01' }],
})

test('the nearest amount that ends the entitlement is found to one fen', () => {
  const changes = whatWouldChange(force, programme('dibao'), 'household', household)
  expect(
    changes.find(({ fact, place }) => fact === 'otherIncomeFen' && place === 'members[1]'),
  ).toMatchObject({
    entity: 'member',
    from: 150_000,
    to: 240_000,
    outcome: { outcome: 'known', value: false },
  })
  expect(changes.find(({ fact }) => fact === 'propertyWithinDibaoLimit')).toMatchObject({
    from: true,
    to: false,
  })
  expect(changes.map(({ distance }) => distance)).toEqual(
    changes.map(({ distance }) => distance).toSorted((a, b) => a - b),
  )
})

test('a fact that changes nothing alone is not listed, and a birthday is found to the day', () => {
  const changes = whatWouldChange(force, programme('dibao'), 'household', household)
  expect(changes.some(({ fact }) => fact === 'scholarshipFen')).toBe(false)
  const grown = subjectGiven(pack, 'household', 'h', {
    residence: 'urban',
    members: [
      { otherIncomeFen: 200_000 },
      { relation: 'spouse' },
      { relation: 'child', bornOn: '2006-01-01' },
    ],
  })
  const birthday = whatWouldChange(force, programme('dibao'), 'household', grown).find(
    ({ fact, place }) => fact === 'bornOn' && place === 'members[3]',
  )
  expect(birthday).toMatchObject({ from: '2006-01-01', to: '2006-06-16' })
})

test('an explanation holds every rule with its value and article, and each parameter with its pack', () => {
  const [dibao] = explainProgrammes(force, 'household', household)
  expect(dibao).toMatchObject({ programme: 'dibao', outcome: { value: true }, amount: 90_000, per: 'month' })
  const income = dibao?.rules.find(({ rule, place }) => rule === 'incomeYearFen' && place === 'members[1]')
  expect(income).toMatchObject({
    value: 1_800_000,
    sources: [{ document: 'dibao-2021-57', clause: '第十三条' }],
  })
  expect(dibao?.parameters.find(({ name }) => name === 'dibaoStandardUrbanFen')).toMatchObject({
    value: 80_000,
    pack: 'demo',
    from: '2024-01-01',
    region: '150200000000',
    checkedOn: '2026-11-22',
  })
  for (const language of ['zh-CN', 'en'] as const) {
    for (const explanation of explainProgrammes(force, 'household', household)) {
      for (const reader of ['citizen', 'officer'] as const)
        expect(programmeSentence(pack, explanation, reader, language)).not.toMatch(/\{|undefined|^$/u)
    }
  }
  expect(dibao && programmeSentence(pack, dibao, 'citizen', 'zh-CN')).toBe(
    '您家符合低保条件，每月可领取900.00元。',
  )
  // The month's income is told although the decision counts by the year.
  expect(dibao && programmeSentence(pack, dibao, 'officer', 'zh-CN')).toContain('家庭月收入1,500.00元')
})

test('programmes of a member are explained for each member', () => {
  const places = explainProgrammes(force, 'household', household)
    .filter(({ programme: id }) => id === 'singlePersonDibao')
    .map(({ place }) => place)
  expect(places).toEqual(['members[1]', 'members[2]', 'members[3]'])
})
