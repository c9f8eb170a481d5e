import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { emptyDatabase } from '#testing/postgres.ts'
import { runDoudi } from '../testing/child.server.ts'

vi.setConfig({ testTimeout: 60_000 })

const home = mkdtempSync(join(tmpdir(), 'doudi-dmn-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const file = (name: string, text: string): string => {
  const path = join(home, name)
  writeFileSync(path, text)
  return path
}

const run = (...args: readonly string[]) => runDoudi(args, { dataDir: join(home, 'no-installation') })

const model = (body: string): string =>
  `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:m" name="M">
<inputData id="i" name="net income"><variable name="net income" typeRef="number"/></inputData>
${body}
</definitions>`

const decision = (name: string, text: string, requirement = '<requiredInput href="#i"/>'): string =>
  `<decision id="${name}" name="${name}"><variable name="${name}"/><informationRequirement>${requirement}</informationRequirement><literalExpression><text>${text}</text></literalExpression></decision>`

const sound = file('sound.dmn', model(decision('gap', '1000.5 - net income')))

test('each line of a file gets one line of answer, in order, without an installation', async () => {
  const lines = Array.from({ length: 2500 }, (_, id) => JSON.stringify({ id, inputs: { 'net income': id } }))
  const input = file('many.ndjson', `${lines.join('\n')}\n\n`)
  const { code, out, err } = await run('policy', 'dmn', 'run', sound, '--input', input)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const answers = out.trimEnd().split('\n')
  expect(answers).toHaveLength(2500)
  expect(answers[0]).toBe('{"id":0,"results":{"gap":1000.5}}')
  expect(answers[2499]).toBe('{"id":2499,"results":{"gap":-1498.5}}')
})

test('duckdb answers as the interpreter does, and says where it cannot', async () => {
  const path = file(
    'both.dmn',
    model(decision('gap', '1000.5 - net income') + decision('part', '1 / net income')),
  )
  const lines = Array.from({ length: 1100 }, (_, id) =>
    JSON.stringify({ id, inputs: { 'net income': id / 4 } }),
  )
  const input = file('both.ndjson', `${lines.join('\n')}\nno line\n`)
  const answers = async (engine: string): Promise<readonly unknown[]> => {
    const { code, out } = await run('policy', 'dmn', 'run', path, '--input', input, '--engine', engine)
    expect(code).toBe(1)
    const all = out.trimEnd().split('\n')
    return all.map((line) => JSON.parse(line) as unknown)
  }
  const [first, second] = [await answers('interpreter'), await answers('duckdb')]
  expect(second).toHaveLength(1101)
  const gaps = (all: readonly unknown[]) =>
    (all as readonly { readonly id: number; readonly results?: { readonly gap: number } }[]).map(
      ({ id, results }) => [id, results?.gap],
    )
  expect(gaps(second)).toEqual(gaps(first))
  expect(second[0]).toMatchObject({
    results: {
      part: { error: { code: 'feel.not-in-sql-profile', en: expect.stringMatching(/both\.dmn, line \d/) } },
    },
  })
  expect(second[1100]).toMatchObject({ error: { code: 'dmn.bad-line' } })
})

test('postgres answers too: in the database that DATABASE_URL names, and not without one', async () => {
  const { ownerUrl } = await emptyDatabase()
  const input = file('two.ndjson', '{"id":1,"inputs":{"net income":0.5}}\n{"id":2,"inputs":{}}\n')
  const args = ['policy', 'dmn', 'run', sound, '--input', input, '--engine', 'postgres']
  const surroundings = { dataDir: join(home, 'no-installation'), env: { DATABASE_URL: ownerUrl } }
  expect(await runDoudi(args, surroundings)).toMatchObject({
    code: 0,
    out: '{"id":1,"results":{"gap":1000}}\n{"id":2,"results":{"gap":null}}\n',
  })
  expect(await run(...args)).toMatchObject({ code: 1, out: '' })
})

test('digits that a double would lose are kept', async () => {
  const input = file('digits.ndjson', '{"id":"a","inputs":{"net income":0.00000000000000000000000000001}}')
  const { out } = await run('policy', 'dmn', 'run', sound, '--input', input)
  expect(JSON.parse(out)).toEqual({ id: 'a', results: { gap: '1000.49999999999999999999999999999' } })
})

test('a line that is none, a decision that is none and a circle are told in their place', async () => {
  const circle = file(
    'circle.dmn',
    model(
      decision('a', 'b', '<requiredDecision href="#b"/>') +
        decision('b', 'a', '<requiredDecision href="#a"/>'),
    ),
  )
  const input = file(
    'odd.ndjson',
    '{"id":1,"invoke":"nothing"}\nno json\n{"id":3,"invoke":"a","inputs":{}}\n{"id":"four","inputs":[1]}\n[]\n',
  )
  const { code, out } = await run('policy', 'dmn', 'run', circle, '--input', input)
  const [unknown, bad, cycle, wrong, list] = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(code).toBe(1)
  expect(unknown).toMatchObject({ id: 1, results: { nothing: { error: { code: 'dmn.unknown-invocable' } } } })
  expect(bad).toMatchObject({
    id: null,
    error: { code: 'dmn.bad-line', en: expect.stringContaining('line 2') },
  })
  expect(cycle).toMatchObject({ id: 3, results: { a: { error: { code: 'dmn.cycle' } } } })
  expect([wrong, list]).toMatchObject([
    { id: 'four', error: { code: 'dmn.bad-line' } },
    { id: null, error: { code: 'dmn.bad-line' } },
  ])
})

test('a model that cannot be read ends with 2 and one sentence with file and line', async () => {
  const input = file('one.ndjson', '{"id":1}')
  const models: Readonly<Record<string, readonly [path: string, text: RegExp]>> = {
    broken: [file('broken.dmn', '<definitions>\n<a>'), /broken\.dmn, line 2, column/],
    foreign: [file('foreign.dmn', '\n<html/>'), /foreign\.dmn, line 2: the root element is html/],
    alone: [
      file(
        'alone.dmn',
        model(
          '<import name="lib" namespace="urn:lib" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>',
        ),
      ),
      /alone\.dmn, line 3: the imported model "lib" \(urn:lib\) is missing/,
    ],
    absent: [join(home, 'absent.dmn'), /ENOENT.*absent\.dmn/],
  }
  for (const [name, [path, text]] of Object.entries(models)) {
    const { code, out, err } = await run('policy', 'dmn', 'run', path, '--input', input)
    expect({ code, out, lines: err.trimEnd().split('\n').length }, name).toEqual({
      code: 2,
      out: '',
      lines: 1,
    })
    expect(err, name).toMatch(text)
  }
})

test('a model is written anew', async () => {
  const target = join(home, 'written.dmn')
  expect(await run('policy', 'dmn', 'write', sound, '--out', target)).toMatchObject({ code: 0 })
  expect(readFileSync(target, 'utf8')).toContain('<text>1000.5 - net income</text>')
})

test('an expression has its value, with the names of a context', async () => {
  const context = file('context.json', '{"born on":{"@date":"1980-05-01"},"household":{"net income":12}}')
  const given = ['--context', context, '--json']
  expect((await run('feel', 'eval', 'born on.year + household.net income', ...given)).out).toBe(
    '{"value":1992}\n',
  )
  expect((await run('feel', 'eval', '@"2026-05-01" + @"P1M"', '--json')).out).toBe('{"value":"2026-06-01"}\n')
  expect((await run('feel', 'eval', '-2 + 5', '--json')).out).toBe('{"value":3}\n')
  const broken = await run('feel', 'eval', '1 +', '--json')
  expect(broken).toMatchObject({ code: 1, json: { error: { code: 'feel.syntax' } } })
})
