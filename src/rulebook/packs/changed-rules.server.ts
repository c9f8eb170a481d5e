import { findingText, type Language, type Pack } from '#policy'
import { contentFrom, readContent } from './content.ts'
import type { CheckedPack } from './packs.server.ts'

/** A named rule with another text. */
export interface ChangedRule {
  readonly rule: string
  readonly value: string
}

/** The pack with changed rules, or what is wrong with them. */
export type WithChangedRules =
  | { readonly pack: Pack; readonly problem?: undefined }
  | { readonly pack?: undefined; readonly problem: string }

/**
 * The pack with the texts of some named rules changed, as a pack laid over it would change them. For trying out only: its
 * cases are not run, and nothing of it is kept.
 */
export const withChangedRules = (
  { pack, content }: Pick<CheckedPack, 'pack' | 'content'>,
  changed: readonly ChangedRule[],
  language: Language,
): WithChangedRules => {
  const rules: Record<string, unknown> = {}
  for (const { rule, value } of changed) {
    const known = pack.definitions.get(rule)
    if (!known) return { problem: rule }
    const { id: _id, tree: _tree, ...entry } = known
    rules[rule] = { ...entry, value }
  }
  const { head } = pack
  const top = { ...head, id: 'simulation', over: head.id }
  // JSON is YAML.
  const layer = {
    id: top.id,
    files: { 'pack.yaml': JSON.stringify(top), 'rules.yaml': JSON.stringify(rules) },
  }
  const below = contentFrom(content)
  const { read } = readContent({ ...below, layers: [...below.layers, layer] })
  const [finding] = read.findings
  if (!read.pack || finding) return { problem: finding ? findingText(finding, language) : head.id }
  return { pack: read.pack }
}
