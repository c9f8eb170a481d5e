import { expect, test } from 'vitest'
import {
  ApiProblem,
  faultsByField,
  isSettled,
  isWorthRetrying,
  problemFrom,
  safetyOf,
  sortOf,
} from './problem.ts'

const refused = (status: number, isWrite = true, code?: string) =>
  new ApiProblem('refused', { status, code }, isWrite)
const cut = (isWrite: boolean) => new ApiProblem('network', { status: 0 }, isWrite)

test('a problem keeps what the standard names and drops the rest', () => {
  const body = {
    title: '无法处理',
    detail: '日期不存在',
    traceId: 't1',
    secret: 'x',
    errors: [{ pointer: '/a', message: 'm', row: 3 }, { nothing: 1 }],
  }
  expect(problemFrom(422, body, 5)).toEqual({
    status: 422,
    retryAfter: 5,
    title: '无法处理',
    detail: '日期不存在',
    traceId: 't1',
    errors: [{ pointer: '/a', message: 'm', row: 3 }],
  })
  expect(problemFrom(502, '<html>')).toEqual({ status: 502 })
})

test('each status has its family of explanations', () => {
  expect(
    [400, 401, 403, 404, 409, 412, 422, 428, 429, 418, 500, 503].map((status) => sortOf(refused(status))),
  ).toEqual([
    'invalid',
    'signedOut',
    'forbidden',
    'missing',
    'conflict',
    'conflict',
    'invalid',
    'conflict',
    'tooMany',
    'invalid',
    'server',
    'server',
  ])
  expect(sortOf(refused(403, true, 'access.csrf'))).toBe('conflict')
  expect([sortOf(cut(true)), sortOf(new TypeError('x'))]).toEqual(['network', 'server'])
})

test('a page never claims more about the data than is known', () => {
  expect(safetyOf(refused(404, false))).toBe('safeRead')
  expect(safetyOf(cut(false))).toBe('safeRead')
  expect(safetyOf(refused(422))).toBe('safeNotSaved')
  expect(safetyOf(refused(500))).toBe('safeUnsure')
  expect(safetyOf(cut(true))).toBe('safeUnsure')
})

test('only a settled outcome ends the life of an idempotency key', () => {
  expect([400, 403, 404, 412, 422, 428].every((status) => isSettled(refused(status)))).toBe(true)
  expect([401, 408, 409, 429, 500, 503].some((status) => isSettled(refused(status)))).toBe(false)
  expect(isSettled(cut(true))).toBe(false)
})

test('a button to try again is offered only where trying again can help', () => {
  expect(isWorthRetrying(cut(false))).toBe(true)
  expect([503, 429, 412].every((status) => isWorthRetrying(refused(status)))).toBe(true)
  expect([403, 404, 422].some((status) => isWorthRetrying(refused(status)))).toBe(false)
})

test('faults find their fields', () => {
  const error = new ApiProblem(
    'refused',
    { status: 422, errors: [{ pointer: '/income/0/amount', message: '太大' }, { message: '别的' }] },
    true,
  )
  expect([...faultsByField(error)]).toEqual([['income.0.amount', '太大']])
})
