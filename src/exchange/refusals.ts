import { defineRefusals } from '#base'

/** What this room refuses as a whole; a row that is refused alone is a reject, not a refusal. */
export const exchangeRefusals = defineRefusals({
  'exchange.unreadable': {
    status: 422,
    zh: '文件损坏或不完整，无法读取',
    en: 'The file is damaged or incomplete and cannot be read',
  },
  'exchange.empty': { status: 422, zh: '文件里没有数据行', en: 'The file holds no data rows' },
  'exchange.encrypted': {
    status: 422,
    zh: '文件设有密码，请去掉密码后重新上传',
    en: 'The file is protected by a password; remove it and upload again',
  },
  'exchange.old-format': {
    status: 422,
    zh: '这是旧版 xls 文件，请另存为 xlsx 或 CSV 后重新上传',
    en: 'This is an old xls file; save it as xlsx or CSV and upload again',
  },
  'exchange.unsupported-format': {
    status: 415,
    zh: '不支持这种文件（{found}），请使用 xlsx、CSV、制表符或竖线分隔的文本',
    en: 'Files of this kind ({found}) are not supported; use xlsx, CSV, or text separated by tabs or bars',
  },
  'exchange.too-big': {
    status: 413,
    zh: '文件超过允许的大小（{limitMiB} MiB）',
    en: 'The file exceeds the size allowed ({limitMiB} MiB)',
  },
  'exchange.bomb': {
    status: 422,
    zh: '文件解压后异常膨胀，已停止读取',
    en: 'The file inflates beyond reason; reading was stopped',
  },
  'exchange.unsafe-content': {
    status: 422,
    zh: '文件含有不允许的内容（文档类型声明）',
    en: 'The file holds content that is not allowed (a document type declaration)',
  },
  'exchange.too-wide': {
    status: 422,
    zh: '工作表“{sheet}”的列数超过 {limit}',
    en: 'Sheet “{sheet}” has more than {limit} columns',
  },
  'exchange.no-header': {
    status: 422,
    zh: '前 {rows} 行内没有找到表头',
    en: 'No header row was found within the first {rows} rows',
  },
  'exchange.unknown-layout': {
    status: 422,
    zh: '表头不符合任何已登记的版式，请先为它建立对应关系',
    en: 'The headers fit no registered layout; make a mapping for it first',
  },
  'exchange.columns-missing': {
    status: 422,
    zh: '工作表“{sheet}”缺少必需的列：{columns}',
    en: 'Sheet “{sheet}” lacks required columns: {columns}',
  },
  'exchange.statistics-table': {
    status: 422,
    zh: '这是按地区汇总的统计表，不是人员名单',
    en: 'This is a table of totals by region, not a list of people',
  },
  'exchange.unknown-unit': {
    status: 422,
    zh: '工作表“{sheet}”的金额单位“{unit}”不能识别',
    en: 'Sheet “{sheet}” states money in a unit that is not known: “{unit}”',
  },
  'exchange.too-slow': {
    status: 422,
    zh: '文件在 {limitSeconds} 秒内没有读完，已停止',
    en: 'Reading did not finish within {limitSeconds} seconds and was stopped',
  },
  'exchange.out-of-memory': {
    status: 422,
    zh: '读取文件需要的内存超过允许的范围，已停止',
    en: 'Reading the file needs more memory than allowed and was stopped',
  },
  'exchange.wrong-state': {
    status: 409,
    zh: '文件当前状态为“{status}”，不能进行这一步操作。请刷新后查看。',
    en: 'The file is {status}; this step is not possible. Reload to see it.',
  },
  'exchange.no-file': {
    status: 400,
    zh: '没有收到文件，请重新选择。',
    en: 'No file was received; choose it again.',
  },
  'exchange.no-layout': {
    status: 422,
    zh: '没有可用于读取这份文件的版式：指定的版式不存在、已停用，或不属于本部门。',
    en: 'No layout can read this file: the one named does not exist, is retired, or is another department’s.',
  },
  'exchange.known-elsewhere': {
    status: 409,
    zh: '内容完全相同的文件已由其他部门报送到同一地区，不再重复接收。',
    en: 'Another department has already sent exactly this file for the same region; it is not taken in twice.',
  },
  'exchange.layout-faulty': {
    status: 422,
    zh: '版式的对应关系不完整或有误，没有保存：{faults}',
    en: 'The mapping is incomplete or wrong; nothing was saved: {faults}',
  },
  'exchange.layout-not-local': {
    status: 409,
    zh: '这是随平台发布的版式，不能停用；可以为它另存一版。',
    en: 'This layout ships with the platform and cannot be retired; save a version of your own instead.',
  },
  'exchange.busy': {
    status: 409,
    zh: '这份文件正在读取或处理，请稍后再试。',
    en: 'This file is being read or decided on at this moment; try again shortly.',
  },
  'exchange.cancelled': {
    status: 409,
    zh: '读取已取消',
    en: 'Reading was cancelled',
  },
})

export type ExchangeRefusalCode = keyof typeof exchangeRefusals
