/** Stands where something was taken out of a log line. */
export const mask = '[masked]'

// Full-width digits and the separators people type count too. Fifteen digits and more: resident numbers of both
// generations (the last may be an X), bank cards. Eleven from 13… on: mobile numbers. 0871-…: landlines.
const digit = '[0-9０-９]'
const gap = '[ \\u00a0\\u3000-]?'
const longNumber = new RegExp(`${digit}(?:${gap}${digit}){14,}(?:${gap}[XxＸｘ])?`, 'gu')
const mobileNumber = new RegExp(
  `(?<!${digit})(?:\\+?(?:00)?86${gap})?[1１][3-9３-９]${digit}${gap}${digit}{4}${gap}${digit}{4}(?!${digit})`,
  'gu',
)
const landline = new RegExp(`(?<!${digit})[0０]${digit}{2,3}[ -]${digit}{7,8}(?!${digit})`, 'gu')
// Our own codes and messages are English: Chinese text in a log line is somebody's name, address or story.
const chinese = /\p{Script=Han}+/gu

/** Takes out whatever looks like a number of a person or like a name. The last net under the allow-list of keys. */
export const scrub = (text: string): string =>
  [longNumber, mobileNumber, landline, chinese].reduce((rest, pattern) => rest.replace(pattern, mask), text)
