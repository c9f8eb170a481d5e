export const zhCN = {
  title: '预警',
  raise: '上报预警',
  empty: '没有预警',
  emptyBody: '部门数据比对、走访或来电发现的变化会列在这里。',
  thisSubject: '本页的家庭或人员',
  list: '预警列表',
  raisedOn: '发现于 {{date}}',
} as const
