import { expect, test } from 'vitest'
import { businessDate, fen } from '#base'
import type { ParameterChoice } from './contract.ts'
import {
  type ChangeDraft,
  draftOf,
  type QuestionDraft,
  readQuestion,
  valueFromAddress,
} from './question-draft.ts'

const both = (zh: string) => ({ zh, en: zh })
const parameter = (name: string, more: Partial<ParameterChoice>): ParameterChoice => ({
  name,
  label: both(name),
  type: 'number',
  unit: null,
  isList: false,
  low: null,
  high: null,
  options: [],
  now: null,
  reaches: [],
  ...more,
})
const choices = {
  parameters: [
    parameter('standardFen', { unit: 'fen', low: 0, high: 1_000_000 }),
    parameter('sharePercent', { unit: 'percent', low: 0, high: 100 }),
    parameter('grades', { isList: true }),
  ],
  rules: [{ name: 'dibao', value: 'income < standard' }],
}
const change = (more: Partial<ChangeDraft>): ChangeDraft => ({
  key: 1,
  parameter: 'standardFen',
  amountFen: undefined,
  typed: '',
  region: '',
  ...more,
})
const draft = (more: Partial<QuestionDraft>): QuestionDraft => ({
  on: businessDate('2027-01-01'),
  region: '532901000000',
  months: 12,
  changes: [],
  rules: [],
  assumptions: ['noOtherIncome'],
  ...more,
})

test('yuan are asked as fen, lists as lists, the whole region as null', () => {
  const { question } = readQuestion(
    draft({
      changes: [
        change({ amountFen: fen(76_000) }),
        change({ key: 2, parameter: 'grades', typed: '1，2', region: '532901001000' }),
      ],
    }),
    choices,
  )
  expect(question?.changes).toEqual([
    { parameter: 'standardFen', value: 76_000, region: null },
    { parameter: 'grades', value: [1, 2], region: '532901001000' },
  ])
})

test('what is missing or out of range is named by its field', () => {
  expect(readQuestion(draft({ on: undefined }), choices).faults).toEqual([
    { field: 'on', why: 'on' },
    { field: 'add', why: 'nothing' },
  ])
  const changes = [
    change({}),
    change({ key: 2, parameter: undefined }),
    change({ key: 3, parameter: 'sharePercent', typed: '101' }),
    change({ key: 4, parameter: 'sharePercent', typed: '4.5' }),
  ]
  expect(readQuestion(draft({ changes }), choices).faults).toEqual([
    { field: 'value-1', why: 'value' },
    { field: 'parameter-2', why: 'parameter' },
    { field: 'value-3', why: 'range', low: 0, high: 100, unit: 'percent' },
    { field: 'value-4', why: 'value' },
    { field: 'parameter-4', why: 'sameParameter' },
  ])
})

test('a rule must be chosen and changed, and be changed once', () => {
  const rules = [
    { key: 1, rule: 'dibao', text: ' income < standard ' },
    { key: 2, rule: 'dibao', text: 'income <= standard' },
    { key: 3, rule: undefined, text: 'x' },
  ]
  expect(readQuestion(draft({ rules }), choices).faults).toEqual([
    { field: 'text-1', why: 'sameRule' },
    { field: 'rule-3', why: 'rule' },
    { field: 'rule-2', why: 'sameParameter' },
  ])
})

test('a question that was asked fills the form so that the same is asked again', () => {
  const question = {
    on: '2027-01-01',
    region: '532901000000',
    months: 6,
    changes: [
      { parameter: 'standardFen', value: 76_000, region: null },
      { parameter: 'grades', value: [1, 2], region: '532901001000' },
    ],
    rules: [{ rule: 'dibao', value: 'income <= standard' }],
    assumptions: ['healthAsUsual' as const],
  }
  const again = draftOf(question, businessDate('2027-01-01'), choices.parameters)
  expect(readQuestion(again, choices).question).toEqual(question)
})

test('an address gives a value in its own kind', () => {
  expect(valueFromAddress('76000')).toBe(76_000)
  expect(valueFromAddress('true')).toBe(true)
  expect(valueFromAddress('[1,2]')).toEqual([1, 2])
  expect(valueFromAddress('urban')).toBe('urban')
  expect(valueFromAddress('{"a":1}')).toBe('{"a":1}')
})
