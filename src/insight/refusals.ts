import { defineRefusals } from '#base'

export const refusals = defineRefusals({
  'insight.no-rules': {
    status: 409,
    zh: '本地没有可以模拟的项目规则包。',
    en: 'There is no pack of programmes here to simulate with.',
  },
  'insight.strange-change': {
    status: 422,
    zh: '这项改动不能模拟：{what}',
    en: 'This change cannot be simulated: {what}',
  },
  'insight.outside-region': {
    status: 403,
    zh: '只能模拟本辖区。',
    en: 'You may simulate your own region only.',
  },
  'insight.busy': {
    status: 503,
    zh: '正在计算其他模拟，排队的已满，请稍后再试。',
    en: 'Other simulations are being computed and enough are waiting; try again in a moment.',
  },
  'insight.facts-lost': {
    status: 409,
    zh: '这次模拟所用的快照已不在，请重新运行。',
    en: 'The facts this simulation was computed from are gone; run it again.',
  },
})
