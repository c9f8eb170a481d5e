import { codes, may, need, needCode, personFields } from './field.ts'
import type { FeedDefinition } from './types.ts'

export const realEstate = {
  sender: 'resources',
  zh: '不动产登记',
  en: 'real estate',
  period: 'half-yearly',
  staleDays: 200,
  opensLeads: false,
  fields: {
    ...personFields,
    unitKey: need('key', '不动产单元', 'real-estate unit'),
    use: needCode(
      '用途',
      'use',
      codes(
        ['home', '住宅', 'home'],
        ['parking', '车位车库', 'parking'],
        ['storage', '储藏间', 'storage'],
        ['business', '商业办公', 'business'],
        ['industrial', '工业仓储', 'industrial'],
        ['other', '其他', 'other'],
      ),
    ),
    state: needCode(
      '权属状态',
      'state of the right',
      codes(
        ['current', '现势', 'current'],
        ['history', '历史', 'history'],
        ['ended', '终止', 'ended'],
        ['temporary', '临时', 'temporary'],
      ),
    ),
    registeredOn: need('date', '登记日期', 'registered on'),
    areaSquareCentimetres: may('count', '建筑面积（平方厘米）', 'floor area (cm²)'),
  },
} as const satisfies FeedDefinition

export const business = {
  sender: 'market',
  zh: '经营主体登记',
  en: 'businesses',
  period: 'quarterly',
  staleDays: 120,
  opensLeads: false,
  fields: {
    ...personFields,
    entityKey: need('key', '经营主体', 'entity'),
    kind: needCode(
      '主体类型',
      'kind of entity',
      codes(
        ['company', '企业', 'company'],
        ['individual', '个体工商户', 'sole trader'],
        ['cooperative', '农民专业合作社', 'farmers’ cooperative'],
        ['other', '其他', 'other'],
      ),
    ),
    role: needCode(
      '人员身份',
      'role',
      codes(
        ['legal-representative', '法定代表人、经营者', 'legal representative or owner'],
        ['shareholder', '股东、出资人', 'shareholder'],
        ['director', '董事', 'director'],
        ['supervisor', '监事', 'supervisor'],
        ['manager', '高级管理人员', 'manager'],
      ),
    ),
    state: needCode(
      '登记状态',
      'state',
      codes(
        ['active', '存续', 'active'],
        ['revoked', '吊销', 'revoked'],
        ['cancelled', '注销', 'cancelled'],
        ['moved', '迁出', 'moved'],
        ['other', '其他', 'other'],
      ),
    ),
    startedOn: need('date', '成立日期', 'started on'),
    endedOn: may('date', '注销日期', 'ended on'),
  },
} as const satisfies FeedDefinition

export const housingFund = {
  sender: 'fund',
  zh: '住房公积金缴存',
  en: 'housing fund',
  period: 'monthly',
  staleDays: 45,
  opensLeads: false,
  fields: {
    ...personFields,
    baseFen: need('fen', '个人缴存基数', 'contribution base'),
    state: needCode(
      '账户状态',
      'account state',
      codes(
        ['normal', '正常', 'normal'],
        ['sealed', '封存', 'sealed'],
        ['closed', '销户', 'closed'],
        ['frozen', '冻结', 'frozen'],
        ['other', '其他', 'other'],
      ),
    ),
    lastPaidMonth: need('month', '缴至年月', 'last paid month'),
    balanceFen: need('fen', '个人账户余额', 'balance'),
  },
} as const satisfies FeedDefinition
