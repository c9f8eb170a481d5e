/**
 * Names with homonyms, rather more than the country has: a sixth of the people carry one of fifty common given names (王秀英 one in
 * a thousand), the others are put together from characters; one in a hundred has a long name with a middle dot.
 */

import { initialsOf } from '../../src/registry/people/initials.server.ts'
import { surnames as commonSurnames } from '../province/names.ts'

type Weighted = readonly (readonly [string, number])[]

/** The country's, and those that the west of Yunnan and rare characters add. */
const surnames: Weighted = [...commonSurnames, ['茶', 10], ['尉迟', 1], ['䶮', 1]]

/** Given names that many carry, the most frequent first; each is drawn half as often as the one eight places before it. */
const common = [
  '秀英', '桂英', '建国', '秀兰', '玉兰', '建华', '桂兰', '秀珍', '志强', '凤英', '建军', '玉珍', '玉英', '海燕', '红梅', '建平',
  '志明', '丽华', '金花', '凤莲', '春梅', '桂花', '国强', '文明', '凤仙', '晓明', '国华', '春花', '金凤', '小红', '文华', '志刚',
  '军', '伟', '敏', '静', '丽', '芳', '勇', '磊', '洋', '艳', '杰', '涛', '超', '明', '霞', '平', '刚', '娟',
] // biome-ignore format: a table reads better in rows

const first = [
  ...'建国志文永正家学秀桂玉丽春凤金银翠美淑润兰彩晓雪佳梓思雨欣若子浩宇俊嘉瑞明光忠德世荣应朝开云树宗继泽海红',
]
const second = [
  ...'华强军平生荣福寿康龙祥贵林成武辉斌昌英兰芳珍花莲梅仙菊芬琼香芝霞燕娟萍玲涵萱彤琪怡瑶婷海山波涛杰轩然睿𠮷𬍛',
]
const dotted = [
  '阿苏·木呷', '吉克·拉日', '沙马·阿依', '曲比·有作', '买买提·吐尔逊', '古丽巴哈尔·麦麦提吐尔孙', '洛桑·丹增尼玛', '阿卜杜热合曼·阿卜杜克热木',
] // biome-ignore format: a table reads better in rows

const repeated = (weighted: Weighted): string[] =>
  weighted.flatMap(([text, weight]) => Array.from({ length: weight }, () => text))

// Weights 2^(-place/8), in 1,024 parts: the head of the list takes most of it.
const commonDrawn = (): string[] => {
  const weights = common.map((_, place) => 2 ** (-place / 8))
  const whole = weights.reduce((a, b) => a + b, 0)
  return repeated(
    common.map((text, place) => [text, Math.max(1, Math.round((1024 * (weights[place] ?? 0)) / whole))]),
  )
}

/** One list to draw from, with the pinyin initials of each entry as the product writes them. */
export interface NameList {
  readonly list: 'surname' | 'common' | 'first' | 'second' | 'dotted'
  readonly entries: readonly { readonly text: string; readonly initials: string }[]
}

const listOf = (list: NameList['list'], texts: readonly string[]): NameList => {
  const known = new Map([...new Set(texts)].map((text) => [text, initialsOf(text) ?? '']))
  return { list, entries: texts.map((text) => ({ text, initials: known.get(text) ?? '' })) }
}

export const nameLists = (): readonly NameList[] => [
  listOf('surname', repeated(surnames)),
  listOf('common', commonDrawn()),
  listOf('first', first),
  listOf('second', second),
  listOf('dotted', dotted),
]
