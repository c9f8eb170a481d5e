import { expect, test } from 'vitest'
import { aModel, decision, input, resultsTo } from '../samples/build.ts'
import type { Json, JsonObject } from './inputs.ts'

const types = `
<itemDefinition name="tColour"><typeRef>string</typeRef><allowedValues><text>"red", "green", "blue"</text></allowedValues></itemDefinition>
<itemDefinition name="tOut"><itemComponent name="a"><typeRef>tColour</typeRef></itemComponent><itemComponent name="b"><typeRef>number</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tOuts" isCollection="true"><typeRef>tOut</typeRef></itemDefinition>`

const textIn = (element: string, text: string): string =>
  `<${element}><text>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text></${element}>`

type Table = {
  readonly policy?: string
  readonly inputs?: readonly string[]
  readonly outputs?: readonly string[]
  readonly rules: readonly (readonly string[])[]
  readonly typeRef?: string
}

const asked = (table: Table, given: JsonObject): unknown => {
  const { policy = '', inputs = ['x'], outputs = ['<output/>'], rules, typeRef } = table
  const rows = rules.map((cells) => {
    const entries = cells.map((cell, at) => textIn(at < inputs.length ? 'inputEntry' : 'outputEntry', cell))
    return `<rule>${entries.join('')}</rule>`
  })
  const clauses = inputs.map((text) => `<input>${textIn('inputExpression', text)}</input>`)
  const body = `<decisionTable ${policy}>${clauses.join('')}${outputs.join('')}${rows.join('')}</decisionTable>`
  const needs = { inputs: ['x', 'y'], ...(typeRef ? { typeRef } : {}) }
  return resultsTo(aModel(types + input('x') + input('y') + decision('t', body, needs)), given).t
}

const cells: readonly (readonly [cell: string, x: Json, matches: true | null, y?: Json])[] = [
  ['"a","b"', 'b', true],
  ['not("a","b")', 'c', true],
  ['not("a","b")', 'a', null],
  ['< 5, > 10', 11, true],
  ['[1..5)', 5, null],
  ['(1..5]', 5, true],
  [']1..5[', 5, null],
  ['y', 3, true, 3],
  ['y + 1', 4, true, 3],
  ['> y', 4, true, 3],
  ['>= y * 2', 6, true, 3],
  ['[y..y+2]', 5, true, 3],
  ['y', 2, true, [1, 2]],
  ['not(y)', 2, null, [1, 2]],
  ['? > y', 4, true, 3],
  ['? in [1,2]', 2, true],
  ['? = null', null, true],
  ['? != null', 1, true],
  ['null', null, true],
  ['not(null)', 1, true],
  ['not(null)', null, null],
  ['-', null, true],
  ['', 7, true],
  ['starts with(?, "ab")', 'abc', true],
  ['contains(?, "x") or contains(?, "b")', 'abc', true],
  ['true, false', false, true],
  ['false', null, null],
  ['list contains(?, 2)', [1, 2], true],
  ['every i in ? satisfies i > 0', [1, 2], true],
  ['count(?) = 2', [1, 2], true],
  ['[1,2]', [1, 2], true],
  ['[1,2]', 2, true],
  ['{a: 1}', { a: 1 }, true],
  ['date("2020-01-01")', '2020-01-01', null],
  ['"2020-01-01"', '2020-01-01', true],
  ['-5', -5, true],
  ['- 5', -5, true],
  ['< -5', -6, true],
  ['[-5..-1]', -3, true],
  ['.5', 0.5, true],
  ['1e2', 100, true],
  ['if y > 2 then "a" else "b"', 'a', true, 3],
  ['y > 2', 'a', true, 3],
  ['? instance of number', 1, true],
  ['not(? > 3)', 4, null],
  ['not(> 3)', 2, true],
  ['not(> 3)', null, null],
  ['not([1..3])', 4, true],
  ['? between 1 and 3', 2, true],
  ['? between 5 and y', 1, null],
  ['not(? between 5 and y)', 1, true],
  ['!= 3', 4, true],
  ['!= 3', null, true],
  ['some i in [1,2] satisfies i = ?', 2, true],
  ['\n  "a",\n "b"', 'b', true],
  ['?', true, true],
  ['? and y', true, true, true],
]

test.each(cells.map(([cell, x, matches, y = null]) => [cell, x, matches, y] as const))(
  'the cell %j over %j',
  (cell, x, matches, y) => {
    expect(asked({ rules: [[cell, 'true']] }, { x, y })).toBe(matches)
  },
)

