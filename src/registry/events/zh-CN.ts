/** How the registry's events read in the chain; `{gap}` is filled from the event. */
export const zhCN = {
  'household-registered': '登记入库：户编号 {number}，{category}，{members} 人',
  'fact-recorded': '登记“{fact}”（{provenance}），待复核',
  'fact-checked': '“{fact}”复核通过',
  'fact-rejected': '“{fact}”复核未通过：{reason}',
  'label-added': '增加标签“{label}”，{from} 起',
  'label-ended': '结束标签“{label}”，自 {until}，原因：{reason}',
  'number-revealed': '查看公民身份号码，原因：{reason}',
  'lead-found': '由部门数据发现线索：{feedKinds}',
  'lead-registered': '线索人员已登记入库',
  'lead-dismissed': '排除线索：{reason}{note}',
  'row-adjudicated': '人工甄别“{feedKind}”数据：{verdict}',
  'adjudication-reopened': '撤销对“{feedKind}”数据的甄别结论',
} as const
