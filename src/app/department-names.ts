/** What departments are called on pages. */
export const departmentNames: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  police: { zh: '公安', en: 'Police' },
  justice: { zh: '司法行政', en: 'Justice' },
  resources: { zh: '自然资源', en: 'Natural resources' },
  market: { zh: '市场监管', en: 'Market regulation' },
  labour: { zh: '人力资源社会保障', en: 'Labour and social security' },
  fund: { zh: '住房公积金', en: 'Housing fund' },
  finance: { zh: '财政', en: 'Finance' },
  insurance: { zh: '医疗保障', en: 'Medical insurance' },
  disabled: { zh: '残联', en: 'Disabled persons federation' },
  education: { zh: '教育', en: 'Education' },
  civil: { zh: '民政', en: 'Civil affairs' },
  agriculture: { zh: '农业农村', en: 'Agriculture' },
  emergency: { zh: '应急管理', en: 'Emergency management' },
}

/** What an alert is called that no indicator raised. */
export const raisedByPerson = { zh: '人工上报', en: 'Raised by a person' } as const
