import type { ScanFigures } from '#monitoring/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { scanNow } from '../../run/scan-now.server.ts'
import type { Command, Context } from '../context.server.ts'
import { auditCommand } from '../operator.server.ts'
import { type Session, withInstallation } from '../session.server.ts'
import type { WordKey } from '../words.ts'
import { findLastSeconds } from './scan.queries.server.ts'

const counted = [
  'persons',
  'households',
  'leads',
  'feedRows',
  'matched',
  'scored',
  'rejected',
  'adjudicated',
  'outcomes',
  'unknown',
  'checked',
] as const

const print = ({ out, words }: Context, figures: ScanFigures): void => {
  const label = (name: string) => words.say(`scan.${name}` as WordKey)
  const { red, orange, yellow } = figures.alerts
  for (const name of counted) out.line(`${label(name)}  ${figures[name].toLocaleString('en')}`)
  const grades = [
    out.paint('red', `${red}`),
    out.paint('orange', `${orange}`),
    out.paint('yellow', `${yellow}`),
  ]
  out.line(`${label('alerts')}  ${grades.join(' / ')}`)
  for (const name of ['raised', 'merged', 'unchanged'] as const) out.line(`${label(name)}  ${figures[name]}`)
  const seconds = Object.entries(figures.seconds).map(
    ([stage, spent]) => `${words.say(`stage.${stage}` as WordKey)} ${spent}`,
  )
  out.line(`${label('seconds')}  ${seconds.join(', ')}`)
  out.line(`${label('checksum')}  ${figures.checksum}`)
}

const run = async (context: Context, session: Session, all: boolean): Promise<undefined> => {
  const { services, installation } = session
  const { progress, signal, out } = context
  const last = await inScope(installation.database, everywhere, findLastSeconds)
  if (last) progress.expect(last)
  const figures = await scanNow(services, null, progress, { signal, all })
  await inScope(installation.database, everywhere, (tx) => auditCommand(tx, session, 'scan'))
  progress.done()
  print(context, figures)
  out.result(figures)
}

/** `doudi scan`: the main job, now and here; with `--all` everybody is judged by both engines. */
export const scanCommand: Command = (context, { options }) =>
  withInstallation(context, (session) => run(context, session, options.all === true))
