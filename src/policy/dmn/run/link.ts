import { Refusal } from '#base'
import type {
  Decision,
  DecisionService,
  DmnImport,
  DmnSource,
  InputData,
  KnowledgeModel,
  Reference,
} from '../model/model.ts'
import { isDmnNamespace } from '../read/reader.ts'
import { testsOfType } from './text.ts'
import { type Types, typesOf } from './types.ts'

export type Element =
  | { readonly kind: 'input'; readonly of: InputData }
  | { readonly kind: 'decision'; readonly of: Decision }
  | { readonly kind: 'knowledge'; readonly of: KnowledgeModel }
  | { readonly kind: 'service'; readonly of: DecisionService }

/** An element where it stands; `under` is the name of the import it is reached by, empty for the model's own. */
export type Found = { readonly element: Element; readonly instance: Instance; readonly under: string }

/**
 * A model as one chain of imports reaches it. The same model imported twice has its input data twice, so each path has an instance of
 * its own.
 */
export type Instance = {
  readonly source: DmnSource
  /** The names of the imports from the main model down to this one. */
  readonly path: readonly string[]
  readonly types: Types
  readonly find: (reference: Reference) => Found | undefined
}

/** Identifies an element of an instance. */
export const keyOf = ({ path }: Instance, { of }: Element): string => [...path, of.id].join('\u0000')

const elementsOf = ({ model }: DmnSource): ReadonlyMap<string, Element> =>
  new Map<string, Element>([
    ...model.inputs.map((of) => [of.id, { kind: 'input', of }] as const),
    ...model.knowledge.map((of) => [of.id, { kind: 'knowledge', of }] as const),
    ...model.decisions.map((of) => [of.id, { kind: 'decision', of }] as const),
    ...model.services.map((of) => [of.id, { kind: 'service', of }] as const),
  ])

const isModel = ({ type }: DmnImport): boolean => type === '' || isDmnNamespace(type)

const sourceOf = (from: DmnImport, sources: readonly DmnSource[]): DmnSource | undefined => {
  const same = sources.filter(({ model }) => model.namespace === from.namespace)
  return same.find(({ model }) => model.name === from.name) ?? same[0]
}

/** Refuses `policy.dmn-import-missing` where a model that is imported, by the main one or by another, was not given. */
const checkImports = (main: DmnSource, sources: readonly DmnSource[]): void => {
  const [open, seen] = [[main], new Set<DmnSource>()]
  for (let source = open.pop(); source; source = open.pop()) {
    if (seen.has(source)) continue
    seen.add(source)
    for (const from of source.model.imports.filter(isModel)) {
      const found = sourceOf(from, sources)
      if (found) open.push(found)
      else {
        const line = source.lines.get(from) ?? 1
        const { name, namespace } = from
        throw new Refusal('policy.dmn-import-missing', { file: source.file, line, name, namespace })
      }
    }
  }
}

/** The main model with its imports found, by namespace, among the sources. */
export const linkModels = (main: DmnSource, others: readonly DmnSource[]): Instance => {
  const sources = [main, ...others]
  checkImports(main, sources)
  const elements = new Map(sources.map((source) => [source, elementsOf(source)]))
  const instanceOf = (source: DmnSource, path: readonly string[], above: readonly Instance[]): Instance => {
    const { model } = source
    const made = new Map<DmnImport, Instance>()
    const importedBy = (from: DmnImport): Instance | undefined => {
      const target = isModel(from) ? sourceOf(from, sources) : undefined
      if (!target) return undefined
      // Models that import each other come back to the instance there is.
      const back = [...above, instance].find((one) => one.source === target)
      const found = back ?? made.get(from) ?? instanceOf(target, [...path, from.name], [...above, instance])
      made.set(from, found)
      return found
    }
    const findHere = (id: string): Found | undefined => {
      const element = elements.get(source)?.get(id)
      return element && { element, instance, under: '' }
    }
    const find = ({ namespace, id }: Reference): Found | undefined => {
      if (namespace === undefined) return findHere(id) ?? findUnnamed(id)
      for (const from of model.imports) {
        const found = from.namespace === namespace ? importedBy(from)?.find({ id }) : undefined
        if (found) return { ...found, under: from.name }
      }
      return undefined
    }
    // What an import without a name brings is as good as the model's own.
    const findUnnamed = (id: string): Found | undefined => {
      for (const from of model.imports.filter(({ name }) => name === '')) {
        const found = importedBy(from)?.find({ id })
        if (found) return { ...found, under: '' }
      }
      return undefined
    }
    const types = typesOf({
      definitions: model.types,
      imports: model.imports,
      importedTypes: (from) => importedBy(from)?.types,
      tests: (text, definition) =>
        testsOfType(text, definition.name, source.file, source.lines.get(definition) ?? 1),
    })
    const instance: Instance = { source, path, types, find }
    return instance
  }
  return instanceOf(main, [], [])
}
