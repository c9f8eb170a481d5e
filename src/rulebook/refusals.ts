import { defineRefusals } from '#base'

export const refusals = defineRefusals({
  'rulebook.pack-broken': {
    status: 500,
    zh: '规则包 {pack} 未通过检查，已停止启动：{finding}',
    en: 'The rule pack {pack} did not pass the checker; the start was stopped: {finding}',
  },
  'rulebook.contradicts-release': {
    status: 500,
    zh: '规则包文件与已发布的参数不一致，已停止启动：{file} 的“{parameter}”与调整单第 {number} 号（自 {from} 起）的值不同，请改成一致。',
    en: 'A file of the rule pack contradicts a released value; the start was stopped: “{parameter}” at {file} differs from change no. {number} (from {from}). Make them agree.',
  },
  'rulebook.no-such-programme': {
    status: 404,
    zh: '政策库里没有“{name}”。',
    en: 'The policy library has no “{name}”.',
  },
  'rulebook.change-unsound': {
    status: 422,
    zh: '这项调整没有通过检查：{what}',
    en: 'This change did not pass the checks: {what}',
  },
  'rulebook.version-unsound': {
    status: 422,
    zh: '这个指标版本没有通过检查：{what}',
    en: 'This version of the indicator did not pass the checks: {what}',
  },
  'rulebook.outside-region': {
    status: 403,
    zh: '只能调整本辖区的参数和指标。',
    en: 'You may change values and indicators of your own region only.',
  },
  'rulebook.own-proposal': {
    status: 403,
    zh: '发布和退回须由提出人以外的另一人办理。',
    en: 'A proposal is released or declined by somebody other than its proposer.',
  },
  'rulebook.not-own-proposal': {
    status: 403,
    zh: '只有提出人本人可以撤回。',
    en: 'Only the proposer may withdraw a proposal.',
  },
  'rulebook.proposal-decided': {
    status: 409,
    zh: '调整单第 {number} 号已经办结，不能再办理。',
    en: 'Change no. {number} has been decided already.',
  },
  'rulebook.strange-facts': {
    status: 422,
    zh: '这些事实不在规则包的事实表里，或者取值不对：{facts}',
    en: 'The pack does not know these facts, or not these values: {facts}',
  },
  'rulebook.strange-value': {
    status: 422,
    zh: '不能按这些参数值试算：{what}',
    en: 'These values cannot be tried: {what}',
  },
  'rulebook.household-too-large': {
    status: 422,
    zh: '试算的人数过多，最多 {most} 人（含义务人）。',
    en: 'Too many people for a trial: at most {most}, supporters included.',
  },
  'rulebook.rules-not-kept': {
    status: 409,
    zh: '当时的规则没有留存，理由不能重新列出；结论以存档为准。',
    en: 'The rules of that day were not kept, so the reasons cannot be listed again; the kept outcome stands.',
  },
  'rulebook.no-programmes': {
    status: 503,
    zh: '本地还没有可以试算的规则包。',
    en: 'No pack of rules for programmes is in force here.',
  },
  'rulebook.no-holidays': {
    status: 422,
    zh: '{year} 年没有填写放假日。没有放假安排的日历会算错办理时限。',
    en: 'No holidays were entered for {year}. Without them due dates would be counted wrongly.',
  },
  'rulebook.day-of-another-year': {
    status: 422,
    zh: '{day} 不属于 {year} 年的放假安排。',
    en: '{day} does not belong to the calendar of {year}.',
  },
  'rulebook.day-twice': {
    status: 422,
    zh: '{day} 同时列为放假和调休上班，请只保留一处。',
    en: '{day} is listed both as a holiday and as a make-up day; keep one of them.',
  },
  'rulebook.no-make-up-day': {
    status: 422,
    zh: '{day} 本来就是工作日，不需要列为调休上班日。',
    en: '{day} is a working day anyway and need not be listed as a make-up day.',
  },
})
