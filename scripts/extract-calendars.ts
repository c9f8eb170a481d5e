/**
 * Writes calendars/<year>.yaml: statutory holidays and the weekend days worked for them, year by year as the State
 * Council's office published them. Only years named in its data file exist; nothing is computed for other years.
 *   npm install --no-save chinese-days@1.5.7
 *   node scripts/extract-calendars.ts [--check]
 */
import { readPackageFile, stop, writeOrCheck } from './generated-files.ts'

interface Days {
  readonly holidays: Readonly<Record<string, string>>
  readonly workdays: Readonly<Record<string, string>>
}

/** Each year's notice, and the day on which the extract was compared with the text of the notice. */
const notices = [
  { year: 2024, notice: '国办发明电〔2023〕7号', issuedOn: '2023-10-25', checkedOn: '2026-11-22' },
  { year: 2025, notice: '国办发明电〔2024〕12号', issuedOn: '2024-11-12', checkedOn: '2026-11-22' },
  { year: 2026, notice: '国办发明电〔2025〕7号', issuedOn: '2025-11-04', checkedOn: '2026-11-22' },
] as const

const legalNames: Readonly<Record<string, string>> = {
  元旦: '元旦',
  春节: '春节',
  清明: '清明节',
  劳动节: '劳动节',
  端午: '端午节',
  中秋: '中秋节',
  国庆节: '国庆节',
}

const nameOf = (label: string): string => {
  const name = legalNames[label.split(',')[1] ?? '']
  return name ?? stop(`not a statutory holiday: ${label}`)
}

const datesOf = (days: Readonly<Record<string, string>>, year: number, name: string): string[] =>
  Object.entries(days)
    .filter(([date, label]) => date.startsWith(`${year}-`) && nameOf(label) === name)
    .map(([date]) => date)
    .toSorted()

const listed = (key: string, dates: readonly string[]): string =>
  dates.length === 0 ? `    ${key}: []` : `    ${key}:\n${dates.map((date) => `      - ${date}`).join('\n')}`

const data = JSON.parse(readPackageFile('chinese-days', '1.5.7', 'dist/chinese-days.json')) as Days

const files = new Map<string, string>()
for (const { year, notice, issuedOn, checkedOn } of notices) {
  const festivals = Object.values(legalNames)
    .map((name) => ({
      name,
      holidays: datesOf(data.holidays, year, name),
      workdays: datesOf(data.workdays, year, name),
    }))
    .filter(({ holidays, workdays }) => holidays.length + workdays.length > 0)
    .toSorted((a, b) => ((a.holidays[0] ?? '') < (b.holidays[0] ?? '') ? -1 : 1))
  if (festivals.length === 0) stop(`the data ends before ${year}`)
  const head = [
    '# holidays: days of rest, weekends within them counted; workdays: weekend days worked in exchange (调休).',
    `year: ${year}`,
    `notice: ${notice}`,
    `issuedOn: ${issuedOn}`,
    'source: chinese-days 1.5.7, data file',
    `checkedOn: ${checkedOn}`,
    'festivals:',
  ]
  const body = festivals.map(({ name, holidays, workdays }) =>
    [`  - name: ${name}`, listed('holidays', holidays), listed('workdays', workdays)].join('\n'),
  )
  files.set(`calendars/${year}.yaml`, `${[...head, ...body].join('\n')}\n`)
}
writeOrCheck(files)
