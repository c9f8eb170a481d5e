import { Refusal } from '#base'
import {
  type CaseResult,
  findingText,
  type ProgrammeCaseResult,
  readyProgrammeCases,
  runCases,
  runProgrammeCases,
} from '#policy'
import { loadPack } from '#policy/server'
import type { Command } from '../context.server.ts'
import { exitCodes } from '../exit-codes.ts'
import { folderOf, packIds, withTrialValues } from './packs.server.ts'

const ofIndicator = ({ case: it, outcome, passed }: CaseResult) => ({
  id: `${it.rule}: ${it.name}`,
  name: it.name,
  passed,
  answers: [
    {
      path: it.rule,
      expected:
        typeof it.expect === 'boolean' ? String(it.expect) : `unknown (${it.expect.unknown.join(', ')})`,
      actual: outcome.outcome === 'known' ? String(outcome.value) : `unknown (${outcome.missing.join(', ')})`,
      passed,
    },
  ],
})

const ofProgramme = ({ case: it, answers, passed }: ProgrammeCaseResult) => ({
  id: it.id,
  name: it.name,
  passed,
  answers,
  ...(it.disputed ? { disputed: it.disputed } : {}),
})

/** `doudi policy cases`: runs the written cases of packs, with other values where a file of them is named, and tells each result. */
export const casesCommand: Command = async ({ out, words }, { options }) => {
  const cases = packIds(options.pack).flatMap((id) => {
    const { pack, findings } = loadPack(folderOf(id))
    const [finding] = findings
    // What cannot be read has no cases to fail, and is a failure all the same.
    if (!pack || finding) {
      const text = finding ? findingText(finding, words.language) : ''
      throw new Refusal('app.pack-broken', { pack: id, finding: text })
    }
    const { pack: tried, given } = withTrialValues(pack, options.parameters, words.language)
    const ready = readyProgrammeCases(tried, given)
    const results = [
      ...runCases(tried, given).map(ofIndicator),
      ...runProgrammeCases(tried, ready).map(ofProgramme),
    ]
    return results.map((result) => ({ pack: id, ...result }))
  })
  const failed = cases.filter(({ passed }) => !passed)
  for (const { pack, id, answers } of failed)
    for (const { path, expected, actual, passed } of answers)
      if (!passed) out.line(words.say('policy.caseFailed', { pack, id, path, expected, actual }))
  out.line(words.say('policy.casesRun', { cases: cases.length, failed: failed.length }))
  const passed = cases.length - failed.length
  out.result({ passed, failed: failed.length, results: cases })
  return failed.length > 0 ? exitCodes.failed : undefined
}
