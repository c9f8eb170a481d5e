import { type FullInputs, quoteText } from '#lake/server'
import { kinds } from '../province/kinds.ts'

/** The rows of a kind in a folder of a province: `feeds`, or a delivery. */
export const feedOf = (dir: string, folder: string) => (kind: string) => {
  const isMonthly = kinds.find(({ name }) => name === kind)?.monthly
  return `read_parquet(${quoteText(`${dir}/${folder}/${kind}${isMonthly ? '/*' : ''}.parquet`)})`
}

/** What a full pass reads of a province. */
export const inputsOf = (dir: string): FullInputs => ({
  person: `read_parquet(${quoteText(`${dir}/registry/person.parquet`)})`,
  household: `read_parquet(${quoteText(`${dir}/registry/household.parquet`)})`,
  aside: 'aside_match',
  feed: feedOf(dir, 'feeds'),
})
