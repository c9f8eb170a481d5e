import { canonicalJson } from '#base'
import type { Engine } from '#lake/server'
import { sentenceOf } from '#policy'
import type { Disagreement, Firing } from '../evaluate.server.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { hashOf } from '../kept.server.ts'
import { memberLabelOf } from '../member-label.ts'
import type { FindingRule } from './draft.queries.server.ts'
import { type FindingRow, findingsOf } from './draft.queries.server.ts'
import { type Said, sentencesFrom } from './sentences.ts'

const slice = 4000
const unnamed = memberLabelOf(new Map())

/**
 * Holds what SQL drafted against what the interpreter says of the same subjects: fingerprint, frozen facts, who decides,
 * and both sentences. Gives what differs; of a part's firings, those that were computed.
 */
export const compareFindings = async (
  engine: Engine,
  rules: readonly FindingRule[],
  firings: readonly Firing[],
): Promise<readonly Disagreement[]> => {
  const disagreements: Disagreement[] = []
  for (let start = 0; start < firings.length; start += slice) {
    const part = firings.slice(start, start + slice)
    const numbers = rules.map(({ ruleNo }) => ruleNo)
    const rows = await findingsOf(engine, numbers, [...new Set(part.map(({ subjectId }) => subjectId))])
    const drafted = new Map(rows.map((row) => [`${row.rule_no} ${row.subject_id}`, row]))
    for (const firing of part) {
      const one = rules.find(({ rule }) => rule === firing.rule)
      const row = one && drafted.get(`${one.ruleNo} ${firing.subjectId}`)
      const [mine, theirs] = [saidBy(one, firing), row && one ? draftedBy(one, row) : 'no finding']
      if (mine !== theirs)
        disagreements.push({
          rule: firing.rule.id,
          subjectId: firing.subjectId,
          sql: theirs,
          interpreter: mine,
        })
    }
  }
  return disagreements
}

const saidBy = (one: FindingRule | undefined, { rule, explanation, frozen, subjectKind }: Firing): string => {
  const sentence = (language: 'zh-CN' | 'en') =>
    one ? sentenceOf(one.force.pack, rule, explanation, language, unnamed(language)) : ''
  return canonicalJson({
    ...{ subjectKind, deciding: explanation.members, facts: frozen.facts, members: frozen.members ?? null },
    ...{ fingerprint: hashOf(fingerprintOf(explanation)), zh: sentence('zh-CN'), en: sentence('en') },
  })
}

const draftedBy = (one: FindingRule, row: FindingRow): string => {
  const said = JSON.parse(row.said) as Said
  const sentences = sentencesFrom(
    one.force,
    one.rule,
    said,
    row.deciding.map(() => ''),
  )
  // The texts are kept as SQL wrote them: were they not canonical, their seal would not hold.
  const { facts, members } = row
  const again = (text: string): unknown =>
    canonicalJson(JSON.parse(text)) === text ? JSON.parse(text) : text
  return canonicalJson({
    ...{ subjectKind: row.subject_kind, deciding: row.deciding, facts: again(facts) },
    ...{ members: members === null ? null : again(members), fingerprint: row.fingerprint, ...sentences },
  })
}
