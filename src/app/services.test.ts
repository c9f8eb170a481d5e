import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openSecrecy } from '#access/server'
import { businessDate, fixedClock } from '#base'
import type { Installation } from './installation/open.server.ts'
import { makeServices } from './services.server.ts'

const folder = mkdtempSync(join(tmpdir(), 'doudi-services-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const { names, days, pack } = makeServices(
  {
    dataDir: folder,
    clock: fixedClock(businessDate('2026-06-15')),
    secrecy: openSecrecy(folder),
  } as Installation,
  '532900000000',
)

test('working days by grade are parameters of the pack, cited and checked, in force from a day on', () => {
  expect(days(businessDate('2026-06-15'))).toEqual({ red: 3, orange: 7, yellow: 15 })
  for (const grade of ['Red', 'Orange', 'Yellow']) {
    const parameter = pack.pack.parameters[`dueWorkdays${grade}`]
    expect(parameter).toMatchObject({ type: 'number', unit: 'days' })
    for (const { source, checkedOn } of parameter?.values ?? []) {
      expect(source).toMatchObject({ document: 'baotou-draft', clause: '二（三）' })
      expect(checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    }
  }
  // Before the pack begins nothing is guessed.
  expect(() => days(businessDate('2025-12-31'))).toThrow('dueWorkdaysRed')
})

test('every indicator has name, owner and article in both languages; what a person raised says so', () => {
  for (const { id } of pack.pack.rules) {
    const [zh, en] = [names(id, 'zh-CN'), names(id, 'en')]
    expect(zh.name + zh.ownerName + zh.article, id).toMatch(/[\u4e00-\u9fff]/)
    expect(en.name + en.ownerName, id).not.toMatch(/[\u4e00-\u9fff]/)
    expect(zh.article, id).not.toBe(en.article)
    expect(zh.owner, id).toBe(en.owner)
  }
  expect(names('manual', 'zh-CN')).toEqual({
    name: '人工上报',
    owner: 'civil',
    ownerName: '民政',
    article: '',
    feeds: [],
  })
  expect(names('manual', 'en').name).toBe('Raised by a person')
})
