import { type BusinessDate, parseDate, Refusal, type RegionCode } from '#base'
import {
  findingText,
  fitsParameter,
  type Pack,
  type PackInForce,
  packInForce,
  readTrialValues,
} from '#policy'
import { misfitSaid } from '../parameters/check.ts'
import type { TriedValues } from './tried-values.ts'

interface Asked {
  readonly on: string
  readonly region: string
  readonly values: TriedValues
  readonly language: 'zh-CN' | 'en'
}

/**
 * The pack on a day in a region with values to try over its own. Refuses with `rulebook.strange-value` what it does not know
 * or what does not fit; the details name the parameter, or `file` where the file is wrong.
 */
export const triedPack = (pack: Pack, { on, region, values, language }: Asked): PackInForce => {
  const { set, file } = values
  const trial = file ? readTrialValues(pack, file.name, file.text) : { pack, given: {}, findings: [] }
  const [finding] = trial.findings
  if (finding)
    throw new Refusal('rulebook.strange-value', { what: findingText(finding, language), file: finding.file })
  for (const [name, value] of Object.entries(set)) {
    const entry = Object.hasOwn(pack.parameters, name) ? pack.parameters[name] : undefined
    if (entry && fitsParameter(entry, value) && areDays(entry.type, value)) continue
    const said = misfitSaid(pack, name, value)
    const what = said[language === 'en' ? 'en' : 'zh']
    throw new Refusal('rulebook.strange-value', { what, parameter: name })
  }
  const given = { ...trial.given, ...set }
  return packInForce(trial.pack, { on: on as BusinessDate, region: region as RegionCode, given })
}

const areDays = (type: string, value: TriedValues['set'][string]): boolean =>
  type !== 'date' || [value].flat().every((one) => parseDate(String(one)) !== undefined)
