import type { Ast } from '../read/ast.ts'
import type { FeelProblemCode, FeelRun, FeelScope, FeelValue } from '../value/value.ts'

/** Where an expression is evaluated, and by what: handed along so that the parts need not import each other in a circle. */
export type Env = {
  readonly scope: FeelScope
  readonly run: FeelRun
  readonly evaluate: (ast: Ast, env: Env) => FeelValue
}

/** The value of an expression here. */
export const evaluate = (ast: Ast, env: Env): FeelValue => env.evaluate(ast, env)

// A loop can fail in every turn; the first reasons tell enough.
const mostProblems = 100

/** Null, with a note why. */
export const failed = (env: Env, code: FeelProblemCode, text: string, ast: Ast): null => {
  const { problems } = env.run
  if (problems.length < mostProblems) problems.push({ kind: 'problem', code, text, span: ast.span })
  return null
}

/** The same place with one name more. */
export const bind = (env: Env, name: string, value: FeelValue): Env => ({
  ...env,
  scope: { find: (wanted) => (wanted === name ? value : env.scope.find(wanted)) },
})

/** The same place behind a map of names. */
export const bindAll = (env: Env, values: ReadonlyMap<string, FeelValue>): Env => ({
  ...env,
  scope: { find: (wanted) => values.get(wanted) ?? (values.has(wanted) ? null : env.scope.find(wanted)) },
})
