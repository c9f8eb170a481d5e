import { codes, may, mayCode, need, needCode, personFields } from './field.ts'
import type { FeedDefinition } from './types.ts'

export const imprisonment = {
  sender: 'justice',
  zh: '在押服刑',
  en: 'imprisonment',
  period: 'quarterly',
  staleDays: 120,
  opensLeads: false,
  fields: {
    ...personFields,
    state: needCode(
      '状态',
      'state',
      codes(
        ['in-custody', '在押', 'in custody'],
        ['medical-parole', '保外就医', 'medical parole'],
        ['outside', '暂予监外执行', 'serving outside'],
        ['parole', '假释', 'parole'],
        ['released', '刑满释放', 'released'],
        ['dead', '死亡', 'dead'],
        ['transferred', '外调', 'transferred'],
      ),
    ),
    startedOn: need('date', '刑期起日', 'started on'),
    /** Missing for a life sentence, and where the sender does not know it. */
    endsOn: may('date', '现刑期止日', 'ends on'),
    life: need('flag', '无期（死缓）', 'life sentence'),
  },
} as const satisfies FeedDefinition

export const payroll = {
  sender: 'finance',
  zh: '财政供养人员',
  en: 'payroll',
  period: 'monthly',
  staleDays: 45,
  opensLeads: false,
  periodField: 'period',
  fields: {
    ...personFields,
    class: needCode(
      '人员类别',
      'class',
      codes(
        ['staff', '在职', 'staff'],
        ['retired', '离退休', 'retired'],
        ['survivor', '遗属', 'survivor'],
        ['temporary', '编外临聘', 'temporary'],
        ['public-post', '公益性岗位', 'public-welfare post'],
        ['village-allowance', '村干部误工补贴', 'village cadre allowance'],
      ),
    ),
    period: need('month', '发放年月', 'month'),
    netFen: need('fen', '实发合计', 'net pay'),
    exitedOn: may('date', '退出日期', 'left on'),
  },
} as const satisfies FeedDefinition

export const hospitalBills = {
  sender: 'insurance',
  zh: '医保结算',
  en: 'hospital bills',
  period: 'monthly',
  staleDays: 45,
  opensLeads: true,
  periodField: 'settledOn',
  fields: {
    ...personFields,
    settlementKey: need('key', '结算编号', 'settlement'),
    startedOn: need('date', '就诊开始日期', 'started on'),
    settledOn: need('date', '结算日期', 'settled on'),
    inScopeFen: need('fen', '范围内费用', 'cost in scope'),
    fundFen: need('fen', '基金支付总额', 'paid by funds'),
    totalFen: need('fen', '总费用', 'total cost'),
    ownCashFen: need('fen', '个人现金支付', 'paid in cash'),
    refund: need('flag', '退费', 'refund'),
  },
} as const satisfies FeedDefinition

export const disability = {
  sender: 'disabled',
  zh: '残疾人证',
  en: 'disability certificates',
  period: 'quarterly',
  staleDays: 120,
  opensLeads: true,
  fields: {
    ...personFields,
    class: needCode(
      '残疾类别',
      'class',
      codes(
        ['1', '视力', 'sight'],
        ['2', '听力', 'hearing'],
        ['3', '言语', 'speech'],
        ['4', '肢体', 'physical'],
        ['5', '智力', 'intellectual'],
        ['6', '精神', 'mental'],
        ['7', '多重', 'multiple'],
      ),
    ),
    grade: mayCode(
      '残疾等级',
      'grade',
      codes(
        ['1', '一级', 'grade 1 (gravest)'],
        ['2', '二级', 'grade 2'],
        ['3', '三级', 'grade 3'],
        ['4', '四级', 'grade 4'],
      ),
    ),
    state: needCode(
      '证件状态',
      'state',
      codes(
        ['valid', '有效', 'valid'],
        ['cancelled', '注销', 'cancelled'],
        ['expired', '过期', 'expired'],
        ['frozen', '冻结', 'frozen'],
        ['moving', '迁移中', 'moving'],
      ),
    ),
    issuedOn: may('date', '发证日期', 'issued on'),
    expiresOn: may('date', '有效期止', 'expires on'),
  },
} as const satisfies FeedDefinition

