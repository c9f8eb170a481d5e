import type { Expression, FunctionDefinition, Variable } from './expression.ts'

/** An element of a model: of this one where no namespace stands before the id. */
export type Reference = { readonly namespace?: string; readonly id: string }

type Named = {
  readonly id: string
  readonly name: string
  readonly label?: string
  readonly description?: string
}

/** Another model whose elements stand under `name`; an empty name puts them among our own. */
export type DmnImport = {
  readonly name: string
  readonly namespace: string
  /** The namespace of the imported document's language. */
  readonly type: string
  readonly location?: string
}

/** A type of the model (DMN 1.5, 7.3.3). Type names inside are `name` or `import.name`, never with an XML prefix. */
export type ItemDefinition = {
  readonly name: string
  readonly id?: string
  readonly label?: string
  readonly description?: string
  readonly isCollection: boolean
  readonly typeRef?: string
  /** Unary tests on the value; of a collection, on each of its items. */
  readonly allowedValues?: string
  /** Unary tests on the value as a whole. */
  readonly typeConstraint?: string
  readonly components: readonly ItemDefinition[]
  readonly functionItem?: { readonly parameters: readonly Variable[]; readonly result?: string }
}

export type InputData = Named & { readonly variable: Variable }

export type Decision = Named & {
  readonly variable: Variable
  readonly question?: string
  readonly allowedAnswers?: string
  readonly inputs: readonly Reference[]
  readonly decisions: readonly Reference[]
  readonly knowledge: readonly Reference[]
  readonly logic?: Expression
}

/** A business knowledge model: a function with a name. */
export type KnowledgeModel = Named & {
  readonly variable: Variable
  readonly knowledge: readonly Reference[]
  readonly logic?: FunctionDefinition
}

export type DecisionService = Named & {
  readonly variable: Variable
  readonly outputs: readonly Reference[]
  readonly encapsulated: readonly Reference[]
  readonly inputDecisions: readonly Reference[]
  readonly inputs: readonly Reference[]
}

/**
 * A decision model as DMN 1.1 to 1.5 write it, without its drawing, knowledge sources and the extensions of other vendors.
 */
export type DmnModel = {
  readonly name: string
  readonly namespace: string
  readonly id?: string
  readonly description?: string
  readonly expressionLanguage?: string
  readonly imports: readonly DmnImport[]
  readonly types: readonly ItemDefinition[]
  readonly inputs: readonly InputData[]
  readonly decisions: readonly Decision[]
  readonly knowledge: readonly KnowledgeModel[]
  readonly services: readonly DecisionService[]
}

/** A model with where it came from: the file's name, and the line of each of its parts. */
export type DmnSource = {
  readonly file: string
  readonly model: DmnModel
  readonly lines: ReadonlyMap<object, number>
}
