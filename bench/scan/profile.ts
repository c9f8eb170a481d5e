/** Where the time of a scan goes, statement by statement: for `--profile`. */
import pg from 'pg'
import type { Engine } from '#lake/server'

interface Spent {
  count: number
  ms: number
}

export interface Profile {
  /** The engine, each call of which is timed. */
  watch(engine: Engine): Engine
  /** Times what PostgreSQL is asked, on every connection. */
  watchRecord(): void
  /** What took longest since the last call. */
  take(most: number): readonly string[]
}

const headOf = (sql: string): string => sql.replaceAll(/\s+/gu, ' ').trim().slice(0, 150)

export const openProfile = (): Profile => {
  const spent = new Map<string, Spent>()
  const add = (label: string, ms: number): void => {
    const known = spent.get(label) ?? { count: 0, ms: 0 }
    known.count += 1
    known.ms += ms
    spent.set(label, known)
  }
  const timed = async <T>(label: string, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now()
    try {
      return await work()
    } catch (error) {
      console.error(`failed: ${label}`)
      throw error
    } finally {
      add(label, performance.now() - begun)
    }
  }
  return {
    watch: (engine) => ({
      ...engine,
      run: (sql, parameters) => timed(`lake: ${headOf(sql)}`, () => engine.run(sql, parameters)),
      rows: (sql, parameters, options) =>
        timed(`lake rows: ${headOf(sql)}`, () => engine.rows(sql, parameters, options)),
      appendRows: (table, columns, batches) =>
        timed(`lake append: ${table}`, () => engine.appendRows(table, columns, batches)),
      loadCsv: (source, table, columns) =>
        timed(`lake load: ${table}`, () => engine.loadCsv(source, table, columns)),
      writeParquet: (sql, path, compression) =>
        timed(`lake write: ${path.replace(/^.*\//u, '')}`, () => engine.writeParquet(sql, path, compression)),
      writeCsv: (sql, name) => timed(`lake csv: ${name}`, () => engine.writeCsv(sql, name)),
    }),
    watchRecord: () => {
      const { prototype } = pg.Client
      const query = prototype.query as (...given: unknown[]) => unknown
      prototype.query = function (this: pg.Client, ...given: unknown[]) {
        const [asked] = given
        const text = typeof asked === 'string' ? asked : ((asked as { text?: string })?.text ?? 'copy')
        const begun = performance.now()
        const result = query.apply(this, given)
        if (result instanceof Promise)
          result
            .finally(() => add(`record: ${headOf(text)}`, performance.now() - begun))
            .catch(() => undefined)
        return result
      } as typeof prototype.query
    },
    take: (most) => {
      const all = [...spent.values()].reduce((sum, { ms }) => sum + ms, 0)
      const lines = [...spent]
        .toSorted(([, a], [, b]) => b.ms - a.ms)
        .slice(0, most)
        .map(([label, { count, ms }]) => `  ${Math.round(ms)} ms, ${count} times: ${label}`)
      spent.clear()
      return [`  ${Math.round(all)} ms in all`, ...lines]
    },
  }
}
