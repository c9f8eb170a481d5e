export const zhCN = {
  sketch: '示意图',
  sketchNote: '边界经过简化，只表示大致位置；数字与旁边的列表相同。',
  label: '{{title}}，示意图',
  place: '{{name}}：{{count}}{{unit}}，{{sign}}',
  placeNone: '{{name}}：没有',
  sign: { red: '有红色', orange: '有橙色', yellow: '有黄色', none: '无' },
  apart: '另有 {{count}} {{unit}}没有画在图上，所在的下级地区待查明',
  legend: '图例：符号表示该地最高等级，数字为条数，颜色越深条数越多',
} as const
