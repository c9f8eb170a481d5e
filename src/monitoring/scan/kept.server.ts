import { createHash } from 'node:crypto'
import { canonicalJson } from '#base'
import { type Explanation, type MemberLabel, type Rule, sentenceOf } from '#policy'
import type { CheckedPack } from '#rulebook/server'
import type { FrozenSubject } from './frozen.ts'

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** How the deciding members were spoken of, by their ids. */
type Labels = Readonly<Record<'zh' | 'en', Readonly<Record<string, string>>>>

/** Everything that an explanation was computed from, beside its pack. */
export interface Frozen extends FrozenSubject {
  readonly labels: Labels
}

/** What the pack says, with its sentence in both languages: the part of a kept explanation that can be computed again. */
export const saidOf = ({ pack, hash }: CheckedPack, rule: Rule, explanation: Explanation, labels: Labels) => {
  const labelIn =
    (language: 'zh' | 'en'): MemberLabel =>
    (member) =>
      labels[language][member] ?? ''
  return {
    ...explanation,
    // The version that found it and the pack it stands in: an alert keeps them, whatever is released later.
    version: rule.key,
    packHash: hash,
    sentences: {
      zh: sentenceOf(pack, rule, explanation, 'zh-CN', labelIn('zh')),
      en: sentenceOf(pack, rule, explanation, 'en', labelIn('en')),
    },
  }
}

export type Said = ReturnType<typeof saidOf>

/** The seal on what was frozen: rule, version, pack, day and subject are under it too. */
export const frozenHashOf = (
  { rule, version, packHash, on, subject }: Pick<Said, 'rule' | 'version' | 'packHash' | 'on' | 'subject'>,
  frozen: Frozen,
): string => hashOf(canonicalJson({ rule, version, packHash, on, subject, frozen }))

/** How members are spoken of, frozen. */
export const labelsFor = (
  members: readonly string[],
  memberLabel: (language: 'zh-CN' | 'en') => MemberLabel,
): Labels => {
  const labelsIn = (language: 'zh-CN' | 'en') =>
    Object.fromEntries(members.map((member) => [member, memberLabel(language)(member)]))
  return { zh: labelsIn('zh-CN'), en: labelsIn('en') }
}
