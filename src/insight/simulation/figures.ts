import { fen, yuanTextOf } from '#base'
import type { Translate } from '#ui'
import type { Cliff, CliffPoint, ProgrammeResult, RareResult, SimulationResult } from './contract.ts'
import type { zhCN } from './zh-CN.ts'

/** The words of the simulation's pages. */
export type Say = Translate<typeof zhCN>

/** Fen as yuan with two decimals. */
export const yuan = (amount: number): string => yuanTextOf(fen(amount))

/** Fen as yuan, decimals only where there are any: for axes. */
export const shortYuan = (amount: number): string => yuan(Math.round(amount)).replace(/\.00$/u, '')

/** A difference in yuan with its sign. */
export const signedYuan = (amount: number): string => `${amount > 0 ? '+' : ''}${yuan(amount)}`

/** A band of differences in words. */
export const bandText = (say: Say, { fromFen, untilFen }: SimulationResult['bands'][number]): string => {
  if (fromFen === null) return say('bands.from', { amount: shortYuan(Math.abs(untilFen ?? 0)) })
  if (untilFen === null) return say('bands.until', { amount: shortYuan(fromFen) })
  if (fromFen === 0 && untilFen <= 1) return say('bands.same')
  if (untilFen <= 0) {
    const [from, until] = [shortYuan(-untilFen), shortYuan(-fromFen)]
    return untilFen === 0 ? say('bands.lessThan', { until }) : say('bands.fewer', { from, until })
  }
  const until = shortYuan(untilFen)
  return fromFen <= 1
    ? say('bands.moreThanNothing', { until })
    : say('bands.greater', { from: shortYuan(fromFen), until })
}

/** What comes out, in sentences, the most important first. */
export const headlineOf = (
  say: Say,
  pick: (text: { readonly zh: string; readonly en: string }) => string,
  result: SimulationResult,
): readonly string[] => {
  const { monthlyBeforeFen, monthlyAfterFen, effects, programmes } = result
  const difference = monthlyAfterFen - monthlyBeforeFen
  const sides = { before: yuan(monthlyBeforeFen), after: yuan(monthlyAfterFen) }
  const moved = programmes.filter(({ entered, left }) => entered + left > 0)
  return [
    difference === 0
      ? say('headline.same', { before: sides.before })
      : say(difference > 0 ? 'headline.more' : 'headline.less', {
          ...sides,
          amount: yuan(Math.abs(difference)),
        }),
    ...moved.map(({ name, entered, left, personsEntered, personsLeft }) =>
      say('headline.programme', { name: pick(name), entered, left, personsEntered, personsLeft }),
    ),
    ...(moved.length === 0 ? [say('headline.nobody')] : []),
    say('headline.effects', {
      gains: effects.gains,
      loses: effects.loses,
      unchanged: effects.unchanged,
    }),
    effects.unknown > 0 ? say('headline.unknown', { count: effects.unknown }) : say('headline.allKnown'),
    ...wholePeriod(say, result),
    // No money on either side rests on events that nobody has recorded: the programme's own line says so.
    ...rareRows(result)
      .filter(({ beforeFen, afterFen }) => beforeFen + afterFen > 0)
      .map(({ kind, beforeFen, afterFen }) => {
        const difference = afterFen - beforeFen
        const way = difference === 0 ? 'rareSame' : difference > 0 ? 'rareMore' : 'rareLess'
        return say(`headline.${way}`, {
          kind: say(`rare.${kind}`),
          amount: yuan(Math.abs(difference)),
          before: yuan(beforeFen),
          after: yuan(afterFen),
        })
      }),
  ]
}

/** What does not come every month, as rows of one table. */
export const rareRows = ({
  yearly,
  once,
}: SimulationResult): readonly (RareResult & { readonly kind: 'year' | 'once' })[] => [
  ...(yearly ? [{ kind: 'year' as const, ...yearly }] : []),
  ...(once ? [{ kind: 'once' as const, ...once }] : []),
]

/** What a programme pays before and after, in the period it is paid for; a report of old counted monthly money only. */
export const costOf = ({ per = 'month', before, after }: ProgrammeResult) => {
  const of = (side: typeof before): number =>
    per === 'year' ? (side.yearlyFen ?? 0) : per === 'once' ? (side.onceFen ?? 0) : side.monthlyFen
  return { per, beforeFen: of(before), afterFen: of(after) }
}

const wholePeriod = (say: Say, { months }: SimulationResult): readonly string[] => {
  const [first, last] = [months[0], months.at(-1)]
  const sum = months.reduce((all, { beforeFen, afterFen }) => all + afterFen - beforeFen, 0)
  if (!first || !last || first === last || sum === 0) return []
  return [
    say(sum > 0 ? 'headline.moreAll' : 'headline.lessAll', {
      from: first.month,
      until: last.month,
      amount: yuan(Math.abs(sum)),
    }),
  ]
}

const mostRows = 60

/** The points a table lists: all of a short curve, else every nth and both sides of each cliff. */
export const listedPoints = (
  points: readonly CliffPoint[],
  cliffs: readonly Cliff[],
): { readonly nth: number; readonly points: readonly CliffPoint[] } => {
  const nth = Math.max(1, Math.ceil(points.length / mostRows))
  const sides = new Set(cliffs.flatMap(({ fromIncomeFen, toIncomeFen }) => [fromIncomeFen, toIncomeFen]))
  const isLast = (index: number) => index === points.length - 1
  return {
    nth,
    points: points.filter(
      ({ incomeFen }, index) => index % nth === 0 || isLast(index) || sides.has(incomeFen),
    ),
  }
}
