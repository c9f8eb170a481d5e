import { nodesOf, type Pack, type PackInForce, type Programme } from '#policy'

/** What rules of a pack build on. */
interface Behind {
  readonly rules: ReadonlySet<string>
  readonly parameters: ReadonlySet<string>
}

/** The programmes that a simulation counts, and those of them that a change can reach. */
export interface Slice {
  readonly reached: readonly Programme[]
  readonly untouched: readonly Programme[]
  /** Every parameter that a reached programme may read. */
  readonly parameters: ReadonlySet<string>
}

/** Every rule and parameter that the named rules may read, however deep. */
export const behind = (pack: Pick<Pack, 'definitions'>, names: readonly (string | undefined)[]): Behind => {
  const rules = new Set<string>()
  const parameters = new Set<string>()
  const visit = (name: string | undefined): void => {
    if (name === undefined || rules.has(name)) return
    rules.add(name)
    const tree = pack.definitions.get(name)?.tree
    for (const node of tree ? nodesOf(tree) : []) {
      if (node.kind === 'rule') visit(node.name)
      if (node.kind === 'parameter') parameters.add(node.name)
    }
  }
  for (const name of names) visit(name)
  return { rules, parameters }
}

/**
 * Programmes whose money comes every month, and those that only say who belongs to a category. What is paid once or yearly
 * for an event is no standing cost: the registry does not know the event.
 */
export const countedProgrammes = (force: PackInForce): readonly Programme[] =>
  force.programmes.filter(
    ({ entity, amount, tier }) =>
      (entity === 'household' || entity === 'member') && (amount ? amount.per === 'month' : tier === 'basic'),
  )

export const rulesOf = ({ eligible, amount }: Programme): readonly string[] =>
  amount ? [eligible, amount.rule] : [eligible]

/** The programmes that changed parameters or rules can reach; all of them where nothing is changed. */
export const sliceOf = (
  force: PackInForce,
  changed: { readonly parameters: readonly string[]; readonly rules: readonly string[] },
): Slice => {
  const counted = countedProgrammes(force)
  const isNothing = changed.parameters.length + changed.rules.length === 0
  const reached = counted.filter((programme) => {
    const found = behind(force.pack, rulesOf(programme))
    return (
      isNothing ||
      changed.parameters.some((name) => found.parameters.has(name)) ||
      changed.rules.some((name) => found.rules.has(name))
    )
  })
  return {
    reached,
    untouched: counted.filter((programme) => !reached.includes(programme)),
    parameters: behind(force.pack, reached.flatMap(rulesOf)).parameters,
  }
}
