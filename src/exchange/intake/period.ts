import { addToMonth, type BusinessDate, monthOf, parseMonth } from '#base'

const inName = /(?<!\d)(20\d{2})(?:年|[-_.]?)(0?[1-9]|1[0-2])(?:月|(?!\d))/u

/** The month that a file's name speaks of: `…2026年6月…`, `…2026-06…`, `…202606…`; undefined where it names none. */
export const monthInName = (fileName: string): string | undefined => {
  const match = inName.exec(fileName)
  return match ? parseMonth(`${match[1]}-${(match[2] ?? '').padStart(2, '0')}`) : undefined
}

interface Told {
  readonly named: string | null
  readonly fileName: string
  /** Months of the rows with their counts. */
  readonly months: Readonly<Record<string, number>>
  readonly today: BusinessDate
}

/**
 * The month a file speaks of: named when it was sent, else in its name, else the latest of its rows that is not in the
 * future, else the month before this one.
 */
export const periodOf = ({ named, fileName, months, today }: Told): string => {
  const thisMonth = monthOf(today)
  const past = Object.keys(months)
    .filter((month) => month <= thisMonth)
    .toSorted()
  return named ?? monthInName(fileName) ?? past.at(-1) ?? addToMonth(thisMonth, -1)
}
