import { type BusinessDate, Refusal, regionCodeOfShort } from '#base'
import { answerSimulation, usualAssumptions } from '#insight/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import type { Command } from '../context.server.ts'
import { withInstallation } from '../session.server.ts'

/** `NAME=VALUE` or `NAME=VALUE@region`; a whole number, true, false, or a word. */
const changeFrom = (text: string) => {
  const [, parameter, written, place] = /^([a-z][A-Za-z0-9]*)=([^@]+)(?:@(\d{6,12}))?$/u.exec(text) ?? []
  const region = place === undefined ? null : (regionCodeOfShort(place) ?? undefined)
  if (parameter === undefined || written === undefined || region === undefined)
    throw new Refusal('insight.strange-change', { what: text })
  return { parameter, value: valueFrom(written), region }
}

const valueFrom = (text: string): string | number | boolean => {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d{1,15}$/u.test(text) ? Number(text) : text
}

// What is paid by the year or once is never said as money of a month.
const paid = {
  month: ['monthlyFen', 'policy.simulatedProgramme'],
  none: ['monthlyFen', 'policy.simulatedCategory'],
  year: ['yearlyFen', 'policy.simulatedYearly'],
  once: ['onceFen', 'policy.simulatedOnce'],
} as const

/** `doudi policy simulate`: what another value would do to the registered households, under the usual assumptions. */
export const simulateCommand: Command = (context, { options }) =>
  withInstallation(context, async ({ installation, services, regionCode }) => {
    const { out, words } = context
    const question = {
      on: (options.on as BusinessDate | undefined) ?? installation.clock.today(),
      region: (options.region as string | undefined) ?? regionCode,
      changes: ((options.set as readonly string[] | undefined) ?? []).map(changeFrom),
      rules: [],
      assumptions: [...usualAssumptions],
      months: 12,
    }
    const { result } = await inScope(installation.database, everywhere, (tx) =>
      answerSimulation(
        services.simulations,
        { tx, clock: installation.clock, language: words.language === 'en' ? 'en' : 'zh-CN' },
        question,
      ),
    )
    for (const { name, per = 'month', before, after, unknown } of result.programmes) {
      const [fen, text] = paid[per]
      out.line(
        words.say(text, {
          name: words.pick(name),
          before: before.households,
          after: after.households,
          beforeFen: before[fen] ?? 0,
          afterFen: after[fen] ?? 0,
          unknown,
        }),
      )
    }
    const { gains, loses, unknown } = result.effects
    const { households } = result.snapshot
    out.line(words.say('policy.simulated', { households, gains, loses, unknown }))
    out.result({ ok: true, result })
    return undefined
  })
