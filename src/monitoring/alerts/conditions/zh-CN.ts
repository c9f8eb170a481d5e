/** Words of a condition as a plain statement; `{…}` is filled in. */
export const zhCN = {
  of: '{who} · {label}',
  said: '{label}：{value}',
  more: '，',
  next: '；',
  list: '、',
  compare: {
    date: {
      less: '早于{other}',
      lessOrEqual: '不晚于{other}',
      greater: '晚于{other}',
      greaterOrEqual: '不早于{other}',
    },
    number: {
      less: '小于{other}',
      lessOrEqual: '不大于{other}',
      greater: '大于{other}',
      greaterOrEqual: '不小于{other}',
    },
    isNot: '不是{other}',
    oneOf: '在“{other}”之中',
    notOneOf: '不在“{other}”之中',
  },
  today: '比对日{date}',
  notGiven: '文件中没有填写',
  notCovered: '待查明（收到的“{feed}”数据没有覆盖本县）',
  notRecorded: '待查明（档案中尚未登记）',
  noRow: '{feed}（没有相关记录）',
  record: '家庭档案',
  unit: { months: '{value}个月', days: '{value}天', percent: '{value}%', count: '{value}', fen: '{value}' },
} as const
