/** What senders write in columns that nobody maps: plausible, and of no consequence. */
import { ethnicities } from '../world/names.ts'
import type { Random } from '../world/random.ts'
import type { Person } from '../world/types.ts'

export interface FillerContext {
  /** Running number of the row in its sheet, from 1. */
  readonly index: number
  readonly person: Person
  readonly second?: Person
  readonly values: Readonly<Record<string, unknown>>
  readonly today: string
  readonly random: Random
}

type Filler = (c: FillerContext) => string

const fixed =
  (text: string): Filler =>
  () =>
    text
const oneOf =
  (...texts: string[]): Filler =>
  ({ random }) =>
    random.pick(texts)
const digits =
  (length: number, prefix = ''): Filler =>
  ({ random }) =>
    prefix + String(random.int(10 ** Math.min(length, 9))).padStart(length, '0')

const sexOf = (person: Person): string => (person.sex === 'male' ? '男' : '女')
const folk = (person: Person): string => `${ethnicities[person.ethnicity] ?? '汉'}族`
const age: Filler = ({ person, today }) =>
  String(Number(today.slice(0, 4)) - Number(person.birthDate.slice(0, 4)))
const home = (person: Person): string =>
  person.place.countyName + person.place.townshipName + person.place.villageName

export const fillers: Readonly<Record<string, Filler>> = {
  序号: ({ index }) => String(index),
  总序号: ({ index }) => String(index),
  性别: ({ person }) => sexOf(person),
  民族: ({ person }) => folk(person),
  名族: ({ person }) => folk(person).slice(0, -1),
  年龄: age,
  与户主关系: oneOf('户主', '配偶', '之子', '之女', '父亲', '母亲'),
  派出所: ({ person }) => `${person.place.townshipName}派出所`,
  死亡注销类别: oneOf('正常死亡', '正常死亡', '非正常死亡', '补报'),
  户主姓名: ({ second, person }) => (second ?? person).name,
  机动车序号: digits(9, '9990'),
  号牌种类: oneOf('02', '02', '07', '52', '13'),
  中文品牌: oneOf('五菱', '长安', '大众', '嘉陵', '钱江', '比亚迪', '哈弗'),
  车辆识别代号: digits(9, 'LZZ9DEMO'),
  车身颜色: oneOf('A', 'B', 'H', 'J'),
  使用性质: oneOf('A', 'A', 'A', 'F'),
  强制报废期止: fixed('2099-12-31'),
  出生地省市县: ({ person }) => person.place.countyName,
  迁入前户别: oneOf('家庭户', '农业家庭户口', '集体户'),
  迁入类别: oneOf('0308', '投靠亲属', '工作调动', '0394'),
  变动范围: oneOf('县外', '州外', '省外'),
  户号: digits(9),
  业务类型: fixed('迁入'),
  迁出注销类别: oneOf('婚迁', '工作调动', '学校录取', '投靠'),
  '迁往省市县（区）': oneOf('昆明市五华区', '丽江市古城区', '楚雄市', '外省'),
  受理单位: ({ person }) => `${person.place.townshipName}派出所`,
  罪犯编号: digits(7, '990'),
  文化程度: oneOf('小学', '初中', '高中', '文盲'),
  罪名: oneOf('盗窃罪', '故意伤害罪', '诈骗罪', '危险驾驶罪'),
  原判刑期: oneOf('03_06_00', '05_00_00', '01_08_00'),
  监狱: oneOf('第一监狱', '第二监狱'),
  监区: oneOf('一监区', '二监区', '三监区'),
  不动产权证号: ({ random }) => `滇(2021)不动产权第${String(random.int(1_000_000)).padStart(7, '0')}号`,
  权利类型: fixed('4'),
  权利性质: oneOf('出让/市场化商品房', '批准拨用/自建房', '划拨/房改房'),
  房屋结构: oneOf('钢筋混凝土', '混合', '砖木'),
  共有方式: oneOf('单独所有', '共同共有'),
  限制状态: oneOf('无查封,无抵押', '无查封,有抵押'),
  企业名称: ({ person }) => `${person.place.countyName}${person.place.townshipName}某经营部`,
  '认缴出资额(万元)': oneOf('2.000000', '10', '50', '200'),
  出资比例: oneOf('100%', '50%', '0.35', '〈0.01%'),
  个人编号: digits(9, '0'),
  经办机构编码: ({ person }) => `99${person.place.county.slice(2, 6)}`,
  参保身份: oneOf('企业职工', '个体', '居民'),
  费款所属期: ({ values }) => String(values.period ?? '').replace('-', ''),
  缴费类型: fixed('正常应缴'),
  单位缴费比例: fixed('0.16'),
  个人缴费比例: oneOf('0.08', '8%'),
  离退休类别: oneOf('城乡居民', '退休'),
  离退休月份: digits(2, '2015'),
  银行账号: digits(4, '6210****'),
  户籍性质: oneOf('农业', '城镇'),
  技能特长: oneOf('瓦工', '驾驶', '无', '家政'),
  就业创业证号: digits(9, '9929012'),
  失业人员类型: oneOf('企业解聘', '本人辞职', '未就业'),
  求职意向: oneOf('本地', '省外'),
  联系电话: fixed('1390000****'),
  单位账号: digits(6, '000'),
  单位名称: ({ person }) => `${person.place.countyName}某单位`,
  个人账号: digits(9, '000'),
  单位比例: oneOf('12', '0.12', '5'),
  单位编码: digits(6),
  编制类型: oneOf('事业编制', '行政编制', '编外'),
  经费来源: oneOf('全额', '差额'),
  参加工作时间: oneOf('199809', '2019.7', '2008-08'),
  '职务/级别': oneOf('专技十级', '科员', '管理九级'),
  就诊ID: digits(9),
  人员类别: oneOf('居民', '职工'),
  定点医药机构编号: fixed('H99290100001'),
  定点医药机构名称: oneOf('州人民医院', '县医院', '乡镇卫生院'),
  医院等级: oneOf('三级甲等', '二级甲等', '一级'),
  病种名称: oneOf('肺炎', '高血压', '脑梗死', '骨折'),
  医疗类别: oneOf('普通住院', '门诊慢特病', '普通门诊'),
  户籍类别: oneOf('农业', '居民'),
  双侧或单侧: oneOf('', '双侧', '单侧'),
  户口地址: ({ person }) => home(person),
  '工作/就业': oneOf('无业', '务农', '学生'),
  业务申请类型: oneOf('换领', '新办'),
  省市: fixed('云南省大理州'),
  年级: oneOf('一年级', '三年级', '五年级', '8'),
  班级: oneOf('1班', '2班', '803'),
  资助项目: oneOf('义务教育生活补助', '国家助学金'),
  '资助标准(元/学期)': oneOf('500', '625', '1000'),
  实发金额: oneOf('500', '625', '1000'),
  学期: fixed('2025-2026学年春季学期'),
  BIRTH_WOMAN: ({ second }) => second?.birthDate ?? '',
  FOLK_MAN: ({ person }) => person.ethnicity,
  FOLK_WOMAN: ({ second }) => second?.ethnicity ?? '',
  MARRY_STATUS_MAN: oneOf('10', '30', '40', '20/30'),
  MARRY_STATUS_WOMAN: oneOf('10', '30', '40'),
  REG_DETAIL_MAN: ({ person }) => home(person),
  REG_DETAIL_WOMAN: ({ second }) => (second ? home(second) : ''),
  省: fixed('云南省'),
  市: fixed('大理白族自治州'),
  人编号: ({ values, index }) => `${String(values.householdKey ?? '')}${String(index % 9)}`,
  健康状况: oneOf('健康', '长期慢性病', '残疾', '患有大病'),
  劳动技能: oneOf('普通劳动力', '弱劳动力或半劳动力', '无劳动力'),
  享受低保政策情况: oneOf('未享受', '农村低保'),
  享受特困供养政策情况: fixed('未享受'),
  户类型: oneOf('一般农户', '脱贫户'),
  '致贫/返贫风险1': oneOf('因病', '因残', '务工就业不稳', '自然灾害'),
  整户无劳动能力兜底保障户: fixed('否'),
  家庭类型: oneOf('低保户', '一般户', '', '困难户'),
  家庭人口: oneOf('1', '2', '3', '4'),
  恢复方式: oneOf('修缮', '重建'),
  是否唯一住房: oneOf('是', '否'),
}
