import type { Said } from '../proposing/say.ts'

/** What the checks of a change say. */
export const checkTexts = {
  noParameter: {
    zh: '规则包里没有参数“{name}”。',
    en: 'The pack has no parameter “{name}”.',
  },
  range: { zh: '“{label}”应在 {low} 至 {high} 之间。', en: '“{label}” must lie between {low} and {high}.' },
  options: { zh: '“{label}”只能是：{options}。', en: '“{label}” must be one of: {options}.' },
  type: { zh: '填写的值与“{label}”的类型不符。', en: 'The value is not of the type of “{label}”.' },
  floor: {
    zh: '“{label}”{value}，低于下限：“{floor}”为{least}，乘以 {times}。',
    en: '“{label}” {value} lies under its floor: “{floor}” is {least}, times {times}.',
  },
  sameDay: {
    zh: '“{label}”在{region}自 {from} 起已经有值，不能再定一个不同的值。',
    en: '“{label}” has another value for {region} from {from} already.',
  },
  overlap: {
    zh: '“{label}”的前一个值写明了终止日，与这次的起始日重叠。',
    en: 'The value of “{label}” before has an end, which lies after this beginning.',
  },
  gap: {
    zh: '“{label}”的前一个值到期后有空档，请把起始日提前到它的终止日。',
    en: 'The value of “{label}” before ends earlier; begin on the day it ends.',
  },
  untilBeforeFrom: { zh: '终止日应晚于起始日。', en: 'The end must lie after the beginning.' },
  noDocument: { zh: '政策库里没有这份文件。', en: 'The library does not have this document.' },
  outside: { zh: '{region}不在您的辖区内。', en: '{region} lies outside your region.' },
  notOfPack: {
    zh: '{region}不在规则包“{pack}”的适用范围内。',
    en: '{region} is not within the pack “{pack}”.',
  },
  retroactive: {
    zh: '起始日 {from} 早于今天 {today}：已经作出的决定不会自动改变，需要补发或更正的请另行办理。',
    en: 'It begins on {from}, before today ({today}): decisions made stay as they are and must be corrected one by one.',
  },
  same: {
    zh: '与 {from} 在{region}已经适用的值相同。',
    en: 'It is the value that holds in {region} on {from} already.',
  },
  superseded: {
    zh: '自 {from} 起已有另一个值，这次的值只用到那一天之前。',
    en: 'Another value begins on {from}; this one holds until then.',
  },
  narrower: {
    zh: '{region}另有自己的值，不受这次调整影响。',
    en: '{region} has a value of its own, which stays.',
  },
} as const satisfies Readonly<Record<string, Said>>
