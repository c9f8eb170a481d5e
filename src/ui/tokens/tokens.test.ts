import { expect, test } from 'vitest'
import { contrast } from './contrast.ts'
import { colours, cssVariables, toneColours } from './tokens.ts'

const { page, surface, hover, selected, primary, primaryHover, primaryActive, onPrimary } = colours

test('the ratio is the one WCAG defines', () => {
  expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2)
  expect(contrast('#0A5CA8', '#0A5CA8')).toBe(1)
})

test('text reaches 4.5:1 on each ground it stands on', () => {
  const pairs: [string, string][] = [
    ...[page, surface, hover, selected].flatMap((ground): [string, string][] => [
      [colours.text, ground],
      [colours.quietText, ground],
      [primary, ground],
    ]),
    ...[primary, primaryHover, primaryActive, colours.red, colours.redActive].map(
      (ground): [string, string] => [onPrimary, ground],
    ),
    ...Object.values(toneColours).flatMap((tone): [string, string][] => [
      [tone.text, tone.ground],
      [tone.text, surface],
      [tone.text, page],
    ]),
    [colours.disabledText, colours.disabledGround],
  ]
  const tooWeak = pairs.filter(([text, ground]) => contrast(text, ground) < 4.5)
  expect(tooWeak).toEqual([])
})

test('borders of controls and the focus ring reach 3:1', () => {
  for (const ground of [surface, colours.disabledGround, page]) {
    expect(contrast(primary, ground)).toBeGreaterThanOrEqual(3)
  }
  expect(contrast(colours.controlBorder, surface)).toBeGreaterThanOrEqual(3)
})

test('each colour becomes a CSS custom property', () => {
  expect(cssVariables()['--dd-control-border']).toBe('#8C959F')
  expect(Object.keys(cssVariables())).toHaveLength(Object.keys(colours).length)
})
