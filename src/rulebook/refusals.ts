import { defineRefusals } from '#base'

export const refusals = defineRefusals({
  'rulebook.pack-broken': {
    status: 500,
    zh: '规则包 {pack} 未通过检查，已停止启动：{finding}',
    en: 'The rule pack {pack} did not pass the checker; the start was stopped: {finding}',
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
