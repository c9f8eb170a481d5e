import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseResidentNumber } from '#base'
import { type FeedKind, feedDefinition, feedKinds } from '#exchange'
import { loadDivisions } from '../files/divisions.server.ts'
import { outcomesOf } from '../truth/alerts.ts'
import { yearsBetween } from './days.ts'
import { makeWorldFrom } from './make-world.ts'
import type { WorldRow } from './rows.ts'

const input = { region: '5329', persons: 6000, seed: 7, businessDate: '2026-06-15' }
const divisions = loadDivisions('5329')
const world = makeWorldFrom(input, divisions)
const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')
const rowsOf = (kind: FeedKind): readonly WorldRow[] => world.feeds[kind]

test('the same seed makes the same world, another seed another one', () => {
  expect(digest(makeWorldFrom(input, divisions))).toBe(digest(world))
  expect(digest(makeWorldFrom({ ...input, seed: 8 }, divisions))).not.toBe(digest(world))
})

test('the registry holds as many people as were asked for, in households that exist', () => {
  expect(world.registry.persons).toHaveLength(6000)
  const members = world.registry.households.flatMap((h) => h.memberKeys)
  expect(new Set(members).size).toBe(6000)
  expect(members).toHaveLength(6000)
  expect(new Set(world.registry.households.map((h) => h.number)).size).toBe(world.registry.households.length)
  expect(world.registry.households.some((h) => h.memberKeys.length === 14)).toBe(true)
  expect(world.outsiders).toHaveLength(540)
})

test('people live in all twelve counties, most of them in the seat', () => {
  const counties = new Map<string, number>()
  for (const p of world.registry.persons)
    counties.set(p.place.county, (counties.get(p.place.county) ?? 0) + 1)
  expect(counties.size).toBe(12)
  expect(counties.get('532901000000')).toBeGreaterThan(3000)
})

test('every number is invented, unique, and agrees with birth date and sex', () => {
  const seen = new Set<string>()
  for (const person of [...world.registry.persons, ...world.outsiders]) {
    if (person.number === undefined) continue
    const parsed = parseResidentNumber(person.number)
    expect(parsed).toMatchObject({ ok: true, birthDate: person.birthDate, sex: person.sex, repaired: [] })
    expect(person.number.startsWith('99')).toBe(true)
    seen.add(person.number)
  }
  const numbered = [...world.registry.persons, ...world.outsiders].filter((p) => p.number)
  expect(seen.size).toBe(numbered.length)
  expect(numbered.length).toBeLessThan(6540)
})

test('parents are at least eighteen years older than their children', () => {
  const byKey = new Map(world.registry.persons.map((p) => [p.key, p]))
  for (const household of world.registry.households) {
    const members = household.memberKeys.map((key) => byKey.get(key)!)
    const head = members[0]!
    for (const child of members.filter((m) => m.relation === 'son' || m.relation === 'daughter')) {
      expect(yearsBetween(head.birthDate, child.birthDate), household.number).toBeGreaterThanOrEqual(18)
    }
    for (const parent of members.filter((m) => m.relation === 'parent')) {
      expect(yearsBetween(parent.birthDate, head.birthDate), household.number).toBeGreaterThanOrEqual(18)
    }
  }
})

test('names have every hard shape', () => {
  const names = world.registry.persons.map((p) => p.name)
  expect(names.some((n) => n.includes('·') && n.length >= 8)).toBe(true)
  expect(names.some((n) => [...n].length === 2)).toBe(true)
  expect(names.some((n) => /[\u{20000}-\u{2ffff}]/u.test(n))).toBe(true)
  expect(new Set(names).size).toBeLessThan(names.length)
})

test('categories have plausible shares', () => {
  const share = (category: string): number =>
    world.registry.households.filter((h) => h.category === category).length / world.registry.households.length
  expect(share('dibao')).toBeGreaterThan(0.45)
  expect(share('tekun')).toBeGreaterThan(0.06)
  expect(share('tekun')).toBeLessThan(0.14)
  for (const c of ['dibaoMargin', 'rigidExpenditure', 'otherHardship']) expect(share(c)).toBeGreaterThan(0.05)
})

test('some facts were never declared', () => {
  const persons = world.registry.persons
  expect(
    persons.some((p) => p.declared.workStatus === undefined && yearsBetween(p.birthDate, '2026-06-15') > 20),
  ).toBe(true)
  expect(persons.some((p) => p.tekunPerson && p.declared.careAgreement === undefined)).toBe(true)
  expect(world.registry.households.some((h) => h.annualIncomeFen === undefined)).toBe(true)
  expect(persons.every((p) => typeof p.declared.pension === 'boolean')).toBe(true)
})

test('every kind has rows, each with the required fields and no date before its person was born', () => {
  for (const kind of feedKinds) {
    const definition = feedDefinition(kind)
    expect(rowsOf(kind).length, kind).toBeGreaterThan(0)
    for (const row of rowsOf(kind)) {
      const values = row.values as unknown as Record<string, unknown>
      for (const [id, field] of Object.entries(definition.fields)) {
        if (field.required) expect(values[id], `${kind}.${id}`).toBeDefined()
        if (values[id] === undefined) continue
        expect(id in definition.fields).toBe(true)
        if (field.type === 'date')
          expect(values[id]! >= values.birthDate!, `${kind}.${id} ${values[id]}`).toBe(true)
        if (field.type === 'code' && field.codes && !field.open) {
          expect(field.codes.map((c) => c.code)).toContain(values[id])
        }
      }
    }
  }
})

test('between half and one row in a hundred is spoiled', () => {
  const rows = feedKinds.flatMap(rowsOf)
  const spoiled = rows.filter((r) => r.defect).length / rows.length
  expect(spoiled).toBeGreaterThan(0.005)
  expect(spoiled).toBeLessThan(0.012)
})

test('one person has one row where only the newest counts', () => {
  for (const kind of ['imprisonment', 'housing-fund', 'unemployment', 'disability', 'students'] as const) {
    const about = rowsOf(kind).map((r) => r.about)
    expect(new Set(about).size, kind).toBe(
      about.length - rowsOf(kind).filter((r) => r.defect?.how === 'row-repeated').length,
    )
  }
})

test('each of the sixteen indicators has subjects', () => {
  const { alerts } = outcomesOf(world)
  const counts = new Map<string, number>()
  for (const a of alerts) counts.set(a.indicator, (counts.get(a.indicator) ?? 0) + 1)
  expect(counts.size).toBe(16)
  for (const [indicator, count] of counts) expect(count, indicator).toBeGreaterThan(3)
})
