import { expect, test } from 'vitest'
import { nationalTrial } from '../testing/national.server.ts'
import { compilerFor, instanceOf } from './compile.ts'
import { settingOf } from './evaluate.ts'
import { locatedIn } from './places.ts'
import { ruleTracer, type TraceStep } from './trace.ts'

const { pack, forces, wideForce, households } = nationalTrial()
const trees = (force: typeof wideForce) =>
  [...pack.definitions.values()].map((rule) => ({ ...rule, tree: force.treeOf(rule.entity, rule.id) }))

test('what a traced rule keeps is what it says without a trace, also where facts are missing', () => {
  for (const force of [...forces, wideForce]) {
    const [traced, plain] = [compilerFor(settingOf(force)), compilerFor(settingOf(force))]
    const tracers = trees(force).map((rule) => ({ rule, trace: ruleTracer(rule, traced) }))
    for (const subject of households(40, 3)) {
      const [mine, other] = [instanceOf(subject), instanceOf(subject)].map((instance) =>
        locatedIn(pack, 'household', instance),
      )
      for (const [index, { entity, instance }] of (mine ?? []).entries()) {
        const same = other?.[index]?.instance
        for (const { rule, trace } of tracers) {
          if (rule.entity !== entity || !same) continue
          trace(instance)
          expect(traced.rule(entity, rule.id)(instance)).toEqual(plain.rule(entity, rule.id)(same))
        }
      }
    }
  }
})

const stepsOf = (step: TraceStep): readonly TraceStep[] => [step, ...step.steps.flatMap(stepsOf)]

test('a tracer made once tells each subject its own facts', () => {
  const compiler = compilerFor(settingOf(wideForce))
  const rule = trees(wideForce).find(({ id }) => id === 'incomeYearFen')
  if (!rule) throw new Error('the rule of the test is gone')
  const trace = ruleTracer(rule, compiler)
  for (const subject of households(30, 4)) {
    for (const { entity, instance } of locatedIn(pack, 'household', instanceOf(subject))) {
      if (entity !== rule.entity) continue
      for (const { facts } of stepsOf(trace(instance)))
        for (const { name, entity: of, value } of facts)
          if (of === entity) expect([name, value]).toEqual([name, instance.facts[name]])
    }
  }
})
