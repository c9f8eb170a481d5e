import { type Clock, systemClock } from '#base'
import { toJson } from '../../feel/index.ts'
import type { DmnSource } from '../model/model.ts'
import { newWorkshop, type Place, typeOf, type Workshop } from '../run/elements.ts'
import { Failure, toldOf } from '../run/failure.ts'
import { inputsIn, inputValue } from '../run/inputs.ts'
import { type Instance, keyOf, linkModels } from '../run/link.ts'
import { type DmnAnswer, type DmnLine, wantedName } from '../run/program.ts'
import { dialects } from './dialect.ts'
import { type Draft, decisionTerm } from './elements.ts'
import { cellsOf, columnsOf, type InputColumn, type Sizes, sizeOfCell } from './input.ts'
import { reachOf } from './reach.ts'
import { newShelf } from './shelf.ts'
import { type Row, readerOf, statementOf } from './statement.ts'
import { Outside, type Term } from './term.ts'

/** Runs one statement: rows of texts, null for NULL. */
export type DmnQuery = (sql: string) => Promise<readonly Row[]>

/** A model whose decisions an engine of SQL answers, many lines in one statement. */
export type DmnSqlProgram = {
  readonly answer: (lines: readonly DmnLine[]) => Promise<readonly DmnAnswer[]>
}

export type DmnSqlOptions = {
  readonly engine: 'duckdb' | 'postgres'
  readonly query: DmnQuery
  readonly clock?: Clock
}

type Given = {
  readonly cells: ReadonlyMap<string, readonly (string | null)[]>
  /** Elements whose value SQL cannot hold, with the reason. */
  readonly bad: ReadonlyMap<string, Failure>
}

type Setting = {
  readonly instance: Instance
  readonly shop: Workshop
  readonly engine: 'duckdb' | 'postgres'
  readonly query: DmnQuery
  /** Names of columns, the same for all lines and statements. */
  readonly columns: Map<string, readonly InputColumn[]>
}

type Target = { readonly name: string; readonly place: Place; readonly reach: ReadonlyMap<string, Place> }

const columnsAt = ({ columns }: Setting, place: Place): readonly InputColumn[] => {
  const key = keyOf(place.instance, place.element)
  const known = columns.get(key) ?? columnsOf(typeOf(place), `i${columns.size}`)
  columns.set(key, known)
  return known
}

const outsideAt = ({ instance, element }: Place, engine: string, text: string, reason: string): Failure => {
  const { file, lines } = instance.source
  const { name } = element.of
  return new Failure('feel.not-in-sql-profile', {
    name,
    engine,
    text,
    reason,
    file,
    line: lines.get(element.of) ?? 1,
  })
}

/** What a line gives for all that the targets require. */
const givenBy = (setting: Setting, line: DmnLine, places: ReadonlyMap<string, Place>): Given => {
  const inputs = inputsIn(line.inputs ?? {})
  const [cells, bad] = [new Map<string, readonly (string | null)[]>(), new Map<string, Failure>()]
  for (const [key, place] of places) {
    const { element, instance } = place
    const { of } = element
    const json = element.kind === 'knowledge' ? undefined : inputs(instance, [of.name, of.variable.name])
    if (element.kind === 'decision' && json !== undefined && instance === setting.instance)
      bad.set(key, outsideAt(place, setting.engine, of.name, 'the line gives a value for a decision'))
    if (element.kind !== 'input') continue
    const columns = columnsAt(setting, place)
    try {
      cells.set(key, cellsOf(inputValue(json, typeOf(place)), columns))
    } catch (error) {
      if (!(error instanceof Outside)) throw error
      bad.set(key, outsideAt(place, setting.engine, of.name, error.message))
      cells.set(
        key,
        columns.map(() => null),
      )
    }
  }
  return { cells, bad }
}

// Sizes are rounded up, so that few statements serve many lines.
const roundedUp = (value: number, to: number): number => Math.ceil(value / to) * to

const sizesOf = (setting: Setting, given: readonly Given[]): Sizes => {
  const sizes = new Map<string, { readonly digits: number; readonly scale: number }>()
  for (const { cells } of given)
    for (const [key, values] of cells)
      for (const [at, { name, kind }] of (setting.columns.get(key) ?? []).entries()) {
        if (kind !== 'number') continue
        const { digits, scale } = sizeOfCell(values[at] ?? null)
        const before = sizes.get(name) ?? { digits: 0, scale: 0 }
        sizes.set(name, {
          digits: Math.max(before.digits, roundedUp(digits, 4)),
          scale: Math.max(before.scale, roundedUp(scale, 2)),
        })
      }
  return sizes
}

type Prepared = {
  readonly terms: readonly (Term | Failure)[]
  readonly draft: Draft
}

const prepared = (setting: Setting, targets: readonly Target[], sizes: Sizes): Prepared => {
  const draft: Draft = {
    shop: setting.shop,
    dialect: dialects[setting.engine],
    shelf: newShelf(),
    sizes,
    columnsOf: (place) => columnsAt(setting, place),
    done: new Map(),
    calling: new Set(),
  }
  const terms = targets.map(({ place }): Term | Failure => {
    try {
      return decisionTerm(draft, place)
    } catch (error) {
      if (error instanceof Failure) return error
      throw error
    }
  })
  return { terms, draft }
}

const failures = ({ terms }: Prepared): number => terms.filter((term) => term instanceof Failure).length

type Answer = DmnAnswer['results'][string]