const two = ['<output name="a"/>', '<output name="b"/>']
const both = [
  ['-', '"blue"', '5'],
  ['-', '"red"', '6'],
]
const collecting = (aggregation: string): string => `hitPolicy="COLLECT" aggregation="${aggregation}"`
const ofColour = ['<output typeRef="tColour"/>']
const elseOf = (text: string): string => `<output>${textIn('defaultOutputEntry', text)}</output>`

test.each<readonly [about: string, table: Table, given: JsonObject, value: Json]>([
  [
    'two inputs, the second computed',
    {
      inputs: ['x', 'y * 2'],
      rules: [
        ['> 1', '> 4', '"a"'],
        ['> 1', '<= 4', '"b"'],
      ],
    },
    { x: 2, y: 2 },
    'b',
  ],
  ['outputs with names', { outputs: two, rules: [['1', '"p"', 'x + y']] }, { x: 1, y: 2 }, { a: 'p', b: 3 }],
  [
    'a result of its type',
    { outputs: two, rules: [['1', '"red"', '5']], typeRef: 'tOut' },
    { x: 1 },
    { a: 'red', b: 5 },
  ],
  [
    'a result that its type does not allow',
    { outputs: two, rules: [['1', '"black"', '5']], typeRef: 'tOut' },
    { x: 1 },
    null,
  ],
  [
    'a list of results',
    { policy: 'hitPolicy="COLLECT"', outputs: two, rules: both, typeRef: 'tOuts' },
    { x: 1 },
    [
      { a: 'blue', b: 5 },
      { a: 'red', b: 6 },
    ],
  ],
  [
    'a member’s allowed values rank',
    { policy: 'hitPolicy="PRIORITY"', outputs: two, rules: both, typeRef: 'tOut' },
    { x: 1 },
    { a: 'red', b: 6 },
  ],
  [
    'and those of a list’s items',
    { policy: 'hitPolicy="OUTPUT ORDER"', outputs: two, rules: both, typeRef: 'tOuts' },
    { x: 1 },
    [
      { a: 'red', b: 6 },
      { a: 'blue', b: 5 },
    ],
  ],
  [
    'an output’s type ranks',
    { policy: 'hitPolicy="PRIORITY"', outputs: ofColour, rules: both.map(([a = '', b = '']) => [a, b]) },
    { x: 1 },
    'red',
  ],
  [
    'numbers rank as listed',
    {
      policy: 'hitPolicy="OUTPUT ORDER"',
      outputs: [`<output>${textIn('outputValues', '3, 2, 1')}</output>`],
      rules: [
        ['-', '1'],
        ['-', '3'],
        ['-', '2'],
      ],
    },
    { x: 1 },
    [3, 2, 1],
  ],
  ['a sum of one', { policy: collecting('SUM'), rules: [['-', '1']] }, { x: 1 }, 1],
  [
    'the greatest text',
    {
      policy: collecting('MAX'),
      rules: [
        ['-', '"a"'],
        ['-', '"b"'],
      ],
    },
    { x: 1 },
    'b',
  ],
  [
    'equal outputs count twice',
    {
      policy: collecting('COUNT'),
      rules: [
        ['-', '"a"'],
        ['-', '"a"'],
      ],
    },
    { x: 1 },
    2,
  ],
  ['one hit is a list', { policy: 'hitPolicy="COLLECT"', rules: [['-', '"a"']] }, { x: 1 }, ['a']],
  [
    'any: equal contexts',
    {
      policy: 'hitPolicy="ANY"',
      outputs: two,
      rules: [
        ['-', '1', '2'],
        ['-', '1', '1 + 1'],
      ],
    },
    { x: 1 },
    { a: 1, b: 2 },
  ],
  [
    'any: equal lists with null in them',
    {
      policy: 'hitPolicy="ANY"',
      rules: [
        ['-', '[1, null]'],
        ['-', '[1, null]'],
      ],
    },
    { x: 1 },
    [1, null],
  ],
  ['a default that is computed', { outputs: [elseOf('y + 1')], rules: [['> 5', '2']] }, { x: 1, y: 4 }, 5],
  ['no rules', { rules: [] }, { x: 1 }, null],
  ['no inputs', { inputs: [], rules: [['5']] }, { x: 1 }, 5],
  ['a list of one is no value', { rules: [['1', '1']] }, { x: [1] }, null],
  ['an output of a loop', { rules: [['1', 'for i in 1..3 return i * x']] }, { x: 1 }, [1, 2, 3]],
])('a table gives %s', (_, table, given, value) => {
  expect(asked(table, given)).toEqual(value)
})
