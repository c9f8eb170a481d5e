import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { coveredPlace, getFeed, parseFile, takeBack } from '#exchange/server'
import type { Engine } from '#lake/server'
import { withdrawRestingOn } from '#monitoring/server'
import { missingOfBits } from '#policy'
import { packOn } from '#rulebook/server'
import type { World } from '#sandbox'
import { makeWorld } from '#sandbox/server'
import { everywhere } from '#store'
import { inScope, type Tx } from '#store/server'
import { demoDate, type SeedFiles, usualDemo, writeChanges } from '../src/app/demo/make-demo.server.ts'
import { type ImportedFile, importFile } from '../src/app/run/import-file.server.ts'
import { scanNow } from '../src/app/run/scan-now.server.ts'
import type { Services } from '../src/app/services.server.ts'
import { silent } from '../src/app/tell.ts'
import { alertsInRecord, alertsInTruth, type DemoWorld, makeDemoWorld, readTruth } from './demo-world.ts'

/**
 * Proves a demo of so many people: every file is read as its truth says, the scan equals the truth list, fifty planted
 * changes raise exactly fifty alerts, the same files raise none, and taking them back restores the checksums.
 * Called once by a test file; the tests build on one another.
 */
export const proveDemo = (persons: number, patience: number): void => {
  let world: DemoWorld
  let services: Services
  let changes: SeedFiles
  let folder = ''

  beforeAll(async () => {
    world = await makeDemoWorld(persons)
    services = world.services
    folder = mkdtempSync(join(tmpdir(), 'doudi-changes-'))
    const made: World = makeWorld({ ...usualDemo, persons, businessDate: demoDate })
    changes = await writeChanges(made, 50, folder)
  }, patience)
  afterAll(async () => {
    await world.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const look = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    inScope(world.installation.database, everywhere, work)
  const figuresOfFirstScan = () =>
    look(async (tx) => {
      const row = await tx
        .selectFrom('scans')
        .select('figures')
        .orderBy('id')
        .limit(1)
        .executeTakeFirstOrThrow()
      return row.figures as { checksum: string; raised: number; seconds: Record<string, number> }
    })
  /** Every alert with the version of its row and its status. */
  const versions = async (): Promise<Map<string, string>> => {
    const rows = await look((tx) => tx.selectFrom('alerts').select(['id', 'version', 'status']).execute())
    return new Map(rows.map(({ id, version, status }) => [id, `${version} ${status}`]))
  }
  /** Imports files as the command line does, but read in this process. */
  const importAll = async (files: SeedFiles['files']): Promise<ImportedFile[]> => {
    const here = { ...services, intake: { ...services.intake, parse: parseFile } } as Services
    const imported: ImportedFile[] = []
    for (const file of files) imported.push(await importFile(here, { ...file, regionCode: file.covers }))
    return imported
  }

  test('every department file is read, with as many rows accepted and rejected as its truth says', async () => {
    const feeds = await look((tx) => tx.selectFrom('feeds').selectAll().execute())
    expect(feeds.map(({ kind, status }) => `${kind} ${status}`).sort()).toEqual(
      world.truth.files.map(({ kind }) => `${kind} accepted`).sort(),
    )
  })

  test('the scan of the demo world equals its truth list: nothing missing, nothing extra', async () => {
    const found = await alertsInRecord(world)
    const expected = alertsInTruth(world.truth)
    expect(expected.length).toBeGreaterThan(100)
    expect({
      missing: expected.filter((it) => !found.includes(it)),
      extra: found.filter((it) => !expected.includes(it)),
    }).toEqual({ missing: [], extra: [] })
    const { raised, seconds } = await figuresOfFirstScan()
    expect(raised).toBe(expected.length)
    expect(Object.keys(seconds).toSorted()).toEqual(['evaluate', 'facts', 'match', 'raise'])
  })

  let feedIds: string[] = []

  test(
    'fifty planted changes raise exactly their fifty alerts and touch no other',
    async () => {
      const before = await versions()
      // Who imports them without a word about the place gets the place that the sender covers.
      const whole = `${usualDemo.region}00000000`
      for (const { fileName, covers } of changes.files)
        expect(await look((tx) => coveredPlace(tx, whole, fileName))).toBe(covers)
      const imported = await importAll(changes.files)
      expect(imported.map(({ known, status }) => ({ known, status }))).toEqual(
        changes.files.map(() => ({ known: false, status: 'accepted' })),
      )
      feedIds = imported.map(({ feedId }) => feedId)
      const figures = await scanNow(services, null, silent)
      expect(figures).toMatchObject({ raised: 50, merged: 0 })
      expect(await alertsInRecord(world)).toEqual(alertsInTruth(readTruth(changes.folder)))
      const after = await versions()
      for (const [id, version] of before) expect(after.get(id)).toBe(version)
    },
    patience,
  )

  /** Runs a scan and reads from its engine what SQL says is unknown, and why. */
  const unknownsOfScan = async () => {
    const kept: Engine[] = []
    const match: Services['scan']['match'] = async (engine, clock, parameters) => {
      const result = await services.scan.match(engine, clock, parameters)
      const { close } = engine
      kept.push({ ...engine, close })
      return Object.assign(result, Object.assign(engine, { close: () => undefined }) && {})
    }
    const figures = await scanNow({ ...services, scan: { ...services.scan, match } }, null, silent)
    const [engine] = kept
    const rows = await engine?.rows<{ rule: string; subject_id: string; u: bigint }>(
      'select rule, subject_id, u from outcome_household where u <> 0',
      [],
      { exact: true },
    )
    engine?.close()
    return { figures, rows: rows ?? [] }
  }

  test(
    'the same files again are known and raise nothing; what cannot be said is what the truth says cannot be',
    async () => {
      const before = await versions()
      const again = await importAll(changes.files)
      expect(again.map(({ known, feedId }) => ({ known, feedId }))).toEqual(
        feedIds.map((feedId) => ({ known: true, feedId })),
      )
      const { figures, rows } = await unknownsOfScan()
      expect(figures).toMatchObject({ raised: 0, merged: 0 })
      expect(await versions()).toEqual(before)

      const { missingNames } = packOn(services.pack, demoDate, `${usualDemo.region}00000000`)
      const households = await look((tx) => tx.selectFrom('households').select(['id', 'number']).execute())
      const numberOf = new Map(households.map(({ id, number }) => [id as string, number]))
      const found = rows.map(
        ({ rule, subject_id, u }) =>
          `${numberOf.get(subject_id)} ${rule} ${missingOfBits(u, missingNames).toSorted()}`,
      )
      const expected = world.truth.outcomes.unknown.map(
        ({ household, indicator, missing }) => `${household} ${indicator} ${missing.toSorted()}`,
      )
      expect(expected.length).toBeGreaterThan(100)
      expect(found.toSorted()).toEqual(expected.toSorted())
      expect(figures.unknown).toBe(expected.length)
    },
    patience,
  )

  test(
    'taking the files back withdraws what nobody acted on and marks the rest; a scan restores the households',
    async () => {
      const [acted] = await look((tx) =>
        tx
          .selectFrom('alerts')
          .selectAll()
          .where((eb) => eb(eb.val(feedIds[0] ?? ''), '=', eb.fn.any('feed_ids')))
          .limit(1)
          .execute(),
      )
      await look((tx) =>
        tx
          .insertInto('evidence_files')
          .values({
            id: crypto.randomUUID(),
            alert_id: acted?.id ?? '',
            region_code: acted?.region_code ?? '',
            file_name: '核实.pdf',
            media_type: 'application/pdf',
            size_bytes: 1,
            sha256: '',
            content_cipher: Buffer.alloc(1),
            added_by: crypto.randomUUID(),
            added_at: services.clock.now(),
          })
          .execute(),
      )
      let [withdrawn, marked] = [0, 0]
      for (const feedId of feedIds) {
        const effects = await look(async (tx) =>
          takeBack(
            { onTakenBack: (inner, id, actor) => withdrawRestingOn(inner, services.clock, id, actor) },
            tx,
            services.clock,
            await getFeed(tx, feedId),
            { actorId: null, reason: '数据有误' },
          ),
        )
        withdrawn += effects.withdrawn
        marked += effects.marked
      }
      expect({ withdrawn, marked }).toEqual({ withdrawn: 49, marked: 1 })

      const before = await versions()
      const figures = await scanNow(services, null, silent)
      expect(figures).toMatchObject({
        raised: 0,
        merged: 0,
        checksum: (await figuresOfFirstScan()).checksum,
      })
      expect(await versions()).toEqual(before)
      const left = await alertsInRecord(world)
      expect(left.filter((it) => !alertsInTruth(world.truth).includes(it))).toHaveLength(1)
    },
    patience,
  )
}
