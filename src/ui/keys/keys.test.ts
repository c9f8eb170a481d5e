import { expect, test } from 'vitest'
import { mayBeShortcut, offer } from './keys.ts'

const press = {
  key: 'j',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  defaultPrevented: false,
  isComposing: false,
}

test('a shortcut never steals from typing, composing or the browser', () => {
  expect(mayBeShortcut(press, false)).toBe(true)
  expect(mayBeShortcut(press, true)).toBe(false)
  expect(mayBeShortcut({ ...press, isComposing: true }, false)).toBe(false)
  expect(mayBeShortcut({ ...press, ctrlKey: true }, false)).toBe(false)
})

test('the youngest shortcut that wants a key gets it', () => {
  const asked: string[] = []
  const shortcut = (name: string, takes: boolean) => ({
    key: 'j',
    label: name,
    run: () => {
      asked.push(name)
      return takes
    },
  })
  expect(offer([shortcut('page', true), shortcut('list', false)], 'j')).toBe(true)
  expect(asked).toEqual(['list', 'page'])
  expect(offer([shortcut('page', true)], 'k')).toBe(false)
})
