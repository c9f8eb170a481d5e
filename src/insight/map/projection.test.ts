import { readFileSync } from 'node:fs'
import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { draw, isInside, type Shapes, tintOf } from './projection.ts'

const dali = JSON.parse(readFileSync('regions/shapes/532900.generated.json', 'utf8')) as Shapes

test('the twelve counties of a prefecture are drawn to the width asked for, each label inside its own outline', () => {
  const { width, height, places } = draw(dali, 600)
  expect(width).toBe(600)
  expect(height).toBeGreaterThan(300)
  expect(places.map(({ code }) => code)).toContain('532901000000')
  expect(places).toHaveLength(12)
  for (const { path, label, name } of places) {
    const rings = path
      .split('M')
      .filter(Boolean)
      .map((part) =>
        part
          .replace('Z', '')
          .split('L')
          .map((pair) => pair.split(',').map(Number) as [number, number]),
      )
    expect(
      rings.some((ring) => isInside(label, ring)),
      name,
    ).toBe(true)
  }
})

test('north is up and east is right', () => {
  const square = (west: number, south: number) =>
    [
      [
        [west, south],
        [west + 1, south],
        [west + 1, south + 1],
        [west, south + 1],
        [west, south],
      ],
    ] as const
  const { places } = draw(
    {
      features: [
        { properties: { name: 'a', code: '1' }, geometry: { type: 'Polygon', coordinates: square(100, 26) } },
        { properties: { name: 'b', code: '2' }, geometry: { type: 'Polygon', coordinates: square(101, 25) } },
      ],
    },
    200,
  )
  const [a, b] = places
  expect(a?.label[0]).toBeLessThan(b?.label[0] ?? 0)
  expect(a?.label[1]).toBeLessThan(b?.label[1] ?? 0)
})

test('no outlines give an empty drawing', () => {
  expect(draw({ features: [] }, 300)).toEqual({ width: 300, height: 0, places: [] })
})

property.prop([fc.nat({ max: 5000 }), fc.nat({ max: 5000 })])(
  'a larger figure never has a lighter tint, and only nothing has none',
  (a, b) => {
    const largest = Math.max(a, b)
    expect(tintOf(Math.min(a, b), largest)).toBeLessThanOrEqual(tintOf(largest, largest))
    expect(tintOf(a, largest) === 0).toBe(a === 0)
  },
)
