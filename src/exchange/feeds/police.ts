import { codes, may, need, needCode, personFields } from './field.ts'
import type { FeedDefinition } from './types.ts'

export const deaths = {
  sender: 'police',
  zh: '死亡注销',
  en: 'deaths',
  period: 'monthly',
  staleDays: 45,
  opensLeads: false,
  periodField: 'diedOn',
  fields: {
    ...personFields,
    diedOn: need('date', '死亡日期', 'date of death'),
    reversed: need('flag', '已冲销', 'entry reversed'),
    certificate: may('text', '死亡证明编号', 'death certificate'),
  },
} as const satisfies FeedDefinition

/** Common vehicle types of GA 24.4; any letter with one or two digits is allowed. */
const vehicleTypes = codes(
  ['K11', '大型普通客车', 'large coach'],
  ['K21', '中型普通客车', 'medium coach'],
  ['K31', '小型普通客车', 'small passenger vehicle'],
  ['K32', '小型越野客车', 'small off-road vehicle'],
  ['K33', '小型轿车', 'car'],
  ['K39', '小型面包车', 'small van'],
  ['K43', '微型轿车', 'mini car'],
  ['K49', '微型面包车', 'mini van'],
  ['H11', '重型普通货车', 'heavy lorry'],
  ['H31', '轻型普通货车', 'light lorry'],
  ['H51', '低速货车', 'low-speed lorry'],
  ['M11', '普通正三轮摩托车', 'three-wheel motorcycle'],
  ['M15', '正三轮轻便摩托车', 'three-wheel moped'],
  ['M21', '普通二轮摩托车', 'motorcycle'],
  ['M22', '轻便二轮摩托车', 'moped'],
  ['N11', '三轮汽车', 'three-wheeled vehicle'],
  ['T11', '大型轮式拖拉机', 'large tractor'],
  ['T21', '小型轮式拖拉机', 'small tractor'],
  ['T22', '手扶拖拉机', 'walking tractor'],
  ['X99', '其他', 'other'],
)

/** Letters of the vehicle status; a cell may hold several of them (`GQ`). Only B, E and P end ownership. */
const vehicleStatus = codes(
  ['A', '正常', 'normal'],
  ['B', '转出', 'moved out'],
  ['C', '被盗抢', 'stolen'],
  ['D', '停驶', 'laid up'],
  ['E', '注销', 'cancelled'],
  ['G', '违法未处理', 'offence pending'],
  ['H', '海关监管', 'under customs control'],
  ['I', '事故未处理', 'accident pending'],
  ['J', '嫌疑车', 'suspect'],
  ['K', '查封', 'seized'],
  ['L', '暂扣', 'held'],
  ['M', '达到报废标准', 'due for scrapping'],
  ['N', '事故逃逸', 'hit and run'],
  ['O', '锁定', 'locked'],
  ['P', '强制注销', 'cancelled by force'],
  ['Q', '逾期未检验', 'inspection overdue'],
)

export const vehicles = {
  sender: 'police',
  zh: '机动车登记',
  en: 'vehicles',
  period: 'quarterly',
  staleDays: 120,
  opensLeads: false,
  fields: {
    ...personFields,
    plate: need('text', '号牌号码', 'plate'),
    vehicleType: needCode('车辆类型', 'vehicle type', vehicleTypes, /^[A-Z]\d{1,2}$/),
    status: needCode('机动车状态', 'status letters', vehicleStatus, /^[A-Z]{1,12}$/),
    firstRegisteredOn: need('date', '初次登记日期', 'first registered on'),
    ownerChangedOn: may('date', '转移登记日期', 'owner changed on'),
  },
} as const satisfies FeedDefinition

export const moves = {
  sender: 'police',
  zh: '户口迁移',
  en: 'moves',
  period: 'monthly',
  staleDays: 45,
  opensLeads: false,
  periodField: 'movedOn',
  fields: {
    ...personFields,
    direction: needCode('迁移方向', 'direction', codes(['in', '迁入', 'in'], ['out', '迁出', 'out'])),
    movedOn: need('date', '迁移日期', 'moved on'),
    reversed: need('flag', '已冲销', 'entry reversed'),
    headNumber: may('number', '户主公民身份号码', 'resident number of the household head'),
    headName: may('name', '户主姓名', 'name of the household head'),
  },
} as const satisfies FeedDefinition
