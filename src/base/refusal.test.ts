import { expect, test } from 'vitest'
import { AssertionFailure, assert } from './assert.ts'
import { defineRefusals, Refusal, refusalTextOf } from './refusal.ts'

const refusals = defineRefusals({
  'case.wrong-state': {
    status: 409,
    zh: '当前状态为{state}，不能办理。',
    en: 'Not possible in state {state}.',
  },
})

test('a refusal carries its code and keeps details out of the message', () => {
  const refusal = new Refusal('case.wrong-state', { state: 'paid' })
  expect(refusal).toBeInstanceOf(Error)
  expect([refusal.name, refusal.code, refusal.message]).toEqual([
    'Refusal',
    'case.wrong-state',
    'case.wrong-state',
  ])
  expect(refusal.details).toEqual({ state: 'paid' })
  expect(new Refusal('case.wrong-state').details).toEqual({})
})

test('the text takes the details', () => {
  const spec = refusals['case.wrong-state']
  expect(refusalTextOf(spec, 'zh-CN', { state: '已发放' })).toBe('当前状态为已发放，不能办理。')
  expect(refusalTextOf(spec, 'en', { state: 0 })).toBe('Not possible in state 0.')
  expect(refusalTextOf(spec, 'en')).toBe('Not possible in state {state}.')
})

test('a malformed declaration stops the work', () => {
  const good = { status: 409, zh: '不能。', en: 'No.' }
  expect(() => defineRefusals({ 'Case.wrong': good })).toThrow('not a refusal code')
  expect(() => defineRefusals({ 'case.wrong_state': good })).toThrow('not a refusal code')
  expect(() => defineRefusals({ 'case.wrong': { ...good, status: 200 } })).toThrow('status')
  expect(() => defineRefusals({ 'case.wrong': { ...good, zh: ' ' } })).toThrow('lacks a text')
})

test('an assertion stops the work with its message', () => {
  expect(() => assert(false, 'household without members')).toThrow(AssertionFailure)
  expect(() => assert(0, 'zero')).toThrow('zero')
  expect(assert(1, 'fine')).toBeUndefined()
})
