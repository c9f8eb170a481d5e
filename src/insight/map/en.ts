import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  sketch: 'Sketch',
  sketchNote:
    'Borders are simplified and show only about where places are; the list beside it has the same figures.',
  label: '{{title}}, sketch',
  place: '{{name}}: {{count}} {{unit}}, {{sign}}',
  placeNone: '{{name}}: none',
  sign: { red: 'some red', orange: 'some orange', yellow: 'some yellow', none: 'none' },
  apart: 'Not drawn: {{count}} {{unit}} whose lower place is unknown',
  legend: 'The sign is the worst grade of a place, the figure how many, a darker tint means more',
}