/** Runs one statement over lines whose numbers have these sizes. */
const run = async (
  setting: Setting,
  targets: readonly Target[],
  { terms, draft }: Prepared,
  given: readonly Given[],
): Promise<readonly (readonly Answer[])[]> => {
  const keys = [...(given[0]?.cells.keys() ?? [])]
  const columns = keys.flatMap((key) => setting.columns.get(key) ?? [])
  const results: string[] = []
  const readers = terms.map((term) => (term instanceof Failure ? term : readerOf(term, results)))
  let rows: readonly Row[] = []
  try {
    const write = statementOf(columns, draft.sizes, draft.shelf, results)
    const lines = given.map(({ cells }) => keys.flatMap((key) => cells.get(key) ?? []))
    rows = results.length === 0 ? [] : await setting.query(write(lines))
  } catch (error) {
    if (!(error instanceof Outside)) throw error
    const { message } = error
    return given.map(() =>
      targets.map(({ name, place }) => ({ error: toldOf(outsideAt(place, setting.engine, name, message)) })),
    )
  }
  const byNumber = new Map(rows.map((row) => [row[0], row]))
  return given.map((_, line) =>
    readers.map((read) => {
      if (read instanceof Failure) return { error: toldOf(read) }
      return toJson(read(byNumber.get(String(line)) ?? []))
    }),
  )
}

/** Lines whose numbers are of one size together, where all together would be too large for an engine. */
const bySize = (setting: Setting, given: readonly Given[]): ReadonlyMap<string, readonly number[]> => {
  const groups = new Map<string, number[]>()
  for (const [index, one] of given.entries()) {
    const key = JSON.stringify([...sizesOf(setting, [one])])
    const group = groups.get(key) ?? []
    group.push(index)
    groups.set(key, group)
  }
  return groups
}

const answersOf = async (
  setting: Setting,
  targets: readonly Target[],
  given: readonly Given[],
): Promise<readonly (readonly Answer[])[]> => {
  const together = prepared(setting, targets, sizesOf(setting, given))
  const least = failures(together) === 0 ? together : prepared(setting, targets, new Map())
  if (failures(together) <= failures(least)) return run(setting, targets, together, given)
  const answers: (readonly Answer[])[] = []
  for (const indexes of bySize(setting, given).values()) {
    const some = indexes.flatMap((index) => given[index] ?? [])
    const found = await run(setting, targets, prepared(setting, targets, sizesOf(setting, some)), some)
    for (const [at, index] of indexes.entries()) answers[index] = found[at] ?? []
  }
  return answers
}

const targetsOf = (setting: Setting, wanted: string | undefined): readonly Target[] =>
  setting.instance.source.model.decisions
    .filter(({ name }) => wanted === undefined || name === wanted)
    .slice(0, wanted === undefined ? undefined : 1)
    .map((of) => {
      const place: Place = { instance: setting.instance, element: { kind: 'decision', of } }
      return { name: of.name, place, reach: reachOf(place) }
    })

/** What is no decision of the model is answered without an engine. */
const refused = ({ instance, engine }: Setting, wanted: string): DmnAnswer => {
  const { knowledge, services } = instance.source.model
  const service = services.find(({ name }) => name === wanted)
  const model = knowledge.find(({ name }) => name === wanted)
  const element = service
    ? ({ kind: 'service', of: service } as const)
    : model && ({ kind: 'knowledge', of: model } as const)
  const failure = element
    ? outsideAt({ instance, element }, engine, wanted, 'only decisions are computed by SQL')
    : new Failure('dmn.unknown-invocable', { name: wanted })
  return { results: { [wanted]: { error: toldOf(failure) } }, problems: [] }
}

const answerSame = async (
  setting: Setting,
  wanted: string | undefined,
  lines: readonly DmnLine[],
): Promise<readonly DmnAnswer[]> => {
  const targets = targetsOf(setting, wanted)
  if (wanted !== undefined && targets.length === 0) return lines.map(() => refused(setting, wanted))
  const places = new Map(targets.flatMap(({ reach }) => [...reach]))
  const given = lines.map((line) => givenBy(setting, line, places))
  const answers = await answersOf(setting, targets, given)
  return given.map(({ bad }, line) => {
    const results = targets.map(({ name, reach }, at): readonly [string, Answer] => {
      const first = [...bad].find(([key]) => reach.has(key))
      return [name, first ? { error: toldOf(first[1]) } : (answers[line]?.[at] ?? null)]
    })
    return { results: Object.fromEntries(results), problems: [] }
  })
}

/**
 * Compiles a model for an engine of SQL. A decision inside the SQL profile answers as the interpreter does, to the last digit; one
 * outside answers `feel.not-in-sql-profile` with its place, and so does a line whose values no column holds. Refuses
 * `policy.dmn-import-missing`.
 */
export const compileDmnSql = (
  main: DmnSource,
  imports: readonly DmnSource[],
  { engine, query, clock = systemClock() }: DmnSqlOptions,
): DmnSqlProgram => {
  const instance = linkModels(main, imports)
  const setting: Setting = { instance, shop: newWorkshop(clock), engine, query, columns: new Map() }
  return {
    answer: async (lines) => {
      const groups = new Map<string | undefined, number[]>()
      for (const [index, { invoke }] of lines.entries()) {
        const wanted = wantedName(invoke, instance.source.model.name)
        groups.set(wanted, [...(groups.get(wanted) ?? []), index])
      }
      const answers: DmnAnswer[] = []
      for (const [wanted, indexes] of groups) {
        const some = indexes.flatMap((index) => lines[index] ?? [])
        const found = await answerSame(setting, wanted, some)
        for (const [at, index] of indexes.entries())
          answers[index] = found[at] ?? { results: {}, problems: [] }
      }
      return answers
    },
  }
}
