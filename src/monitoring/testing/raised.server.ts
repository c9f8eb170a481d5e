import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { businessDate, canonicalJson, fixedClock, newId } from '#base'
import { type Engine, openEngine } from '#lake/server'
import { readyCases } from '#policy'
import { type CheckedPack, packOn } from '#rulebook/server'
import { everywhere } from '#store'
import { type Database, inScopeCopying, type Tx } from '#store/server'
import { evaluate, type Firing } from '../scan/evaluate.server.ts'
import { beginFindings, type FindingRule } from '../scan/findings/draft.queries.server.ts'
import { readingOf } from '../scan/findings/reading.ts'
import { fingerprintOf } from '../scan/fingerprint.ts'
import { type Frozen, frozenHashOf, hashOf, labelsFor, saidOf } from '../scan/kept.server.ts'
import { type RaiseFigures, raiseFindings } from '../scan/raise.server.ts'
import { fillCases } from './case-tables.server.ts'
import { addFinding, addRule } from './findings.queries.server.ts'

const on = businessDate('2026-06-15')
const wholeRegion = '532900000000'
const village = '532901101001'

const idAt = (at: number): string => `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`

/** Members have identities too, in the order in which they are written. */
const memberOf = (household: string, member: string): string =>
  household.replace('-8000-', `-8${member.padStart(3, '0')}-`)

const withEngine = async <T>(work: (engine: Engine) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-raised-'))
  const engine = await openEngine({ tempDir: folder, memoryMiB: 256, threads: 1 })
  try {
    return await work(engine)
  } finally {
    engine.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the indicators of a pack, as they hold in a region, find among the subjects of their own cases; each has an identity of its own. */
export const findInCases = (pack: CheckedPack, region = wholeRegion): Promise<readonly Firing[]> =>
  withEngine(async (engine) => {
    const cases = readyCases(pack.pack).filter((one) => one.case.today === on)
    await fillCases(engine, pack.pack, cases, (_, at) => idAt(at), memberOf)
    return (await evaluate(engine, packOn(pack, on, region))).firings
  })

const picked = (facts: Readonly<Record<string, unknown>> | undefined, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, facts?.[name] ?? null]))

/** A finding as it would be drafted, from what the interpreter said. */
const rowOf = ({ force, rule, ruleNo }: FindingRule, firing: Firing, at: number) => {
  const { explanation, frozen, subjectKind, subjectId } = firing
  const { said } = readingOf(force, rule)
  const [first = frozen.members?.[0]?.id] = explanation.members
  const decides = frozen.members?.find(({ id }) => id === first)
  const words = {
    facts: picked(frozen.facts, said.own),
    members: picked(decides?.facts, said.ofMembers),
    named: picked(explanation.named, [...said.named.keys()]),
  }
  return [
    ...[
      at,
      ruleNo,
      subjectKind,
      subjectId,
      village,
      hashOf(fingerprintOf(explanation)),
      canonicalJson(frozen.facts),
    ],
    frozen.members ? canonicalJson(frozen.members) : null,
    JSON.stringify(explanation.members),
    canonicalJson(words),
  ]
}

/** Puts findings into an engine as the interpreter explains them; gives their indicators. */
export const fillFindings = async (
  engine: Engine,
  pack: CheckedPack,
  firings: readonly Firing[],
): Promise<readonly FindingRule[]> => {
  await beginFindings(engine)
  const rules: FindingRule[] = []
  for (const [at, firing] of firings.entries()) {
    const { region } = firing.frozen
    let one = rules.find(({ rule, force }) => rule.key === firing.rule.key && force.region === region)
    if (!one) {
      const force = packOn(pack, on, region)
      one = { ruleNo: rules.length + 1, force, rule: firing.rule }
      rules.push(one)
      const { id, key, grade, route, period } = firing.rule
      const speaksOf = on.slice(0, period === 'month' ? 7 : 4)
      await addRule(engine, [one.ruleNo, region, id, key, grade, route, speaksOf])
    }
    await addFinding(engine, rowOf(one, firing, at))
  }
  for (const kind of new Set(firings.flatMap(({ rule }) => rule.feeds)))
    await engine.run(
      `create table if not exists "matched_${kind.replaceAll('-', '_')}" (household_id uuid, lead_id uuid, person_id uuid,
         feed_id varchar, feed_order integer, row_no integer)`,
    )
  return rules
}

/** Raises what was found as a scan does. */
export const raiseFound = (
  database: Database,
  pack: CheckedPack,
  firings: readonly Firing[],
): Promise<RaiseFigures> =>
  withEngine(async (engine) => {
    const rules = await fillFindings(engine, pack, firings)
    const days = () => ({ red: 5, orange: 10, yellow: 15 })
    return inScopeCopying(database, everywhere, (tx, client) =>
      raiseFindings(tx, client, fixedClock(on), {
        ...{ scanId: newId(), pack, engine, narrow: async () => undefined, rules, titles: new Map(), days },
      }),
    )
  })

/** Gives the alerts of these firings the whole reasoning, as earlier programs kept it when they raised an alert. */
export const explainAsBefore = async (
  tx: Tx,
  pack: CheckedPack,
  firings: readonly Firing[],
): Promise<void> => {
  for (const { rule, explanation, frozen, subjectId } of firings) {
    const labels = labelsFor(explanation.members, (language) => () => (language === 'en' ? 'head' : '户主'))
    const said = saidOf(pack, rule, explanation, labels)
    const all: Frozen = { ...frozen, labels }
    const kept = { ...said, frozen: all, frozenHash: frozenHashOf(said, all), evidence: [] }
    await tx
      .updateTable('alerts')
      .set({ explanation: JSON.stringify(kept), summary: said.sentences.zh })
      .where((eb) => eb.or([eb('household_id', '=', subjectId), eb('lead_id', '=', subjectId)]))
      .where('indicator', '=', rule.id)
      .execute()
  }
}
