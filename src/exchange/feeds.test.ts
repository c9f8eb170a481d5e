import { expect, test } from 'vitest'
import { feedDefinition, feedKinds, fieldsOf, isFeedKind } from './feeds.ts'

test('there are seventeen kinds, each with a sender, both languages and the person it speaks of', () => {
  expect(feedKinds).toHaveLength(17)
  for (const kind of feedKinds) {
    const { zh, en, fields } = feedDefinition(kind)
    expect(zh && en, kind).toBeTruthy()
    expect(Object.keys(fields).slice(0, 3), kind).toEqual(['number', 'name', 'birthDate'])
  }
})

test('unknown people of six kinds may open a lead', () => {
  expect(feedKinds.filter((kind) => feedDefinition(kind).opensLeads)).toEqual([
    'unemployment',
    'hospital-bills',
    'disability',
    'students',
    'return-poverty',
    'disasters',
  ])
})

test('data is stale after the days agreed for its rhythm', () => {
  const days = Object.fromEntries(feedKinds.map((kind) => [kind, feedDefinition(kind).staleDays]))
  expect(days).toMatchObject({ deaths: 45, vehicles: 120, 'real-estate': 200, students: 200, disasters: 400 })
})

test('every code has labels and every period field is a date or a month', () => {
  for (const kind of feedKinds) {
    for (const { id, field } of fieldsOf(kind)) {
      if (field.type !== 'code') continue
      expect(new Set(field.codes?.map((c) => c.code)).size, `${kind}.${id}`).toBe(field.codes?.length)
      for (const { zh, en } of field.codes ?? []) expect(zh && en, `${kind}.${id}`).toBeTruthy()
    }
    const { periodField, fields } = feedDefinition(kind)
    if (periodField) expect(['date', 'month'], kind).toContain(fields[periodField]?.type)
  }
})

test('only the names of kinds are kinds', () => {
  expect(isFeedKind('deaths')).toBe(true)
  expect(isFeedKind('toString')).toBe(false)
})
