import { addDays } from '#base'
import { getFeed, takeBack } from '#exchange/server'
import { type ScanFigures as Figures, withdrawRestingOn } from '#monitoring/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { scanNow } from '../../src/app/run/scan-now.server.ts'
import { silent } from '../../src/app/tell.ts'
import { type Taken, timed, watchMemory } from '../pass/measure.ts'
import type { Scan } from '../province/raw-scan.server.ts'
import { scanKinds } from './kinds.ts'
import type { Profile } from './profile.ts'
import { firstDay, type ScanWorld } from './world.server.ts'
import { scanFeeds } from './yardstick.ts'

/** One scan of the product. */
export interface ScanRun extends Taken {
  readonly seconds: Readonly<Record<string, number>>
  readonly peakMiB: number
  readonly raised: number
  readonly merged: number
  readonly unchanged: number
  readonly matched: number
  readonly leads: number
  readonly compared: Figures['compared']
  readonly checksum: string
  /** Wall and processor time in scans of the files. */
  readonly toScan: number
  readonly toScanCpu: number
}

export interface ScanBench {
  readonly registered: number
  readonly households: number
  readonly feedRows: number
  readonly identities: number
  readonly scan: readonly Scan[]
  readonly runs: Readonly<Record<string, ScanRun>>
  readonly gradesOfFirst: Figures['alerts']
}

interface Step {
  readonly name: string
  readonly before?: () => Promise<void>
}

/** The kind of file that is taken back, of the delivery that came first. */
const takenBackKind = 'hospital-bills'

const stepsOf = ({ installation, arrive, files, services }: ScanWorld): readonly Step[] => [
  { name: 'first' },
  { name: 'sameNight' },
  {
    name: 'nextDay',
    before: async () => installation.clock.moveTo(addDays(firstDay, 1)),
  },
  { name: 'delta1', before: () => arrive('delta1') },
  { name: 'delta12', before: () => arrive('delta12') },
  {
    name: 'takenBack',
    before: () =>
      inScope(services.database, everywhere, async (tx) => {
        const file = files.find(({ series, kind }) => series === 'delta1' && kind === takenBackKind)
        const feed = await getFeed(tx, file?.id ?? '')
        await takeBack(
          { onTakenBack: (of, feedId, actorId) => withdrawRestingOn(of, services.clock, feedId, actorId) },
          tx,
          services.clock,
          feed,
          { actorId: null, reason: 'bench' },
        )
      }),
  },
]

const round = (value: number): number => Math.round(value * 100) / 100

const withProfile = (services: ScanWorld['services'], profile: Profile | undefined) => {
  if (!profile) return services
  const { scan } = services
  return {
    ...services,
    scan: {
      ...scan,
      pack: scan.pack,
      // The engine that the scan opened is timed from here on, whoever asks it.
      match: (engine, ...rest) => scan.match(Object.assign(engine, profile.watch({ ...engine })), ...rest),
    } satisfies typeof scan,
  }
}

/** Runs the steps of an installation's life, a scan after each. */
export const runScans = async (
  world: ScanWorld,
  print: (line: string) => void,
  profile?: Profile,
): Promise<ScanBench> => {
  const scans = await scanFeeds(
    world.lakeDir,
    scanKinds.map(({ kind }) => kind),
  )
  const best = scans.reduce((a, b) => (a.wallMs <= b.wallMs ? a : b))
  print(`scan of the files: ${best.wallMs} ms, processor ${best.cpuMs} ms`)
  profile?.watchRecord()
  await world.services.rulebook.refresh(world.services.database, world.services.clock)
  const runs: Record<string, ScanRun> = {}
  let first: Figures | undefined
  for (const { name, before } of stepsOf(world)) {
    const arriving = performance.now()
    await before?.()
    const arrived = (performance.now() - arriving) / 1000
    profile?.take(0)
    const stopMemory = watchMemory(world.postmaster)
    const { result, taken } = await timed(world.postmaster, () =>
      scanNow(withProfile(world.services, profile), null, silent),
    )
    const peakMiB = stopMemory()
    first ??= result
    const { seconds, raised, merged, unchanged, matched, leads, compared, checksum } = result
    runs[name] = {
      ...taken,
      ...{ seconds, peakMiB, raised, merged, unchanged, matched, leads, compared, checksum },
      toScan: round(taken.wallMs / best.wallMs),
      toScanCpu: round(taken.cpuMs / best.cpuMs),
    }
    const stages = Object.entries(seconds).map(([stage, value]) => `${stage} ${value.toFixed(2)}`)
    print(
      `${name}: ${(taken.wallMs / 1000).toFixed(2)} s, processor ${(taken.cpuMs / 1000).toFixed(2)} s (${stages.join(', ')}), ${peakMiB} MiB, ${runs[name].toScan} scans; raised ${raised}, merged ${merged}, unchanged ${unchanged}, compared +${compared.added} -${compared.ended}, ${leads} leads, checksum ${checksum}${before ? `; before it ${arrived.toFixed(1)} s` : ''}`,
    )
    for (const line of profile?.take(25) ?? []) print(line)
  }
  const base = world.files.filter(({ series }) => series === 'feeds')
  return {
    registered: first?.persons ?? 0,
    households: first?.households ?? 0,
    feedRows: base.reduce((sum, { rows }) => sum + rows, 0),
    identities: base.reduce((sum, { identities }) => sum + identities, 0),
    scan: scans,
    runs,
    gradesOfFirst: first?.alerts ?? { red: 0, orange: 0, yellow: 0 },
  }
}
