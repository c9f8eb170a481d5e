import { ZenEngine } from '@gorules/zen-engine'
import type { Facts, Node, PackInForce } from '#policy'
import { constantOf, type OrderedRule } from './order.ts'

type Answers = Readonly<Record<string, unknown>>

const signs: Readonly<Record<string, string>> = {
  and: 'and',
  or: 'or',
  less: '<',
  lessOrEqual: '<=',
  greater: '>',
  greaterOrEqual: '>=',
  equal: '==',
  notEqual: '!=',
  add: '+',
  subtract: '-',
  multiply: '*',
}

/** A checked tree in ZEN's expression language; what lies below stands in the same node as `$.name`. */
const zenText = (force: PackInForce, node: Node): string => {
  const text = (one: Node | undefined): string => (one ? zenText(force, one) : 'null')
  if (node.kind === 'literal') return String(node.value)
  if (node.kind === 'fact') return node.name
  if (node.kind === 'rule') return `$.${node.name}`
  if (node.kind === 'parameter') return String(constantOf(force, node.name))
  if (node.kind !== 'operation') throw new Error(`not translated: ${node.kind}`)
  const [a, b, c] = node.args
  if (node.operator === 'not') return `(not (${text(a)}))`
  if (node.operator === 'if') return `(${text(a)} ? ${text(b)} : ${text(c)})`
  if (node.operator === 'least') return `min([${text(a)}, ${text(b)}])`
  if (node.operator === 'greatest') return `max([${text(a)}, ${text(b)}])`
  if (node.operator === 'divide') return quotient(text(a), text(b), c)
  const sign = signs[node.operator]
  if (!sign) throw new Error(`not translated: ${node.operator}`)
  return `(${text(a)} ${sign} ${text(b)})`
}

/** Every dividend of the yardstick is 0 or more. */
const quotient = (a: string, b: string, rounding: Node | undefined): string => {
  const mode = rounding?.kind === 'literal' ? rounding.value : undefined
  if (mode === 'half-up') return `floor((2 * ${a} + ${b}) / (2 * ${b}))`
  return mode === 'up' ? `floor((${a} + ${b} - 1) / ${b})` : `floor(${a} / ${b})`
}

/** The rules as one decision of the engine: an input, one expression node that holds them all in order, an output. */
export const zenRunner = (
  force: PackInForce,
  rules: readonly OrderedRule[],
): ((facts: Facts) => Promise<Answers>) => {
  const expressions = rules.map(({ name, tree }) => ({ id: name, key: name, value: zenText(force, tree) }))
  const node = (id: string, type: string, content?: unknown) => ({
    id,
    name: id,
    type,
    position: { x: 0, y: 0 },
    ...(content ? { content } : {}),
  })
  const edge = (sourceId: string, targetId: string) => ({
    id: `${sourceId}-${targetId}`,
    type: 'edge',
    sourceId,
    targetId,
  })
  const decision = new ZenEngine().createDecision({
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      node('in', 'inputNode'),
      node('rules', 'expressionNode', { expressions }),
      node('out', 'outputNode'),
    ],
    edges: [edge('in', 'rules'), edge('rules', 'out')],
  })
  return async (facts) => (await decision.evaluate(facts)).result
}
