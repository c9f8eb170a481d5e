/** What the check of a version says beside what the checker of packs finds. */
export const checkTexts = {
  name: { zh: '请用中文和英文填写指标名称', en: 'Enter the name in Chinese and in English' },
  when: { zh: '请填写条件', en: 'Enter the condition' },
  sentence: {
    zh: '请用中文和英文填写预警说明句',
    en: 'Enter the sentence of the alert in Chinese and in English',
  },
  from: { zh: '请填写生效日', en: 'Enter the effective day' },
  source: { zh: '请填写依据的文件', en: 'Enter the document it rests on' },
  clause: { zh: '请填写条款', en: 'Enter the clause' },
  past: {
    zh: '生效日不能早于今天（{today}）：比对只看当天，已经提出的预警不会改变。',
    en: 'It cannot begin before today ({today}): scans look at their own day, and alerts already raised stay as they are.',
  },
  untilBeforeFrom: { zh: '停用日应晚于生效日', en: 'The end must lie after the beginning' },
  outside: { zh: '{region}不在您的辖区内。', en: '{region} lies outside your region.' },
  owner: { zh: '没有这个部门，请重新选择', en: 'There is no such department; choose another' },
  noDocument: { zh: '政策库里没有这份文件', en: 'The library does not have this document' },
  caseName: { zh: '请给每个用例起名', en: 'Give each case a name' },
  holds: { zh: '缺少一个条件成立的用例', en: 'There is no case in which the condition holds' },
  holdsNot: { zh: '缺少一个条件不成立的用例', en: 'There is no case in which the condition does not hold' },
  open: {
    zh: '缺少一个事实待查明、因而不能判断的用例',
    en: 'There is no case that stays open because a fact is missing',
  },
  caseFails: {
    zh: '应为“{expected}”，现在是“{actual}”',
    en: 'should {expected}, but comes out as: {actual}',
  },
  results: {
    holds: { zh: '成立', en: 'hold' },
    holdsNot: { zh: '不成立', en: 'not hold' },
    open: { zh: '待查明', en: 'stay open' },
  },
  sameDay: {
    zh: '这项指标在{region}自 {from} 起已经有一个版本，请改生效日',
    en: 'This indicator has a version for {region} from {from} already; choose another day',
  },
} as const
