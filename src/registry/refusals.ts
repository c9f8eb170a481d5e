import { defineRefusals } from '#base'

export const refusals = defineRefusals({
  'registry.import-invalid': {
    status: 422,
    zh: '导入的家庭 {household} 有误：{fault}。整批未导入。',
    en: 'Household {household} of the import is not valid: {fault}. Nothing was imported.',
  },
  'registry.pass-overtaken': {
    status: 409,
    zh: '另一次扫描刚刚写入了结果，本次未写入任何内容。请重新扫描。',
    en: 'Another scan has just kept its results; this one kept nothing. Start it again.',
  },
  'registry.number-taken': {
    status: 409,
    zh: '有公民身份号码已在另一户登记，整批未保存。请先核对重复人员。',
    en: 'A resident number is already registered in another household; nothing was saved.',
  },
  'registry.search-too-short': {
    status: 422,
    zh: '请输入公民身份号码、证件号后四位、户编号、姓名（至少一个字）或拼音首字母（至少两个）。',
    en: 'Enter a resident number, its last four characters, a household number, a name, or at least two pinyin initials.',
  },
  'registry.inside-too-short': {
    status: 422,
    zh: '查姓名中间的字，至少要输入两个字。',
    en: 'To search inside names, enter at least two characters.',
  },
  'registry.number-invalid': {
    status: 422,
    zh: '公民身份号码有误：{reason}。请核对后重新输入。',
    en: 'The resident number is not valid: {reason}.',
  },
  'registry.no-number': {
    status: 409,
    zh: '没有登记公民身份号码。',
    en: 'No resident number is recorded.',
  },
  'registry.number-in-text': {
    status: 422,
    zh: '说明中不能写公民身份号码，请删除后再提交。',
    en: 'The text must not contain a resident number; take it out and send it again.',
  },
  'registry.fact-invalid': {
    status: 422,
    zh: '“{label}”的填写有误：{fault}。',
    en: 'The value of “{label}” is not valid: {fault}.',
  },
  'registry.fact-of-other-subject': {
    status: 422,
    zh: '“{label}”不能登记在所选的对象上。',
    en: '“{label}” cannot be recorded for the chosen subject.',
  },
  'registry.fact-already-checked': {
    status: 409,
    zh: '这条信息已经复核过，请刷新后查看。',
    en: 'This fact has been checked already; reload to see it.',
  },
  'registry.fact-own-check': {
    status: 403,
    zh: '录入人不能复核自己录入的信息，请由另一位工作人员复核。',
    en: 'Who recorded a fact may not check it; a second person has to.',
  },
  'registry.household-ended': {
    status: 409,
    zh: '该户已退出，不能再登记信息。',
    en: 'The household has left the registry; nothing can be recorded for it.',
  },
  'registry.label-of-other-subject': {
    status: 422,
    zh: '这个标签不能加在所选的对象上：需求标签加在全户，老、小、残、病标签加在现有成员。',
    en: 'The label does not fit: needs go with the household, old, minor, disabled and ill with a present member.',
  },
  'registry.label-days': {
    status: 422,
    zh: '日期有误：生效日期不能晚于今天，结束日期应在生效日期与今天之间。',
    en: 'The date does not fit: a label begins today at the latest and ends between its first day and today.',
  },
  'registry.label-in-force': {
    status: 409,
    zh: '已有这个标签，不必重复增加。',
    en: 'The label is there already.',
  },
  'registry.label-over': {
    status: 409,
    zh: '这个标签已经结束，请刷新后查看。',
    en: 'The label has ended already; reload to see it.',
  },
  'registry.adjudication-decided': {
    status: 409,
    zh: '这一项已经处理或已撤回，请刷新后查看。',
    en: 'This case is already decided or withdrawn; reload to see it.',
  },
  'registry.not-a-candidate': {
    status: 422,
    zh: '所选人员不在候选名单中。',
    en: 'The chosen person is not among the candidates.',
  },
  'registry.candidate-outside': {
    status: 403,
    zh: '有候选人员不在您的辖区内，请由上级单位处理。',
    en: 'A candidate is outside your area; an office above has to decide.',
  },
  'registry.adjudication-open': {
    status: 409,
    zh: '这一项还没有处理，不需要撤销。',
    en: 'This case is not decided, so there is nothing to undo.',
  },
  'registry.decision-used': {
    status: 409,
    zh: '甄别结论已用于监测比对，不能再撤销。',
    en: 'The decision has been used by a scan and can no longer be undone.',
  },
  'registry.lead-closed': {
    status: 409,
    zh: '这条线索已经处理，请刷新后查看。',
    en: 'This lead is no longer open; reload to see it.',
  },
})
