/** What invented names are made of. Weights follow the order of the country's surnames, in rough per mille. */
import { saltOf } from './draw.ts'

/** Of a thousand people. */
export const surnames: readonly (readonly [string, number])[] = [
  ['王', 74], ['李', 72], ['张', 68], ['刘', 54], ['陈', 46], ['杨', 31], ['黄', 23], ['赵', 21], ['吴', 20], ['周', 19],
  ['徐', 15], ['孙', 15], ['马', 13], ['朱', 13], ['胡', 12], ['郭', 12], ['何', 11], ['林', 11], ['高', 10], ['罗', 9],
  ['郑', 8], ['梁', 8], ['谢', 7], ['宋', 7], ['唐', 7], ['许', 6], ['韩', 6], ['邓', 6], ['冯', 6], ['曹', 6],
  ['彭', 5], ['曾', 5], ['肖', 5], ['田', 5], ['董', 5], ['潘', 5], ['袁', 5], ['蔡', 5], ['蒋', 5], ['余', 4],
  ['于', 4], ['杜', 4], ['叶', 4], ['程', 4], ['魏', 4], ['苏', 4], ['吕', 4], ['丁', 4], ['任', 4], ['卢', 4],
  ['姚', 4], ['沈', 4], ['钟', 4], ['姜', 4], ['崔', 3], ['谭', 3], ['陆', 3], ['范', 3], ['汪', 3], ['廖', 3],
  ['石', 3], ['金', 3], ['韦', 3], ['贾', 3], ['夏', 3], ['付', 3], ['方', 3], ['邹', 3], ['熊', 3], ['白', 3],
  ['孟', 3], ['秦', 3], ['邱', 3], ['侯', 3], ['江', 3], ['尹', 3], ['薛', 3], ['闫', 2], ['段', 2], ['雷', 2],
  ['龙', 2], ['黎', 2], ['史', 2], ['陶', 2], ['贺', 2], ['毛', 2], ['郝', 2], ['顾', 2], ['龚', 2], ['邵', 2],
  ['万', 2], ['覃', 2], ['武', 2], ['钱', 2], ['戴', 2], ['严', 2], ['莫', 2], ['孔', 2], ['向', 2], ['常', 2],
  ['汤', 2], ['康', 1], ['易', 1], ['乔', 1], ['赖', 1], ['文', 1], ['欧阳', 1], ['上官', 1], ['司马', 1], ['仉', 1],
] // biome-ignore format: a table reads better in rows

// The given names of a generation that nearly everybody bore, most frequent first.
const common: Readonly<Record<string, readonly string[]>> = {
  'old-male': [
    '建国',
    '志强',
    '建华',
    '军',
    '明',
    '国强',
    '平',
    '德明',
    '文',
    '伟',
    '玉林',
    '福生',
    '国华',
    '金山',
  ],
  'old-female': [
    '秀英',
    '桂英',
    '秀兰',
    '玉兰',
    '玉英',
    '桂兰',
    '秀珍',
    '凤英',
    '淑英',
    '桂珍',
    '玉珍',
    '兰英',
    '翠英',
    '梅',
  ],
  'middle-male': ['伟', '军', '勇', '强', '建军', '涛', '杰', '磊', '斌', '建平', '刚', '辉', '志强', '鹏'],
  'middle-female': [
    '丽',
    '敏',
    '静',
    '艳',
    '芳',
    '霞',
    '燕',
    '红梅',
    '玲',
    '娟',
    '丽娟',
    '秀英',
    '英',
    '晓燕',
  ],
  'young-male': ['伟', '杰', '浩', '鹏', '超', '磊', '俊杰', '帅', '鑫', '凯', '宇', '文杰', '志伟', '涛'],
  'young-female': [
    '婷',
    '婷婷',
    '丽',
    '静',
    '敏',
    '欢',
    '倩',
    '雪',
    '丹',
    '晶晶',
    '佳',
    '莹',
    '雨婷',
    '思雨',
  ],
  'new-male': ['浩宇', '浩然', '宇轩', '子轩', '梓豪', '一诺', '宇航', '俊熙', '奕辰', '沐宸', '子豪', '浩'],
  'new-female': [
    '欣怡',
    '梓涵',
    '诗涵',
    '子涵',
    '雨桐',
    '一诺',
    '梓萱',
    '欣妍',
    '可馨',
    '依诺',
    '语桐',
    '若汐',
  ],
}
const firsts: Readonly<Record<string, string>> = {
  'old-male': '国建志文永正家学绍汝忠德世光明金庆荣应朝开春云树宗继泽长万福天玉',
  'old-female': '秀桂玉丽春凤金银翠美淑润兰彩素月菊莲贵素惠爱小巧腊冬',
  'middle-male': '建志国文晓海永俊少小振立卫红新宏庆东向兴学忠光玉成金',
  'middle-female': '丽晓红小海春艳玉秀雪美慧雅燕云金文桂冬秋爱月亚',
  'young-male': '志俊文晓宇家子明嘉浩天永振海鹏伟国少建世泽承',
  'young-female': '晓雨雪佳思梦婷丽文静诗欣雅慧玉嘉海春梓美',
  'new-male': '浩子梓宇俊奕沐宸一嘉铭泽睿煜博皓弘昊景承星',
  'new-female': '欣梓诗雨子可依若语思佳一沐芷妍艺紫婉清悦晨',
}
const seconds: Readonly<Record<string, string>> = {
  male: '华强明军平生荣福寿康龙祥贵林成武辉斌昌彪鹏海山江波涛杰轩然睿宸阳昊峰刚勇毅俊超亮东文清伟民良发财旺',
  female: '英兰芳珍花莲梅仙菊芬琼香芝云霞燕娟萍玲凤妹涵萱彤琪怡瑶婷丽敏静洁红艳雪琴秀华清妍馨玉慧娜倩莉颖',
}
/** Characters that many keyboards and older systems do not know; some lie outside the basic plane. */
export const rareCharacters: readonly string[] = [...'𠮷䶮㛃垚犇淼喆翀赟璟𬍛𬭎𫍯𡈼甡昶頔䝉']

