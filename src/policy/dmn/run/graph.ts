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

type Reached = ReadonlyMap<string, { readonly node: Node; readonly from: Node }>

/** All that a node requires, however far, each with the node it was first met from; what is sound is left out. */
const reachedFrom = (start: Node, sound: ReadonlySet<string>): Reached => {
  const reached = new Map<string, { readonly node: Node; readonly from: Node }>()
  const open = [start]
  // A for-of over the list meets what is added on the way.
  for (const from of open)
    for (const node of nextOf(from)) {
      const mark = markOf(node)
      if (reached.has(mark) || sound.has(mark)) continue
      reached.set(mark, { node, from })
      open.push(node)
    }
  return reached
}

/** The names along the way from a node back to itself, where there is such a way. */
const circleAt = (start: Node): readonly string[] | undefined => {
  const reached = reachedFrom(start, new Set())
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

/** Takes away what requires nothing, again and again; what goes is on no circle, and leads to none. */
const settle = (nodes: readonly Node[], sound: Set<string>): void => {
  const owners = new Map<string, string[]>()
  const waits = new Map<string, number>()
  const free: string[] = []
  for (const node of nodes) {
    const mark = markOf(node)
    const next = new Set(
      nextOf(node)
        .map(markOf)
        .filter((one) => !sound.has(one)),
    )
    waits.set(mark, next.size)
    for (const one of next) {
      const known = owners.get(one)
      if (known) known.push(mark)
      else owners.set(one, [mark])
    }
    if (next.size === 0) free.push(mark)
  }
  for (let mark = free.pop(); mark !== undefined; mark = free.pop()) {
    sound.add(mark)
    for (const owner of owners.get(mark) ?? []) {
      const left = (waits.get(owner) ?? 0) - 1
      waits.set(owner, left)
      if (left === 0) free.push(owner)
    }
  }
}

/**
 * Fails where a decision requires itself, directly or through decisions, functions and services. A function that only calls itself is
 * no circle: it may end. `sound` keeps what is known to lead to no circle, so that each part of a large model is walked through once.
 */
export const checkCircle = (instance: Instance, decision: Element, sound: Set<string> = new Set()): void => {
  const key = keyOf(instance, decision)
  const start: Node = { instance, element: decision, inside: '', handed: new Set() }
  if (sound.has(markOf(start))) return
  const reached = reachedFrom(start, sound)
  if (!reached.has(markOf(start))) settle([start, ...[...reached.values()].map(({ node }) => node)], sound)
  if (sound.has(markOf(start))) return
  const again = [...reached.values()]
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
