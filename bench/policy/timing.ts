/** Households a second, and a second of processor time: on a busy machine only the second says what the engine can do. */
export interface Rate {
  readonly perSecond: number
  readonly perCpuSecond: number
}

/** The best of several runs over so many households, after one that is not counted. */
export const rateOf = async (
  households: number,
  runs: number,
  work: () => unknown | Promise<unknown>,
): Promise<Rate> => {
  const rates: Rate[] = []
  for (let run = 0; run <= runs; run += 1) {
    const [started, cpu] = [performance.now(), process.cpuUsage()]
    await work()
    const { user, system } = process.cpuUsage(cpu)
    const perSecond = Math.round(households / ((performance.now() - started) / 1000))
    rates.push({ perSecond, perCpuSecond: Math.round(households / ((user + system) / 1e6)) })
  }
  const counted = rates.slice(runs === 0 ? 0 : 1)
  return {
    perSecond: Math.max(...counted.map((rate) => rate.perSecond)),
    perCpuSecond: Math.max(...counted.map((rate) => rate.perCpuSecond)),
  }
}
