import { expect, test } from 'vitest'
import { aModel, feel, resultsTo } from '../samples/build.ts'
import type { Json } from './inputs.ts'

const types = `
<itemDefinition name="tNums" isCollection="true"><typeRef>number</typeRef></itemDefinition>
<itemDefinition name="tDates" isCollection="true"><typeRef>date</typeRef></itemDefinition>
<itemDefinition name="tMatrix" isCollection="true"><typeRef>tNums</typeRef></itemDefinition>
<itemDefinition name="tHome"><itemComponent name="zip code"><typeRef>string</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tP"><itemComponent name="first name"><typeRef>string</typeRef></itemComponent>
  <itemComponent name="e-mail"><typeRef>string</typeRef></itemComponent>
  <itemComponent name="born"><typeRef>date</typeRef></itemComponent>
  <itemComponent name="home"><typeRef>tHome</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tPs" isCollection="true"><typeRef>tP</typeRef></itemDefinition>
<itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>[0..120]</text></allowedValues></itemDefinition>
<itemDefinition name="tAdult"><typeRef>tAge</typeRef><allowedValues><text>&gt;= 18</text></allowedValues></itemDefinition>
<itemDefinition name="tColour"><typeRef>string</typeRef><allowedValues><text>"red", "green"</text></allowedValues></itemDefinition>
<itemDefinition name="tNotRed"><typeRef>tColour</typeRef><allowedValues><text>not("red")</text></allowedValues></itemDefinition>
<itemDefinition name="tEven"><typeRef>number</typeRef><typeConstraint><text>even(?)</text></typeConstraint></itemDefinition>
<itemDefinition name="tThree" isCollection="true"><typeRef>number</typeRef><typeConstraint><text>count(?) = 3</text></typeConstraint></itemDefinition>
<itemDefinition name="tDay"><typeRef>date</typeRef><allowedValues><text>&gt;= date("2020-01-01")</text></allowedValues></itemDefinition>
<itemDefinition name="a type"><typeRef>number</typeRef></itemDefinition>
<itemDefinition name="tRange"><typeRef>range&lt;number&gt;</typeRef></itemDefinition>`

const escaped = (text: string): string => text.replaceAll('<', '&lt;')

type Given = Readonly<Record<string, Json>>

const decided = (names: readonly string[], typeRef: string, text: string, given: Given, result = '') => {
  const attribute = (ref: string): string => (ref === '' ? '' : ` typeRef="${escaped(ref)}"`)
  const inputs = names.map(
    (name, at) =>
      `<inputData id="i${at}" name="${name}"><variable name="${name}"${attribute(typeRef)}/></inputData>`,
  )
  const needs = names.map(
    (_, at) => `<informationRequirement><requiredInput href="#i${at}"/></informationRequirement>`,
  )
  const variable = `<variable name="it"${attribute(result)}/>`
  const model = aModel(
    `${types}${inputs.join('')}<decision id="d" name="it">${variable}${needs.join('')}${feel(text)}</decision>`,
  )
  return resultsTo(model, given).it
}

type Named = readonly [names: readonly string[], text: string, given: Given, value: Json]

test.each<Named>([
  [['a+b'], 'a + b * 2', { 'a+b': 5 }, 10],
  [["who's there"], "who's there", { "who's there": 'me' }, 'me'],
  [['gross\n   income'], 'gross income + 1', { 'gross income': 1 }, 2],
  [['gross income'], 'gross  \n income + 1', { 'gross   income': 1 }, 2],
  [['profit and loss'], 'profit and loss > 1 and true', { 'profit and loss': 2 }, true],
  [['price for two'], 'price for two * 2', { 'price for two': 2 }, 4],
  [['items in stock'], 'items in stock in [1,2]', { 'items in stock': 2 }, true],
  [['gap between ends'], 'gap between ends between 1 and 3', { 'gap between ends': 2 }, true],
  [['an instance of it'], 'an instance of it + 1', { 'an instance of it': 2 }, 3],
  [['家庭 收入', 'été'], '家庭 收入 + été', { '家庭 收入': 2, été: 1 }, 3],
  [['🐎 price'], '🐎 price + 1', { '🐎 price': 2 }, 3],
  [['km/h'], 'km/h * 2', { 'km/h': 2 }, 4],
  [['U.S. tax'], 'U.S. tax * 2', { 'U.S. tax': 2 }, 4],
  [['a**b', 'a', 'b'], 'a**b + a * b', { 'a**b': 2, a: 3, b: 4 }, 14],
  [['tax', 'tax rate'], 'tax + tax rate', { tax: 1, 'tax rate': 2 }, 3],
  [['x 2', 'x'], 'x 2 + x', { x: 1, 'x 2': 2 }, 3],
  [['count'], 'count + 1', { count: 1 }, 2],
  [['string length'], 'string length + 1', { 'string length': 1 }, 2],
])('names as the model writes them: %j in %s', (names, text, given, value) => {
  expect(decided(names, '', text, given)).toEqual(value)
})

