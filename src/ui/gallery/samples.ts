import { type Fen, fen } from '#base'

/** The words of the gallery; no reader ever sees it, so it has no catalog. */
export const gallery = {
  title: '组件一览',
  marks: '标记',
  states: '状态',
  forms: '表单',
  lists: '列表',
  history: '经过',
  writes: '提交',
  word: '已办结',
  number: '证件号码',
  upload: '上传数据',
  emptyBody: '部门数据上传并校验后，会在这里列出。',
  refused: '无法处理',
  refusedDetail: '文件第 12 行不符合要求。',
  fault: '第 12 行：日期不存在',
  text: '事由',
  longText: '详细说明',
  hint: '写清楚来源和时间',
  password: '口令',
  few: '类别',
  many: '乡镇街道',
  radio: '处置途径',
  check: '已核对原件',
  disabled: '不可用',
  date: '日期',
  amount: '金额',
  file: '数据文件',
  person: '人员',
  grade: '等级',
  red: '红色',
  orange: '橙色',
  mine: '只看我的',
  what: '发生了什么',
  dispatch: '分派',
  dispatchBody: '将通知所在乡镇，可以撤回。',
  done: '已分派',
  by: '大理市民政局',
  send: '提交',
  openDialog: '打开对话框',
  warn: '提示出错',
} as const

export interface SampleRow {
  readonly id: string
  readonly name: string
  readonly what: string
  readonly grade: 'red' | 'orange' | 'yellow'
  readonly amount: Fen
}

const grades = ['red', 'orange', 'yellow'] as const

export const sampleRows: readonly SampleRow[] = Array.from({ length: 12 }, (_, index) => ({
  id: `r${index}`,
  name: `杨*${index}`,
  what: '住院医疗费用较高，个人负担超过家庭收入的六成',
  grade: grades[index % 3] ?? 'red',
  amount: fen(index * 123456),
}))

export const sampleOptions = Array.from({ length: 20 }, (_, index) => ({
  value: `o${index}`,
  label: `第${index + 1}项`,
}))
