import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  title: 'Working days',
  lead: 'Deadlines are counted in working days. Holidays and make-up days follow the yearly notice of the State Council’s General Office; years without a notice are not guessed.',
  help: {
    what: 'Red with “off” is a holiday, blue with “work” a weekend day that is worked. Other weekends are days off; other days from Monday to Friday are working days.',
    how: 'When the notice is published the administrator enters it; deadlines that waited for that year are then computed.',
    who: 'If a day differs from the notice, tell the administrator of your organisation.',
  },
  years: 'Years',
  awaitedYear: '{{year}} (to be entered)',
  awaited: {
    title: 'The holidays of {{years}} have not been entered yet',
    body: 'Some deadlines wait for this calendar. They are shown as “Awaiting the working-day calendar” and listed with the most urgent.',
    enter: 'Enter {{year}}',
    ask: 'Please have the administrator enter it once the notice is published.',
  },
  summary: '{{holidays}} days off, {{workdays}} make-up days.',
  source: 'Source: {{source}}',
  shipped: 'Comes with the program, from the notice of the General Office; see {{source}}',
  edit: 'Change this year',
  enter: 'Enter {{year}}',
  legend: { label: 'Legend', holiday: 'Holiday', workday: 'Make-up day' },
  rest: 'off',
  work: 'work',
  month: '{{year}}-{{month}}',
  weekday: { d1: 'Mo', d2: 'Tu', d3: 'We', d4: 'Th', d5: 'Fr', d6: 'Sa', d7: 'Su' },
  day: {
    holiday: '{{day}}, holiday',
    workday: '{{day}}, make-up day',
    plain: '{{day}}',
  },
  empty: {
    title: 'No year has been entered yet',
    body: 'Deadlines can be counted in working days once the published holidays are entered.',
  },
  missing: '{{year}} has not been entered yet',
  form: {
    title: 'Holidays of {{year}}',
    notice: 'Text of the notice',
    noticeHint: 'Paste the notice and press “Find the days”; then check what was found, day by day.',
    find: 'Find the days',
    found: 'Found {{holidays}} days off and {{workdays}} make-up days; compare them with the notice.',
    foundNone: 'No days were found; please enter them by hand.',
    holidays: 'Holidays',
    holidaysHint:
      'One range a line, such as 2027-01-01 ~ 2027-01-03, or a single day. Include the weekends within it.',
    workdays: 'Make-up days',
    workdaysHint: 'Weekend days only, such as 2026-01-04. Leave it empty if there are none.',
    count_one: '{{count}} day',
    count_other: '{{count}} days',
    source: 'Source',
    sourceHint: 'Name or number of the notice',
    grid: 'Check on the calendar',
    gridHint:
      'You can also press the days: once for a holiday, once more at a weekend for a make-up day, and again to undo.',
    save: 'Save {{year}}',
    cancel: 'Cancel',
    confirmTitle: 'Save the calendar of {{year}}',
    confirmBody:
      '{{holidays}} days off, {{workdays}} make-up days. Deadlines that waited for this year are computed at once; those already shown do not change.',
    saved: 'The calendar of {{year}} has been saved',
    changed: {
      title: 'Someone else has just changed the calendar of {{year}}; nothing was saved',
      body: 'What you entered is still below; copy what you need. Load the latest content, check it, and change it again.',
      load: 'Load the latest and drop my changes',
    },
    errors: {
      unread: 'Cannot be read: {{piece}}',
      empty: 'Enter the holidays',
      otherYear: '{{day}} does not belong to this year’s notice',
      twice: '{{day}} is listed both as a holiday and as a make-up day',
      noWeekend: '{{day}} is a working day anyway and need not be listed',
      source: 'Enter the source, at least 2 characters',
    },
  },
}
