import type { Translate } from '#ui'
import { useTexts } from '#ui/web'
import type { FeedKind } from '../feeds.ts'
import { useNames } from '../names/names.web.ts'
import type { Layout, LayoutColumn } from './layout.ts'
import { type Constant, fieldOf } from './mapping.ts'
import { layoutTexts } from './texts.ts'
import type { zhCN } from './zh-CN.ts'

type T = Translate<typeof zhCN>

/** Says in plain words how columns are read and what constants mean. */
export const useReadingTexts = (kind: FeedKind) => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  const meaning = (field: string, value: Constant): string => {
    if (value === true || value === 'yes') return t('yes')
    if (value === false || value === 'no') return t('no')
    return value === '' ? t('nothing') : names.code(kind, field, String(value))
  }
  const codeList = ({ field, codes }: LayoutColumn): string | undefined =>
    codes &&
    t('reading.codeList', {
      list: Object.entries(codes)
        .map(([text, code]) => t('reading.codePair', { text, meaning: meaning(field, code) }))
        .join(t('reading.comma')),
    })
  const codeCount = ({ codes }: LayoutColumn): string | undefined =>
    codes && t('reading.codes', { count: Object.keys(codes).length })
  /** The phrases for a column; the codes one by one where there is room for them. */
  const reading = (column: LayoutColumn, isFull = false): string[] => {
    const codes = isFull ? codeList(column) : codeCount(column)
    const words = wordsOf(column, kind, t, codes, (value) => meaning(column.field, value))
    return words.length > 0 ? words : [t('reading.plain')]
  }
  return { meaning, reading }
}

const wordsOf = (
  column: LayoutColumn,
  kind: FeedKind,
  t: T,
  codes: string | undefined,
  meaning: (value: Constant) => string,
): string[] => {
  const { part, unit, otherwise, day, rule, yes = [], no = [] } = column
  const isFlag = fieldOf(kind, column.field)?.type === 'flag'
  const listed = (words: readonly string[]) => words.join(t('reading.comma')) || '–'
  const region = part === 'county' || part === 'township' ? part : 'village'
  const said: (string | false | undefined)[] = [
    rule === 'address' && t('reading.address', { part: t(`reading.parts.${region}`) }),
    rule === 'certificate' && t('reading.certificate'),
    rule === 'area' && t('reading.area'),
    rule === 'ratio' && t('reading.ratio'),
    codes,
    isFlag && yes.length + no.length > 0 && t('reading.words', { yes: listed(yes), no: listed(no) }),
    otherwise !== undefined && t('reading.otherwise', { meaning: meaning(otherwise) }),
    unit && t('reading.unit', { unit: t(`unit.${unit}`) }),
    column.round && t('reading.round'),
    day === 'first' && t('reading.firstDay'),
    day === 'last' && t('reading.lastDay'),
    column.default !== undefined && t('reading.default', { meaning: meaning(column.default) }),
    column.fillDown && t('reading.fillDown'),
    column.list !== undefined && t('reading.list'),
    column.whenUnreadable === 'absent' && t('reading.absent'),
  ]
  return said.flatMap((text) => (text ? [text] : []))
}

/** The fields a layout makes from several columns, with the names of those. */
export const composedFieldsOf = (layout: Layout): readonly { field: string; headers: readonly string[] }[] =>
  layout.transforms.flatMap((transform) =>
    transform.use === 'sum'
      ? [{ field: transform.into, headers: transform.headers }]
      : ['damage', 'rooms'].map((field) => ({ field, headers: Object.values(transform.headers) })),
  )
