/** Places in a data folder, as paths inside it. */
export const inboxPath = (feedId: string): string => `inbox/${feedId}`
export const lakePath = (kind: string, feedId: string): string => `lake/feeds/${kind}/${feedId}.parquet`
/** Where the frozen facts lie that saved reports of simulations were computed from. */
export const keptFactsFolder = 'lake/simulation/kept'
/** The two files of one snapshot, by its hash. */
export const keptFactsPaths = (hash: string): readonly string[] =>
  ['household', 'member'].map((kind) => `${keptFactsFolder}/${hash}-${kind}.parquet`)

/** What belongs to the record and is exchanged as a whole when a backup is brought back. */
export const recordPlaces = [
  'keys',
  'secrets.json',
  'lake',
  'inbox',
  'demo',
  'demo-accounts.json',
  'first-account.json',
  'shipped.sha256',
] as const
