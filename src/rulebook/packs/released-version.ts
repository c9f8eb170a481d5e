import { Document, isMap, isScalar, parse } from 'yaml'
import { canonicalJson } from '#base'
import type { PackFiles, PolicyCase, RuleEntry } from '#policy'
import type { NewDocument } from './released-value.ts'
import { documentEntry } from './with-released.ts'

/** A version of an indicator that two persons released in the console, of the same form as a pack writes it. */
export interface ReleasedVersion {
  readonly id: string
  /** Number that people read; 0 while it is not proposed yet. */
  readonly number: number
  readonly indicator: string
  /** As `rules.yaml` has it. */
  readonly entry: RuleEntry
  readonly cases: readonly Omit<PolicyCase, 'rule'>[]
  readonly document: string
  readonly newDocument: NewDocument | null
}

/** The chapter of the pack that a version is written as. */
export const chapterOf = ({ number }: Pick<ReleasedVersion, 'number'>): string =>
  number === 0 ? 'version-draft' : `version-${number}`

/** The name a version has among the rules. */
export const versionKey = ({ indicator, number }: Pick<ReleasedVersion, 'indicator' | 'number'>): string =>
  number === 0 ? `${indicator}-draft` : `${indicator}-v${number}`

/** A version as files of a chapter of its own, as an author would write them. */
export const versionFiles = (version: ReleasedVersion): PackFiles => {
  const { entry, cases, document, newDocument } = version
  const [chapter, key] = [chapterOf(version), versionKey(version)]
  const files: Record<string, string> = { [`${chapter}/rules.yaml`]: rulesText(key, entry) }
  const ofRule = cases.map((one) => ({ rule: key, ...one }))
  if (ofRule.length > 0) files[`${chapter}/cases/${key}.yaml`] = new Document(ofRule).toString(written)
  if (newDocument)
    files[`${chapter}/sources.yaml`] = new Document({ [document]: documentEntry(newDocument) }).toString(
      written,
    )
  return files
}

const written = { lineWidth: 0 }

/** Expressions stand on lines of their own, so that a finding can name the line. */
const rulesText = (key: string, entry: RuleEntry): string => {
  const document = new Document({ [key]: entry })
  const inBlock = (path: readonly string[]) => {
    const node = document.getIn([key, ...path], true)
    if (isScalar(node)) node.type = 'BLOCK_LITERAL'
  }
  inBlock(['when'])
  const values = document.getIn([key, 'values'], true)
  if (isMap(values)) for (const { key: name } of values.items) inBlock(['values', String(name)])
  return document.toString(written)
}

/** Files of a pack with those of a version; a chapter that was written back already says the same, or contradicts it. */
export const withVersion = (
  files: PackFiles,
  version: ReleasedVersion,
): { readonly files: PackFiles; readonly contradicts: string | undefined } => {
  const own = versionFiles(version)
  const contradicts = Object.entries(own).find(
    ([path, text]) => files[path] !== undefined && !saysTheSame(files[path], text),
  )?.[0]
  return { files: { ...own, ...files }, contradicts }
}

const saysTheSame = (a: string, b: string): boolean => {
  try {
    return canonicalJson(parse(a)) === canonicalJson(parse(b))
  } catch {
    // A file that cannot be read does not say the same; what is wrong with it is told when it is read.
    return false
  }
}