const dottedFirst =
  '洛桑 扎西 格桑 次仁 阿旺 斯郎 吉克 阿苏 沙马 曲比 莫色 海来 买买提 阿卜杜热合曼 古丽巴哈尔 帕提古丽 艾合买提江 阿依夏木 努尔兰 叶尔肯 巴特尔 其其格 木合塔尔 热依汗'
const dottedSecond =
  '丹增 卓玛 多吉 拉姆 顿珠 曲珍 尼玛 旺堆 央金 木呷 拉日 尔古 伍哈 阿且 尔洗 有作 吐尔逊 阿卜杜克热木 麦麦提 玉素甫 阿不来提 肉孜 哈斯木 吾斯曼 依明 买合木提'

// Characters of one sound.
const sounds =
  '伟维玮炜 芳方坊 静敬婧 丽莉立 军君钧 建健剑 国果 志智致 华桦骅 英瑛莹 兰岚蓝 秀绣 珍真贞 明铭鸣 强蔷 红宏洪鸿 燕艳雁 霞侠 玲灵伶铃 娟捐鹃 平萍苹 杰洁捷 磊蕾垒 斌彬滨 辉晖慧惠 涛滔 浩昊皓 宇雨羽 轩宣萱 涵晗寒 怡宜仪 欣新馨心 文雯纹 佳嘉家 思斯丝 梅玫 花画 桂贵 玉钰育 凤奉 生升声 林琳霖 成诚承程 海亥 山珊 龙隆 祥详翔 梓子紫 诗施 俊骏峻 鹏朋 超朝 晓小 雪学 春椿 德得 福富 荣容蓉 永勇咏 金锦 庆青清 云芸 峰锋丰 亮良 娜纳 琴勤芹 颖影 敏闽 婷廷庭 振震镇 一亦奕 可克 天添 光广 学雪 世士仕 张章 王汪 李黎 刘柳 陈程 杨阳 黄皇 赵召 吴武 周洲 徐许 孙荪 马码 朱珠 郭国 何和 林淋 高皋 罗洛 郑政'
// Simplified and traditional forms, one pair after another.
const traditional =
  '张張刘劉陈陳杨楊黄黃赵趙吴吳孙孫马馬罗羅郑鄭谢謝韩韓邓鄧冯馮肖蕭万萬叶葉苏蘇吕呂卢盧钟鍾谭譚陆陸范範贾賈邹鄒闫閆龙龍贺賀顾顧龚龔钱錢严嚴汤湯欧歐国國建建军軍华華强強伟偉丽麗兰蘭凤鳳凯凱丽麗宁寧庆慶荣榮贵貴银銀树樹宝寶东東红紅静靜艳艷娟娟莲蓮琼瓊云雲莹瑩颖穎伦倫辉輝涛濤龙龍鹏鵬泽澤继繼绍紹应應开開润潤晓曉语語诗詩铭銘沈瀋'
