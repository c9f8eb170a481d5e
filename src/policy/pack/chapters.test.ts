import { expect, test } from 'vitest'
import { packFilesIn } from './load.server.ts'
import { readPack } from './pack.ts'

const files = packFilesIn('policies/cn-national')
const rule = `
agedMembers:
  entity: household
  name: { zh: 年满六十的人数, en: members of sixty and more }
  type: number
  unit: count
  value: count(members[age >= nobody])
  sources: [{ document: dibao-2021-57, clause: 第七条 }]
  checkedOn: 2026-11-22
`

test('a rule in a chapter is read like one in the pack’s own file, and its faults are told with the chapter’s place', () => {
  const { findings } = readPack({ ...files, 'aged/rules.yaml': rule })
  expect(findings).toMatchObject([{ code: 'unknown-name', file: 'aged/rules.yaml', line: 7 }])
  const { pack, findings: none } = readPack({
    ...files,
    'aged/rules.yaml': rule.replace('[age >= nobody]', ''),
  })
  expect(none).toEqual([])
  expect(pack?.definitions.has('agedMembers')).toBe(true)
})

test('what two chapters write is found in the second', () => {
  const { findings } = readPack({
    ...files,
    'a/rules.yaml': rule.replace('[age >= nobody]', ''),
    'b/rules.yaml': rule.replace('[age >= nobody]', ''),
  })
  expect(findings).toMatchObject([{ code: 'written-twice', file: 'b/rules.yaml', line: 2 }])
})