export const students = {
  sender: 'education',
  zh: '家庭经济困难学生',
  en: 'students in hardship',
  period: 'half-yearly',
  staleDays: 200,
  opensLeads: true,
  fields: {
    ...personFields,
    school: need('text', '学校', 'school'),
    stage: needCode(
      '学段',
      'stage',
      codes(
        ['kindergarten', '幼儿园', 'kindergarten'],
        ['primary', '小学', 'primary'],
        ['junior', '初中', 'junior secondary'],
        ['senior', '普通高中', 'senior secondary'],
        ['vocational', '中等职业', 'vocational'],
        ['university', '高等教育', 'university'],
      ),
    ),
    boarding: need('flag', '寄宿', 'boards at school'),
    hardship: needCode(
      '困难等级',
      'hardship',
      codes(
        ['special', '特别困难', 'special'],
        ['difficult', '困难', 'difficult'],
        ['general', '一般困难', 'general'],
        ['none', '不困难', 'none'],
      ),
    ),
  },
} as const satisfies FeedDefinition

export const marriages = {
  sender: 'civil',
  zh: '婚姻登记',
  en: 'marriages',
  period: 'monthly',
  staleDays: 45,
  opensLeads: false,
  periodField: 'eventOn',
  fields: {
    ...personFields,
    event: needCode(
      '登记类型',
      'event',
      codes(
        ['marriage', '结婚', 'marriage'],
        ['divorce', '离婚', 'divorce'],
        ['reprint-marriage', '补发结婚证', 'marriage certificate reissued'],
        ['reprint-divorce', '补发离婚证', 'divorce certificate reissued'],
        ['revoked', '撤销', 'revoked'],
      ),
    ),
    eventOn: need('date', '登记日期', 'registered on'),
    spouseNumber: may('number', '配偶公民身份号码', 'resident number of the spouse'),
    spouseName: may('name', '配偶姓名', 'name of the spouse'),
    certificate: need('text', '证件字号', 'certificate number'),
  },
} as const satisfies FeedDefinition

export const returnPoverty = {
  sender: 'agriculture',
  zh: '防返贫监测对象',
  en: 'return-to-poverty watch',
  period: 'monthly',
  staleDays: 45,
  opensLeads: true,
  fields: {
    ...personFields,
    householdKey: need('key', '户编号', 'household'),
    category: needCode(
      '监测对象类别',
      'category',
      codes(
        ['unstable', '脱贫不稳定户', 'lifted, not stable'],
        ['edge', '边缘易致贫户', 'at the edge of poverty'],
        ['sudden', '突发严重困难户', 'sudden severe hardship'],
        ['none', '非监测对象', 'not watched'],
      ),
    ),
    riskCleared: need('flag', '风险已消除', 'risk removed'),
    /** Missing only for rows of category `none`. */
    identifiedOn: may('month', '识别监测时间', 'identified in'),
    clearedOn: may('month', '消除监测时间', 'risk removed in'),
    annualIncomeFen: may('fen', '家庭年收入', 'annual household income'),
    ownMedicalFen: may('fen', '合规自付支出', 'compliant own medical cost'),
  },
} as const satisfies FeedDefinition

export const disasters = {
  sender: 'emergency',
  zh: '受灾人员与倒损住房',
  en: 'disasters',
  period: 'yearly',
  staleDays: 400,
  opensLeads: true,
  fields: {
    ...personFields,
    event: need('text', '灾害', 'disaster'),
    occurredOn: need('date', '灾害发生日期', 'occurred on'),
    damage: needCode(
      '住房损坏程度',
      'damage to the home',
      codes(
        ['collapsed', '倒塌', 'collapsed'],
        ['severe', '严重损坏', 'severe'],
        ['general', '一般损坏', 'general'],
        ['none', '无', 'none'],
      ),
    ),
    rooms: need('count', '倒损间数', 'rooms'),
    paidFen: need('fen', '已发放补助', 'aid paid'),
  },
} as const satisfies FeedDefinition
