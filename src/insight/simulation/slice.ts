import { nodesOf, type Pack, type PackInForce, type Programme } from '#policy'

/** What rules of a pack build on. */
interface Behind {
  readonly rules: ReadonlySet<string>
  /** Facts, as `entity.name`. */
  readonly facts: ReadonlySet<string>
  readonly parameters: ReadonlySet<string>
}

/** The programmes that a simulation counts, and those of them that a change can reach. */
export interface Slice {
  readonly reached: readonly Programme[]
  readonly untouched: readonly Programme[]
  /** Every parameter that a reached programme may read. */
  readonly parameters: ReadonlySet<string>
  readonly counted: Counted
}

/**
 * Which money is counted: what comes every month only, or also what comes once a year or once. Reports that were kept before
 * the latter were counted are computed again without them.
 */
export type Counted = 'monthly' | 'all'

/** Every rule, fact and parameter that the named rules may read, however deep. */
export const behind = (pack: Pick<Pack, 'definitions'>, names: readonly (string | undefined)[]): Behind => {
  const rules = new Set<string>()
  const parameters = new Set<string>()
  const facts = new Set<string>()
  const visit = (name: string | undefined): void => {
    if (name === undefined || rules.has(name)) return
    rules.add(name)
    const tree = pack.definitions.get(name)?.tree
    for (const node of tree ? nodesOf(tree) : []) {
      if (node.kind === 'rule') visit(node.name)
      if (node.kind === 'parameter') parameters.add(node.name)
      if (node.kind === 'fact') facts.add(`${node.entity}.${node.name}`)
    }
  }
  for (const name of names) visit(name)
  return { rules, parameters, facts }
}

/** Programmes that pay, and those that only say who belongs to a category. */
export const countedProgrammes = (force: PackInForce, counted: Counted = 'all'): readonly Programme[] =>
  force.programmes.filter((programme) => {
    const { entity, amount, tier } = programme
    const isCounted = amount ? counted === 'all' || isStanding(programme) : tier === 'basic'
    return (entity === 'household' || entity === 'member') && isCounted
  })

/** Whether it is looked at every month: what is paid by the year or once is counted on the first day alone. */
export const isStanding = ({ amount }: Programme): boolean => amount === undefined || amount.per === 'month'

export const rulesOf = ({ eligible, amount }: Programme): readonly string[] =>
  amount ? [eligible, amount.rule] : [eligible]

/** The programmes that changed parameters or rules can reach; all of them where nothing is changed. */
export const sliceOf = (
  force: PackInForce,
  changed: { readonly parameters: readonly string[]; readonly rules: readonly string[] },
  counted: Counted = 'all',
): Slice => {
  const programmes = countedProgrammes(force, counted)
  const isNothing = changed.parameters.length + changed.rules.length === 0
  const reached = programmes.filter((programme) => {
    const found = behind(force.pack, rulesOf(programme))
    return (
      isNothing ||
      changed.parameters.some((name) => found.parameters.has(name)) ||
      changed.rules.some((name) => found.rules.has(name))
    )
  })
  return {
    reached,
    untouched: programmes.filter((programme) => !reached.includes(programme)),
    parameters: behind(force.pack, reached.flatMap(rulesOf)).parameters,
    counted,
  }
}
