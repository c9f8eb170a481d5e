import type { Dialect } from '../language/operators/operator.ts'

export const duckdb: Dialect = {
  name: 'duckdb',
  shiftMonths: (date, sign, months) => `CAST(${date} ${sign} to_months(CAST(${months} AS INTEGER)) AS DATE)`,
  monthText: (date) => `strftime(${date}, '%Y-%m')`,
  quotient: (a, b) => `(${a} // ${b})`,
}

export const postgres: Dialect = {
  name: 'postgres',
  shiftMonths: (date, sign, months) =>
    `CAST(${date} ${sign} make_interval(months => CAST(${months} AS INTEGER)) AS DATE)`,
  monthText: (date) => `to_char(${date}, 'YYYY-MM')`,
  quotient: (a, b) => `(${a} / ${b})`,
}
