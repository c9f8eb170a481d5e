/** A name with its declared type: `name` or `import.name`. */
export type Variable = { readonly name: string; readonly typeRef?: string }

type Common = {
  readonly id?: string
  readonly label?: string
  readonly description?: string
  readonly typeRef?: string
}

/** Text in an expression language; FEEL unless it says otherwise. */
export type Literal = Common & {
  readonly kind: 'literal'
  readonly text: string
  readonly language?: string
  /** Where the text stands in another document; we do not fetch it. */
  readonly importedFrom?: string
}

export const hitPolicies = [
  'UNIQUE',
  'ANY',
  'PRIORITY',
  'FIRST',
  'RULE ORDER',
  'OUTPUT ORDER',
  'COLLECT',
] as const
export type HitPolicy = (typeof hitPolicies)[number]

export const aggregations = ['COUNT', 'SUM', 'MIN', 'MAX'] as const
export type Aggregation = (typeof aggregations)[number]

export type InputClause = {
  readonly id?: string
  readonly label?: string
  readonly expression: Literal
  /** Unary tests: the values a rule may expect. */
  readonly values?: string
}

export type OutputClause = {
  readonly id?: string
  readonly name?: string
  readonly label?: string
  readonly typeRef?: string
  /** Unary tests, the highest priority first. */
  readonly values?: string
  readonly otherwise?: Literal
}

export type Rule = {
  readonly id?: string
  readonly description?: string
  /** Unary tests, one for each input. */
  readonly tests: readonly string[]
  /** One for each output. */
  readonly outputs: readonly Literal[]
  readonly annotations: readonly string[]
}

export type DecisionTable = Common & {
  readonly kind: 'table'
  readonly hitPolicy: HitPolicy
  readonly aggregation?: Aggregation
  readonly outputLabel?: string
  readonly inputs: readonly InputClause[]
  readonly outputs: readonly OutputClause[]
  readonly annotations: readonly string[]
  readonly rules: readonly Rule[]
}

export type Binding = { readonly variable: Variable; readonly value?: Expression }

export type Invocation = Common & {
  readonly kind: 'invocation'
  readonly callee?: Expression
  readonly bindings: readonly Binding[]
}

/** An entry without a variable is the result of the whole context. */
export type ContextEntry = { readonly variable?: Variable; readonly value?: Expression }
export type Context = Common & { readonly kind: 'context'; readonly entries: readonly ContextEntry[] }

export type List = Common & { readonly kind: 'list'; readonly items: readonly Expression[] }

export type Relation = Common & {
  readonly kind: 'relation'
  readonly columns: readonly Variable[]
  readonly rows: readonly (readonly Expression[])[]
}

export type FunctionDefinition = Common & {
  readonly kind: 'function'
  readonly language: 'FEEL' | 'Java' | 'PMML'
  readonly parameters: readonly Variable[]
  readonly body?: Expression
}

export type Conditional = Common & {
  readonly kind: 'conditional'
  readonly condition?: Expression
  readonly whenTrue?: Expression
  readonly otherwise?: Expression
}

/** `for`, `every` and `some`: `body` is what is returned or has to be satisfied. */
export type Iterator = Common & {
  readonly kind: 'for' | 'every' | 'some'
  readonly variable: string
  readonly itemsTypeRef?: string
  readonly items?: Expression
  readonly body?: Expression
}

export type Filter = Common & {
  readonly kind: 'filter'
  readonly items?: Expression
  readonly match?: Expression
}

/** A boxed expression (DMN 1.5, 10.2.1). */
export type Expression =
  | Literal
  | DecisionTable
  | Invocation
  | Context
  | List
  | Relation
  | FunctionDefinition
  | Conditional
  | Iterator
  | Filter
