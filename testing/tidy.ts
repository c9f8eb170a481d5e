import { packageRooms, rooms } from '../rooms.ts'

/** One source file as the tidy rules see it: its path from the project's root and its text. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

export interface Offence {
  readonly path: string
  readonly line: number
  readonly rule: string
  readonly detail: string
}

type Half = 'server' | 'web' | 'both' | 'test'

interface Import {
  readonly line: number
  readonly target: string
}

const linesLimit = 400
const importPattern =
  /^\s*(?:import|export)\b[^'"]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

const halfOf = (path: string): Half => {
  if (/\.test\.tsx?$/.test(path)) return 'test'
  if (/\.server\.ts$/.test(path)) return 'server'
  if (/\.web\.tsx?$/.test(path)) return 'web'
  return 'both'
}

const roomOf = (path: string): string | undefined => /^src\/([^/]+)\//.exec(path)?.[1]

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

const importsOf = (text: string): Import[] =>
  [...text.matchAll(importPattern)].map((match) => ({
    line: lineAt(text, match.index),
    target: match[1] ?? match[2] ?? match[3] ?? '',
  }))

const packageOf = (target: string): string =>
  target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? target)

/** The half that an import belongs to, told from its specifier alone. */
const halfOfTarget = (target: string): Half => {
  if (target.startsWith('node:') || /^#[^/]+\/server$/.test(target)) return 'server'
  if (/^#[^/]+\/web$/.test(target)) return 'web'
  return target.startsWith('.') ? halfOf(target) : 'both'
}

const checkRoomImport = (file: SourceFile, room: string, target: string): string | undefined => {
  const entered = /^#([^/]+)(?:\/(server|web))?$/.exec(target)
  if (!entered) return target.startsWith('#testing/') ? undefined : `not a door: ${target}`
  const other = entered[1] ?? ''
  if (other === room) return `a room enters itself through its own door: ${target}`
  if (!rooms[other]) return `no such room: ${other}`
  const isTest = halfOf(file.path) === 'test'
  const allowed =
    rooms[room]?.mayEnter.includes(other) ||
    (isTest && (rooms[other]?.floor ?? 9) < (rooms[room]?.floor ?? 0))
  return allowed ? undefined : `${room} may not enter ${other}`
}

const checkRelative = (file: SourceFile, room: string, target: string): string | undefined => {
  const base = file.path.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') base.pop()
    else if (part !== '.') base.push(part)
  }
  const resolved = base.join('/')
  if (!resolved.startsWith('src/')) return halfOf(file.path) === 'test' ? undefined : `leaves src: ${target}`
  return roomOf(`${resolved}/`) === room ? undefined : `enters another room beside its door: ${target}`
}

const checkHalves = (file: SourceFile, target: string): string | undefined => {
  const half = halfOf(file.path)
  const other = halfOfTarget(target)
  if (half === 'test' || other === 'both' || half === other) return undefined
  return `${half} half imports the ${other} half: ${target}`
}

const importOffences = (file: SourceFile): Offence[] => {
  const room = roomOf(file.path)
  if (!room) return []
  return importsOf(file.text).flatMap(({ line, target }) => {
    const found: Offence[] = []
    const add = (rule: string, detail: string | undefined) => {
      if (detail) found.push({ path: file.path, line, rule, detail })
    }
    if (target.startsWith('#')) add('direction', checkRoomImport(file, room, target))
    else if (target.startsWith('.')) add('door', checkRelative(file, room, target))
    else if (!target.startsWith('node:')) add('package', checkPackage(file, room, packageOf(target)))
    add('suffix', checkHalves(file, target))
    return found
  })
}

const testPackages = ['vitest', '@fast-check/vitest', 'fast-check', 'playwright-core', 'axe-core']

const checkPackage = (file: SourceFile, room: string, name: string): string | undefined => {
  if (halfOf(file.path) === 'test' && (testPackages.includes(name) || packageRooms[name])) return undefined
  const allowed = packageRooms[name]
  if (!allowed) return `package not on the list in rooms.ts: ${name}`
  return allowed.includes(room) ? undefined : `${room} may not import ${name}`
}

interface TextRule {
  readonly rule: string
  readonly pattern: RegExp
  readonly applies: (path: string) => boolean
}

const isTest = (path: string): boolean => halfOf(path) === 'test'
const sqlHomes = /^src\/(store|policy|lake)\/|\.queries\.server\.ts$/

const textRules: readonly TextRule[] = [
  {
    rule: 'clock',
    pattern: /\bnew Date\(|\bDate\.now\(/,
    applies: (path) => path !== 'src/base/clock.ts' && !isTest(path),
  },
  {
    rule: 'money',
    pattern: /\bparseFloat\(|\.toFixed\(|\/ 100\b/,
    applies: (path) => !/^src\/base\/(money|fen)/.test(path) && !isTest(path),
  },
  { rule: 'star-export', pattern: /^export \*/, applies: () => true },
  { rule: 'any', pattern: /\bas any\b|: any\b|<any>/, applies: () => true },
  {
    rule: 'sql',
    pattern: /['"`]\s*(?:select|insert into|update|delete from)\s[^'"`]*\b(?:from|values|set|where)\b/i,
    applies: (path) => !sqlHomes.test(path) && !isTest(path),
  },
  {
    rule: 'focus',
    pattern: /\b(?:test|it|describe)(?:\.prop\([^)]*\))?\.(?:skip|only|todo)\b/,
    applies: isTest,
  },
  { rule: 'machine-path', pattern: new RegExp(['/wo', 'rk/'].join('')), applies: () => true },
]

const textOffences = (file: SourceFile): Offence[] => {
  const lines = file.text.split('\n')
  const found: Offence[] = []
  if (lines.length > linesLimit + 1) {
    found.push({
      path: file.path,
      line: lines.length,
      rule: 'length',
      detail: `${lines.length - 1} lines, at most ${linesLimit}`,
    })
  }
  for (const { rule, pattern, applies } of textRules) {
    if (!applies(file.path)) continue
    lines.forEach((text, index) => {
      const comment = /^\s*(?:\/\/|\*|\/\*)/.test(text)
      if (!comment && pattern.test(text))
        found.push({ path: file.path, line: index + 1, rule, detail: text.trim() })
    })
  }
  return found
}

/** All offences against the house rules in the given files of `src/`. Generated files are not looked at. */
export const offencesIn = (files: readonly SourceFile[]): Offence[] =>
  files
    .filter(({ path }) => !path.includes('.generated.'))
    .flatMap((file) => [...importOffences(file), ...textOffences(file)])
