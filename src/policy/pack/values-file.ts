import type { Scalar } from '../language/values.ts'
import { fitsParameter } from './check-values.ts'
import { type Finding, found } from './finding.ts'
import type { Pack } from './pack.ts'
import { type ValuesFile, valuesSchema } from './schemas.ts'
import { readYaml } from './yaml-file.ts'

/** Values for trying things out: some for every day and region, some by day and region as parameters.yaml has them. */
export interface TrialValues {
  /** The pack with the further values laid over it. */
  readonly pack: Pack
  /** For `When.given`. */
  readonly given: Readonly<Record<string, Scalar | readonly Scalar[]>>
  readonly findings: readonly Finding[]
}

/** Reads a file of values over a pack: `name: value`, or `name: { values: […] }` as in parameters.yaml. */
export const readTrialValues = (pack: Pack, file: string, text: string): TrialValues => {
  const read = readYaml<ValuesFile>(file, text, valuesSchema)
  if (!read.found) return { pack, given: {}, findings: read.findings }
  const findings: Finding[] = []
  const given: Record<string, Scalar | readonly Scalar[]> = {}
  const parameters = { ...pack.parameters }
  for (const [name, value] of Object.entries(read.found.data)) {
    const entry = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (!entry) {
      findings.push(found('unknown-name', read.found, [name], { name: `parameters.${name}` }))
      continue
    }
    const isPlain = typeof value !== 'object' || Array.isArray(value)
    const values = isPlain ? [{ value, from: '0001-01-01' }] : value.values
    for (const one of values)
      if (!fitsParameter(entry, one.value))
        findings.push(found('value-out-of-range', read.found, [name], { name, value: String(one.value) }))
    if (isPlain) given[name] = value
    else
      parameters[name] = {
        ...entry,
        values: [...entry.values, ...value.values.map((one) => ({ ...one, layer: pack.layers.length }))],
      }
  }
  return { pack: { ...pack, parameters, layers: [...pack.layers, file] }, given, findings }
}
