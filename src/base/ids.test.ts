import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { instant } from './clock.ts'
import { idFrom, newId, parseId } from './ids.ts'

test('ids are new, valid and sort by their making', () => {
  const ids = Array.from({ length: 200 }, () => newId<'alert'>())
  expect(new Set(ids).size).toBe(200)
  expect(ids.toSorted()).toEqual(ids)
  expect(ids.every((id) => parseId<'alert'>(id) === id)).toBe(true)
})

test('only a UUIDv7 is an id', () => {
  const id = newId<'alert'>()
  expect(parseId(id.toUpperCase())).toBe(id)
  for (const text of ['', 'x', '6fa459ea-ee8a-4ca4-894e-db77e160355e', `${id} `, id.replaceAll('-', '')])
    expect(parseId(text), text).toBeUndefined()
})

const anyBytes = fc.uint8Array({ minLength: 16, maxLength: 16 })

test.prop([anyBytes])('an instant and the same bytes give the same id', (bytes) => {
  const at = instant('2026-06-15T01:00:00Z')
  const id = idFrom<'person'>(at, bytes)
  expect(idFrom<'person'>(at, Uint8Array.from(bytes))).toBe(id)
  expect(parseId(id)).toBe(id)
  expect(id < idFrom<'person'>(instant('2026-06-15T01:00:00.001Z'), bytes)).toBe(true)
  expect(() => idFrom(at, bytes.slice(1))).toThrow('16 random bytes')
})
