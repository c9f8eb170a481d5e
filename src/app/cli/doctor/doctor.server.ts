import { Refusal } from '#base'
import { findRunning } from '../../lock.server.ts'
import type { Command, Context } from '../context.server.ts'
import { exitCodes } from '../exit-codes.ts'
import { asRefusal, refusalTexts } from '../failures.server.ts'
import { hasRecord, withRecord } from '../session.server.ts'
import { type Finding, good, open } from './finding.ts'
import { lookAtChromium, lookAtFolder, lookAtNode, lookAtSecrets } from './machine.server.ts'
import { lookAtRecord } from './record.server.ts'

/** A finding in words. */
interface Told {
  readonly id: string
  readonly state: Finding['state']
  readonly text: string
  readonly todo: string | null
}

const lookAtRunning = (dataDir: string): Finding => {
  const running = findRunning(dataDir)
  if (!running) return open('running', 'doctor.running.none')
  const { pid, control } = running
  if (!control) return open('running', 'doctor.running.busy', undefined, { pid })
  return good('running', 'doctor.running', { pid, address: `http://${control.host}:${control.port}` })
}

const tell = ({ words }: Context, { id, state, text, todo, values }: Finding): Told => ({
  id,
  state,
  text: words.say(text, values),
  todo: todo && state !== 'good' ? words.say(todo, values) : null,
})

const lookInside = async (context: Context): Promise<Told[]> => {
  const { settings, words } = context
  const running = findRunning(settings.dataDir)
  if (running && !running.control) return []
  if (!hasRecord(settings)) return [tell(context, open('record', 'doctor.unmade', 'doctor.unmade.todo'))]
  try {
    const findings = await withRecord(context, ({ record }) => lookAtRecord(settings, record.ownerUrl))
    return findings.map((finding) => tell(context, finding))
  } catch (error) {
    if (context.signal.aborted) throw error
    const text = words.pick(refusalTexts(asRefusal(error)))
    const isOurs = error instanceof Refusal
    return [{ id: 'database', state: 'bad', text, todo: isOurs ? null : words.say('doctor.database.todo') }]
  }
}

const marks = { good: ['green', '✓'], bad: ['red', '✗'], open: ['dim', '–'] } as const

/** `doudi doctor`: one line for each thing that must be well, with what to do where it is not; code 1 if any is not. */
export const doctorCommand: Command = async (context) => {
  const { settings, out, words } = context
  const findings = [
    lookAtNode(),
    lookAtFolder(settings.dataDir),
    lookAtSecrets(settings.dataDir),
    lookAtRunning(settings.dataDir),
  ].map((finding) => tell(context, finding))
  const told = [...findings, ...(await lookInside(context)), tell(context, lookAtChromium())]
  for (const { state, text, todo } of told) {
    const [colour, mark] = marks[state]
    out.line(`${out.paint(colour, mark)} ${text}`)
    if (todo) out.line(`    → ${todo}`)
  }
  const count = told.filter(({ state }) => state === 'bad').length
  out.line(count ? words.say('doctor.bad', { count }) : words.say('doctor.good'))
  out.result({ ok: count === 0, checks: told })
  return count ? exitCodes.failed : exitCodes.ok
}
