/** Invented people's names: weights are rough, the point is that every hard shape of name occurs. */
import type { Random } from './random.ts'
import type { Sex } from './types.ts'

type Weighted = readonly (readonly [string, number])[]

const surnames: Weighted = [
  ['杨', 110], ['李', 90], ['张', 70], ['王', 64], ['赵', 58], ['段', 52], ['董', 30], ['尹', 22], ['杜', 20],
  ['罗', 24], ['字', 14], ['左', 12], ['茶', 9], ['马', 22], ['刘', 26], ['陈', 22], ['何', 16], ['周', 15],
  ['寸', 6], ['施', 12], ['苏', 10], ['洪', 8], ['奚', 4], ['严', 7], ['和', 10], ['鲁', 7], ['自', 8],
  ['毕', 8], ['朱', 9], ['孔', 5], ['欧', 4], ['熊', 6], ['郭', 7], ['彭', 6], ['黑', 3], ['忽', 2],
  ['沙', 4], ['撒', 2], ['纳', 2], ['阿', 2], ['普', 6], ['饶', 3], ['龚', 5], ['舒', 3], ['宝', 2],
  ['欧阳', 2], ['司马', 1], ['上官', 1], ['尉迟', 1], ['仉', 1], ['䶮', 1],
] // biome-ignore format: a table reads better in rows

const commonMale: Weighted = [
  ['建国', 20], ['志强', 14], ['伟', 16], ['军', 14], ['勇', 10], ['建华', 12], ['文明', 8], ['学文', 6],
  ['国华', 8], ['志明', 8], ['金龙', 6], ['永康', 5], ['正荣', 6], ['家福', 4], ['汝昌', 3], ['阿鹏', 4],
] // biome-ignore format: a table reads better in rows

const commonFemale: Weighted = [
  ['秀英', 20], ['桂英', 16], ['丽', 14], ['秀兰', 16], ['敏', 10], ['芳', 10], ['丽华', 9], ['金花', 12],
  ['凤仙', 9], ['玉兰', 9], ['丽珍', 6], ['春梅', 7], ['银花', 6], ['阿妹', 5], ['润芝', 3], ['翠莲', 5],
] // biome-ignore format: a table reads better in rows

const firstMale = [...'国建志文永正家学绍汝忠德世光明金庆荣应朝开春云树宗继泽子浩宇俊嘉瑞']
const secondMale = [...'华强明军平生荣福寿康龙祥贵林成武辉斌昌彪鹏海山江波涛杰轩然睿宸阳昊']
const firstFemale = [...'秀桂玉丽春凤金银翠美淑润兰彩晓雪佳梓思雨欣若语诗可艺']
const secondFemale = [...'英兰芳珍花莲梅仙菊芬琼香芝云霞燕娟萍玲凤妹涵萱彤琪怡瑶婷']
const rareCharacters = [...'𠮷䶮㛃垚犇淼喆翀赟璟𬍛']

const yiClans = ['阿苏', '吉克', '沙马', '阿库', '罗洪', '曲比', '莫色', '海来']
const yiMale = ['木呷', '拉日', '尔古', '伍哈', '阿且', '达体']
const yiFemale = ['阿依', '尔洗', '阿果', '伍呷莫', '阿牛莫', '有作']
const tibetanFirst = ['洛桑', '扎西', '格桑', '次仁', '阿旺', '斯郎']
const tibetanSecond = ['丹增尼玛', '卓玛', '多吉旺堆', '拉姆央金', '顿珠', '曲珍']
const uighurFirst = ['买买提', '阿卜杜热合曼', '古丽巴哈尔', '帕提古丽', '艾合买提江']
const uighurSecond = ['吐尔逊', '阿卜杜克热木', '麦麦提吐尔孙', '玉素甫', '阿不来提']

/** Codes of GB/T 3304 with their short names. */
export const ethnicities: Readonly<Record<string, string>> = {
  '01': '汉',
  '03': '回',
  '04': '藏',
  '05': '维吾尔',
  '06': '苗',
  '07': '彝',
  '14': '白',
  '20': '傈僳',
}

/** The family a name belongs to: a surname, or a clan name written before a middle dot. */
export interface FamilyName {
  readonly text: string
  readonly dotted: boolean
}

export const familyName = (ethnicity: string, random: Random): FamilyName => {
  if (ethnicity === '07' && random.chance(300)) return { text: random.pick(yiClans), dotted: true }
  if (ethnicity === '04') return { text: random.pick(tibetanFirst), dotted: true }
  if (ethnicity === '05') return { text: random.pick(uighurFirst), dotted: true }
  return { text: random.weighted(surnames), dotted: false }
}

const dottedGiven = (family: FamilyName, sex: Sex, random: Random): string => {
  if (tibetanFirst.includes(family.text)) return random.pick(tibetanSecond)
  if (uighurFirst.includes(family.text)) return random.pick(uighurSecond)
  return random.pick(sex === 'male' ? yiMale : yiFemale)
}

/** A full name: mostly two given characters, often one, sometimes a rare character. */
export const fullName = (family: FamilyName, sex: Sex, random: Random): string => {
  if (family.dotted) return `${family.text}·${dottedGiven(family, sex, random)}`
  if (random.chance(200)) return family.text + random.weighted(sex === 'male' ? commonMale : commonFemale)
  const first = random.pick(sex === 'male' ? firstMale : firstFemale)
  const second = random.chance(4)
    ? random.pick(rareCharacters)
    : random.pick(sex === 'male' ? secondMale : secondFemale)
  return family.text + (random.chance(150) ? second : first + second)
}