type Typed = readonly [typeRef: string, given: Json, text: string, value: Json]

test.each<Typed>([
  ['number', '1', 'a + 1', 2],
  ['string', 1, 'a', null],
  ['boolean', 'true', 'a', null],
  ['date', '2020-02-28', 'a + @"P1D"', '2020-02-29'],
  ['date', '2020-02-30', 'a', null],
  ['dateTime', '2020-02-28T10:00:00', 'a.hour', 10],
  ['date and time', '2020-02-28', 'a', '2020-02-28T00:00:00Z'],
  ['time', '10:20:00Z', 'a.minute', 20],
  ['dayTimeDuration', 'PT1H', 'a * 2', 'PT2H'],
  ['days and time duration', 'P1Y', 'a', null],
  ['yearMonthDuration', 'P1Y2M', 'a.months', 2],
  ['', '2020-02-28', 'date(a).year', 2020],
  ['', '2020-02-28', 'a instance of string', true],
  ['Any', [1, { b: null }], 'a', [1, { b: null }]],
  ['number', null, 'a = null', true],
  ['number', null, 'if a = null then 0 else a', 0],
  ['tNums', [1, 2], 'sum(a)', 3],
  ['tNums', 1, 'a', [1]],
  ['tNums', [1, 'x'], 'a', null],
  ['tNums', [1, null], 'a', [1, null]],
  ['number', [1], 'a', 1],
  ['number', [1, 2], 'a', null],
  ['tDates', ['2020-01-01'], 'a[1].year', 2020],
  ['tDates', ['2020-01-01', 'soon'], 'a', null],
  ['tMatrix', [[1], [2]], 'a[2][1]', 2],
  ['list<number>', ['x'], 'a', null],
  ['tP', { 'first name': 'a', 'e-mail': 'b', home: { 'zip code': 'c' } }, 'a.first name + a.e-mail', 'ab'],
  ['tP', { home: { 'zip code': 'c' } }, 'a.home.zip code', 'c'],
  ['tP', { born: '2020-01-01' }, 'a.born.year', 2020],
  ['tP', { born: 'soon' }, 'a = null', true],
  ['tP', { more: 5 }, 'a.more', 5],
  ['tP', { 'first name': 5 }, 'a = null', true],
  [
    'tPs',
    [{ 'first name': 'a' }, { 'first name': 'b', 'e-mail': 'x' }],
    'a[first name = "b"].e-mail[1]',
    'x',
  ],
  ['tPs', [{ 'first name': 'a' }], 'for p in a return p.first name', ['a']],
  ['tPs', [{ home: { 'zip code': '1' } }], 'some p in a satisfies p.home.zip code = "1"', true],
  ['tAge', 121, 'a', null],
  ['tAdult', 130, 'a', null],
  ['tAdult', 17, 'a', null],
  ['tAdult', 18, 'a', 18],
  ['tColour', 'blue', 'a', null],
  ['tNotRed', 'red', 'a', null],
  ['tNotRed', 'green', 'a', 'green'],
  ['tEven', 3, 'a', null],
  ['tThree', [1, 2, 3], 'a', [1, 2, 3]],
  ['tThree', [1, 2], 'a', null],
  ['tDay', '2019-01-01', 'a', null],
  ['tDay', '2021-01-01', 'a', '2021-01-01'],
  ['a type', 'x', 'a', null],
  ['', 5, 'a instance of tAge', true],
  ['', 500, 'a instance of tAge', false],
  ['', [1], 'a instance of tNums', true],
  ['', { b: 1 }, 'a instance of tP', false],
  ['', 5, '(function(x: tAdult) x)(a)', null],
  ['', 5, '(function(x: tNums) count(x))(a)', 1],
])('an input declared as %s and given as %j: %s', (typeRef, given, text, value) => {
  expect(decided(['a'], typeRef, text, { a: given })).toEqual(value)
})

test('an input that is not given is null, typed or not', () => {
  expect([decided(['a'], 'number', 'a = null', {}), decided(['a'], '', 'a = null', {})]).toEqual([true, true])
})

test.each<readonly [typeRef: string, text: string, value: Json]>([
  ['tAdult', '5', null],
  ['tRange', '[1..2]', '[1..2]'],
  ['tRange', '["a".."b"]', null],
  ['tNums', '[1, "a"]', null],
  ['tP', '{first name: "a"}', null],
  [
    'tP',
    '{first name: "a", e-mail: null, born: null, home: null}',
    { 'first name': 'a', 'e-mail': null, born: null, home: null },
  ],
  ['not defined', '5', 5],
  ['tDay', '@"2019-12-31"', null],
])('a decision declared as %s gives %s', (typeRef, text, value) => {
  expect(decided([], '', text, {}, typeRef)).toEqual(value)
})
