/** Who lives in a household: age, sex, number and name, each drawn from the person's or the household's number. */
import type { Draw } from './draw.ts'
import { dottedSlots, givenSlots, rareCharacters, surnameSlots, swapTable } from './names.ts'

export const lastDay = '2026-06-01'

// Days between the head of the household and its j-th member; `abs`, so that nobody is born in the future.
const days = ({ below }: Draw): string => `CASE
  WHEN "j" = 0 THEN "head_days"
  WHEN "j" = 1 AND NOT "unpaired" THEN greatest("head_days" + ${below('spouse', 5000)} - 3000, 7300)
  WHEN "j" IN (5, 6) AND "head_days" < 24000 THEN "head_days" + 8400 + ${below('parent', 3600)}
  WHEN "j" IN (3, 4) AND "head_days" < 16000 AND ${below('old', 3)} = 0 THEN "head_days" + 8400 + ${below('parent', 3600)}
  WHEN "j" >= 7 THEN abs("head_days" - 18500 - ${below('grandchild', 5000)})
  ELSE abs("head_days" - 8000 - ${below('child', 5200)}) END`

/** Persons of the households `condition` speaks of, with birth, sex and the area their number begins with. */
export const personBase = (draw: Draw, condition: string): string => {
  const { below, chance } = draw
  return `WITH "member" AS (SELECT "h", CAST(unnest(range("size")) AS INTEGER) AS "j", "first_n", "first_pid", "county", "registered", "hid", "urban", "dotted", "unpaired", "head_days", "region"
      FROM "household" WHERE ${condition}),
    "numbered" AS (SELECT *, "first_n" + "j" AS "n" FROM "member"),
    "aged" AS (SELECT *, CAST(DATE '${lastDay}' - CAST(1 + ${days(draw)} AS INTEGER) AS DATE) AS "birth",
      CAST(CASE WHEN "j" = 0 THEN CASE WHEN ${chance('head-male', 0.66, '"h"')} THEN 1 ELSE 2 END
        WHEN "j" = 1 AND NOT "unpaired" THEN CASE WHEN ${chance('head-male', 0.66, '"h"')} THEN 2 ELSE 1 END
        WHEN ${chance('male', 0.52)} THEN 1 ELSE 2 END AS TINYINT) AS "sex",
      ${chance('elsewhere', 0.02)} AS "elsewhere",
      CASE WHEN ${chance('elsewhere', 0.02)} THEN ("county" + 1 + ${below('other-county', 99)}) % 100 ELSE "county" END AS "home" FROM "numbered")
    SELECT *, 990000 + ("home" // 10 + 1) * 100 + "home" % 10 + 1 AS "area_digits", CAST(strftime("birth", '%Y%m%d') AS INTEGER) AS "birth_digits",
      CAST(CASE WHEN year("birth") < 1960 THEN 0 WHEN year("birth") < 1980 THEN 1 WHEN year("birth") < 2000 THEN 2 ELSE 3 END AS INTEGER) AS "generation"
    FROM "aged"`
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The check character of seventeen digits given as a whole number (GB 11643). */
export const checkOf = (body: string): string => {
  const terms = weights.map((weight, i) => `((${body}) // ${10n ** BigInt(16 - i)} % 10) * ${weight}`)
  return `substr('10X98765432', CAST((${terms.join(' + ')}) % 11 AS INTEGER) + 1, 1)`
}

/** The name, where `surname`, `given` and `dotted_name` are joined. A rare character stands in the last place. */
export const nameOf = ({ below, chance }: Draw): string => {
  const [from, to] = swaps('script')
  const plain = `CASE WHEN "p"."dotted" THEN "d"."text"
    WHEN ${chance('rare', 0.003)} THEN "s"."text" || CASE WHEN length("g"."text") > 1 THEN left("g"."text", 1) ELSE '' END || ${rareOf(below('rare-character', rareCharacters.length))}
    ELSE "s"."text" || "g"."text" END`
  return `CASE WHEN ${chance('script', 0.003)} THEN translate(${plain}, '${from}', '${to}') ELSE ${plain} END`
}

/** Joins that give a person of `p` the parts of a name: children bear the head's surname, a spouse another. */
export const nameJoins = ({ below }: Draw): string => `
  JOIN "surname" "s" ON "s"."slot" = CASE WHEN "p"."j" = 1 AND NOT "p"."unpaired" OR "p"."j" = 6 THEN ${below('surname', surnameSlots)} ELSE ${below('family', surnameSlots, '"p"."h"')} END
  JOIN "given" "g" ON "g"."slot" = ("p"."generation" * 2 + "p"."sex" - 1) * ${givenSlots} + ${below('given', givenSlots)}
  LEFT JOIN "dotted" "d" ON "d"."slot" = CASE WHEN "p"."dotted" THEN ${below('dotted', dottedSlots)} END`

/** Two texts for `translate`: the characters of a kind of mistake, and what stands for each. */
export const swaps = (kind: 'sound' | 'script' | 'look'): readonly [string, string] => {
  const table = swapTable().filter((each) => each.kind === kind)
  return [table.map(({ from }) => from).join(''), table.map(({ to }) => to).join('')]
}

const rareOf = (index: string): string => `substr('${rareCharacters.join('')}', ${index} + 1, 1)`
