import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { loadDivisions } from '../files/divisions.server.ts'
import { makeWorldFrom } from '../world/make-world.ts'
import { makeUploadSample } from './make-upload-sample.server.ts'

const input = { region: '5329', persons: 6000, seed: 7, businessDate: '2026-06-15' }

test('the sample for an upload makes its folder, and is the same file each time', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'doudi-sandbox-'))
  onTestFinished(() => rm(parent, { recursive: true }))
  const make = (name: string) => {
    const folder = join(parent, name, 'upload')
    return makeUploadSample(makeWorldFrom(input, loadDivisions('5329')), { rows: 60, bad: 5 }, folder)
  }
  const [first, second] = [await make('one'), await make('two')]
  expect(first.file.path.startsWith(join(parent, 'one', 'upload'))).toBe(true)
  expect(await readFile(second.file.path)).toEqual(await readFile(first.file.path))
  expect(first).toMatchObject({ bad: 5, file: { kind: 'deaths', lines: { length: 60 } } })
})
