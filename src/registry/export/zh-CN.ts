export const zhCN = {
  action: '导出',
  hint: '导出当前查到的全部记录，姓名和号码与页面一样遮盖，导出会留下记录。',
  people: '查到的人员',
  leads: '线索',
  capped: '没有导完：这里只有前 {rows} 条。请缩小范围，分几次导出。',
} as const
