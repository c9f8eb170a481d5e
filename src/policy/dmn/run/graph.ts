import type { Reference } from '../model/model.ts'
import { Failure } from './failure.ts'
import { type Element, type Found, type Instance, keyOf } from './link.ts'

/** What an element needs to be evaluated: requirements of decisions and functions, the decisions of a service. */
const referencesOf = ({ kind, of }: Element): readonly Reference[] => {
  switch (kind) {
    case 'input':
      return []
    case 'decision':
      return [...of.inputs, ...of.decisions, ...of.knowledge]
    case 'knowledge':
      return of.knowledge
    case 'service':
      return [...of.outputs, ...of.encapsulated]
  }
}

const lineOf = ({ source }: Instance, part: object): number => source.lines.get(part) ?? 1

/** The element a reference means; a Failure where there is none. */
export const required = (instance: Instance, owner: Element, reference: Reference): Found => {
  const found = instance.find(reference)
  if (found) return found
  throw new Failure('dmn.unknown-reference', {
    name: owner.of.name,
    reference: `${reference.namespace ?? ''}#${reference.id}`,
    file: instance.source.file,
    line: lineOf(instance, reference),
  })
}

/** What a walk through a service may not follow: what its caller hands in stands for decisions outside. */
const handedTo = (instance: Instance, { kind, of }: Element): ReadonlySet<string> =>
  new Set(
    (kind === 'service' ? of.inputDecisions : []).flatMap((reference) => {
      const found = instance.find(reference)
      return found ? [keyOf(found.instance, found.element)] : []
    }),
  )

/** An element as a walk meets it: what a service calls is not what its caller evaluates, for the service knows only what it is handed. */
type Node = {
  readonly instance: Instance
  readonly element: Element
  readonly inside: string
  readonly handed: ReadonlySet<string>
}

const markOf = ({ instance, element, inside }: Node): string =>
  `${inside}\u0000\u0000${keyOf(instance, element)}`

const nextOf = (node: Node): readonly Node[] =>
  referencesOf(node.element).flatMap((reference): readonly Node[] => {
    const found = node.instance.find(reference)
    if (!found) return []
    const { instance, element } = found
    const key = keyOf(instance, element)
    if (node.handed.has(key)) return []
    const isService = element.kind === 'service'
    const inside = isService ? key : node.inside
    return [{ instance, element, inside, handed: isService ? handedTo(instance, element) : node.handed }]
  })

/** All that a node requires, however far, each with the node it was first met from. */
const reachedFrom = (start: Node): ReadonlyMap<string, { readonly node: Node; readonly from: Node }> => {
  const reached = new Map<string, { readonly node: Node; readonly from: Node }>()
  const open = [start]
  for (let from = open.shift(); from; from = open.shift())
    for (const node of nextOf(from))
      if (!reached.has(markOf(node))) {
        reached.set(markOf(node), { node, from })
        open.push(node)
      }
  return reached
}

/** The names along the way from a node back to itself, where there is such a way. */
const circleAt = (start: Node): readonly string[] | undefined => {
  const reached = reachedFrom(start)
  const names = [start.element.of.name]
  let step = reached.get(markOf(start))
  if (!step) return undefined
  while (markOf(step.from) !== markOf(start)) {
    names.unshift(step.from.element.of.name)
    step = reached.get(markOf(step.from))
    if (!step) return undefined
  }
  return [start.element.of.name, ...names]
}

/**
 * Fails where a decision requires itself, directly or through decisions, functions and services. A function that only calls itself is
 * no circle: it may end.
 */
export const checkCircle = (instance: Instance, decision: Element): void => {
  const key = keyOf(instance, decision)
  const start: Node = { instance, element: decision, inside: '', handed: new Set() }
  const again = [...reachedFrom(start).values()]
    .map(({ node }) => node)
    .filter((node) => keyOf(node.instance, node.element) === key)
  const circle = again.map(circleAt).find((one) => one !== undefined)
  if (!circle) return
  throw new Failure('dmn.cycle', {
    name: decision.of.name,
    path: circle.join(' → '),
    file: instance.source.file,
    line: lineOf(instance, decision.of),
  })
}
