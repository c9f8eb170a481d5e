/** Departments that send files. */
export const zhCN = {
  department: {
    police: '公安',
    justice: '司法行政',
    resources: '自然资源',
    market: '市场监管',
    labour: '人力资源和社会保障',
    fund: '住房公积金',
    finance: '财政',
    insurance: '医疗保障',
    disabled: '残联',
    education: '教育',
    civil: '民政',
    agriculture: '农业农村',
    emergency: '应急管理',
  },
} as const