// What an operator takes for a rare character.
const looks = '𠮷吉 䶮龚 㛃姐 垚尧 犇奔 淼森 喆哲 翀冲 赟斌 璟景 𬍛王 𬭎弘 𫍯该 𡈼王 甡生 昶旭 頔由 䝉蒙'

export type Generation = 'old' | 'middle' | 'young' | 'new'
const generations: readonly Generation[] = ['old', 'middle', 'young', 'new']
export const surnameSlots = 4096
export const givenSlots = 8192
export const dottedSlots = 1024

/** One of the surnames for each slot: a slot drawn evenly gives surnames by their weights. */
export const surnameTable = (): readonly string[] => {
  const total = surnames.reduce((sum, [, weight]) => sum + weight, 0)
  let reached = 0
  return surnames.flatMap(([text, weight]) => {
    const from = Math.round((reached / total) * surnameSlots)
    reached += weight
    return new Array<string>(Math.round((reached / total) * surnameSlots) - from).fill(text)
  })
}

/** Given names by generation (0 the oldest) and sex (1 male, 2 female), one for each slot. */
export const givenTable = (): readonly { generation: number; sex: number; slot: number; text: string }[] =>
  generations.flatMap((generation, at) =>
    (['male', 'female'] as const).flatMap((sex, index) =>
      Array.from({ length: givenSlots }, (_, slot) => ({
        generation: at,
        sex: index + 1,
        slot,
        text: givenName(`${generation}-${sex}`, sex, slot),
      })),
    ),
  )

/** Names with a middle dot, one for each slot. */
export const dottedTable = (): readonly string[] => {
  const [first, second] = [dottedFirst.split(' '), dottedSecond.split(' ')]
  return Array.from({ length: dottedSlots }, (_, slot) => {
    const word = pick(first, `dotted/${slot}/0`)
    const rest = pick(second, `dotted/${slot}/1`)
    return saltOf(`dotted/${slot}/2`) % 5 === 0
      ? `${word}·${rest}·${pick(second, `${slot}/3`)}`
      : `${word}·${rest}`
  })
}

/** Characters and what stands for them by mistake: of the same sound, in the other script, or alike to look at. */
export const swapTable = (): readonly { kind: 'sound' | 'script' | 'look'; from: string; to: string }[] => {
  const groups = sounds.split(' ').map((group) => [...group])
  const sound = groups.flatMap((group) =>
    group.map((from, i) => ({ kind: 'sound' as const, from, to: group[(i + 1) % group.length] ?? from })),
  )
  const pairs = [...traditional]
  const script = pairs.flatMap((from, i) => {
    const to = pairs[i + 1] ?? from
    return i % 2 === 0 && from !== to ? [{ kind: 'script' as const, from, to }] : []
  })
  const look = looks.split(' ').map((pair) => {
    const [from = '', to = ''] = [...pair]
    return { kind: 'look' as const, from, to }
  })
  const seen = new Set<string>()
  return [...sound, ...script, ...look].filter(({ kind, from }) => {
    const key = `${kind}/${from}`
    return seen.has(key) ? false : Boolean(seen.add(key))
  })
}

// Four in ten bear a name of fashion, a fifth of those the first on the list; an eighth one character; the rest two.
const givenName = (group: string, sex: 'male' | 'female', slot: number): string => {
  const label = `given/${group}/${slot}`
  const share = saltOf(label) % 100
  if (share < 40) return ranked(common[group] ?? [], label)
  const second = pick([...(seconds[sex] ?? '')], `${label}/second`)
  return share < 52 ? second : pick([...(firsts[group] ?? '')], `${label}/first`) + second
}

// The smallest of three draws: the head of the list comes up nearly three times as often as an even draw would let it.
const ranked = (list: readonly string[], label: string): string => {
  const draws = ['a', 'b', 'c'].map((each) => saltOf(`${label}/${each}`) % list.length)
  return list[Math.min(...draws)] ?? ''
}

const pick = (list: readonly string[], label: string): string => list[saltOf(label) % list.length] ?? ''
