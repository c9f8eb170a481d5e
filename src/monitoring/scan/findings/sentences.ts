import { known } from '#base'
import { type Explanation, type Facts, type PackInForce, type Rule, sentenceOf, type Value } from '#policy'
import { memberLabelOf } from '../member-label.ts'
import { memberEntityOf, parametersIn } from './reading.ts'

/** What the sentences of a finding name. */
export interface Said {
  readonly facts: Facts
  /** Facts of the member who decides first. */
  readonly members: Facts
  readonly named: Readonly<Record<string, Value>>
}

/**
 * The sentences of an indicator that holds, from the few values that they name; `relations` tells how those who decide
 * stand to the head of the household, in their order.
 */
export const sentencesFrom = (
  force: PackInForce,
  rule: Rule,
  { facts, members, named }: Said,
  relations: readonly string[],
): Readonly<Record<'zh' | 'en', string>> => {
  const ids = relations.map((_, at) => String(at))
  const used = (entity: string, of: Facts, memberId?: string) =>
    Object.entries(of).map(([name, value]) => ({ entity, name, value, memberId }))
  const member = memberEntityOf(force.pack, rule.entity) ?? ''
  const explanation: Explanation = {
    rule: rule.id,
    subject: '',
    on: force.on,
    outcome: known(true),
    trace: {
      ...{ text: '', operator: '', result: true, operands: [], rules: [], steps: [], condition: true },
      parameters: [],
      facts: [...used(rule.entity, facts), ...used(member, members, ids[0] ?? '')],
    },
    named,
    parameters: parametersIn(rule.condition)
      .map((name) => force.parameters.get(name))
      .filter((parameter) => parameter !== undefined),
    members: ids,
  }
  const label = memberLabelOf(new Map(relations.map((relation, at) => [String(at), relation])))
  return {
    zh: sentenceOf(force.pack, rule, explanation, 'zh-CN', label('zh-CN')),
    en: sentenceOf(force.pack, rule, explanation, 'en', label('en')),
  }
}
