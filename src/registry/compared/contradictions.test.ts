import { expect, test } from 'vitest'
import { businessDate } from '#base'
import { contradictionsOf, type Said } from './contradictions.ts'

const today = businessDate('2026-06-15')
const household = { id: 'h', memberIds: ['a', 'b'] }

let serial = 0
const say = (
  feed: string,
  says: Said['says'],
  { subjectId = 'a', validFrom = '2026-01-01', validUntil = null as string | null } = {},
): Said => {
  serial += 1
  return { id: `s${serial}`, subjectId, feed, says, validFrom, validUntil }
}
const kindsOf = (said: readonly Said[], told: Readonly<Record<string, unknown>>): string[] =>
  contradictionsOf(household, said, (subject, kind) => told[`${subject} ${kind}`], today).map(
    ({ subjectId, kind }) => `${subjectId} ${kind}`,
  )

const certificate = (says: object) => say('disability', { class: '4', grade: '2', state: 'valid', ...says })
const pension = (amountFen: number, validUntil = '2026-06-01', validFrom = '2026-01-01') =>
  say('pensions', { kind: '170', state: 'normal', amountFen }, { validFrom, validUntil })
const salary = (says: object) =>
  say('payroll', { class: 'staff', netFen: 500_000, ...says }, { validUntil: '2026-06-01' })
const home = (unitKey: string, subjectId = 'a') =>
  say('real-estate', { use: 'home', state: 'current', unitKey }, { subjectId })

const cases: readonly (readonly [string, readonly Said[], Record<string, unknown>, readonly string[]])[] = [
  ['nothing told', [certificate({}), pension(1), home('1')], {}, []],
  ['nothing said', [], { 'a disability': null, 'a workStatus': 'none', 'h homes': 0 }, []],
  ['a certificate that agrees', [certificate({})], { 'a disability': { class: 4, grade: 2 } }, []],
  [
    'another grade',
    [certificate({ grade: '3' })],
    { 'a disability': { class: 4, grade: 2 } },
    ['a disability'],
  ],
  ['told of none, certified', [certificate({})], { 'a disability': null }, ['a disability']],
  ['told of none, expired today', [certificate({ expiresOn: '2026-06-15' })], { 'a disability': null }, []],
  [
    'told, cancelled',
    [certificate({ state: 'cancelled' })],
    { 'a disability': { class: 4, grade: 2 } },
    ['a disability'],
  ],
  [
    'grade unknown',
    [say('disability', { class: '4', state: 'valid' })],
    { 'a disability': { class: 4, grade: 2 } },
    [],
  ],
  ['a pension told as none', [pension(12_000)], { 'a pensionDeclared': false }, ['a pensionDeclared']],
  ['a pension that ended long ago', [pension(12_000, '2026-03-01')], { 'a pensionDeclared': false }, []],
  ['income equal to what is paid', [pension(12_000)], { 'a monthlyIncomeFen': 12_000 }, []],
  ['a fen more is paid', [pension(12_001)], { 'a monthlyIncomeFen': 12_000 }, ['a monthlyIncomeFen']],
  [
    'only the newest amount counts',
    [pension(9_000, '2026-05-01'), pension(12_000, '2026-06-01', '2026-05-01')],
    { 'a monthlyIncomeFen': 12_000 },
    [],
  ],
  [
    'a pension declared is not counted again',
    [pension(12_000)],
    { 'a monthlyIncomeFen': 0, 'a pensionDeclared': true },
    [],
  ],
  ['staff told as farming', [salary({})], { 'a workStatus': 'farming' }, ['a workStatus']],
  ['staff that left today', [salary({ exitedOn: '2026-06-15' })], { 'a workStatus': 'none' }, []],
  [
    'told employed, registered unemployed',
    [say('unemployment', { state: 'active' })],
    { 'a workStatus': 'employed' },
    ['a workStatus'],
  ],
  ['as many homes as told', [home('1')], { 'h homes': 1 }, []],
  ['one home of two members', [home('1'), home('1', 'b')], { 'h homes': 1 }, []],
  ['one home more than told', [home('1'), home('2', 'b')], { 'h homes': 1 }, ['h homes']],
  ['fewer homes than told', [], { 'h homes': 2 }, []],
  ['a car told as none', [say('vehicles', { status: 'GQ' })], { 'h vehicles': 0 }, ['h vehicles']],
  ['a car cancelled', [say('vehicles', { status: 'AE' })], { 'h vehicles': 0 }, []],
  ['a registered member who died', [say('deaths', { diedOn: '2026-06-15' })], {}, ['a membership']],
  ['a death that lies ahead', [say('deaths', { diedOn: '2026-06-16' })], {}, []],
  ['of somebody who left', [say('deaths', { diedOn: '2026-05-01' }, { subjectId: 'gone' })], {}, []],
]
test.each(cases)('%s', (_, said, told, expected) => {
  expect(kindsOf(said, told)).toEqual(expected)
})
