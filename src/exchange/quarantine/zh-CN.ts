/** Why a file waits for a person before anything is made of it. */
export const zhCN = {
  'no-rows': '没有任何合格行',
  'too-few-rows': '行数 {found} 比上次的 {expected} 减少超过 {percent}%',
  'too-many-rows': '行数 {found} 比上次的 {expected} 增加超过 {percent}%',
  'wrong-period': '数据所属月份最晚为 {found}，应为 {expected}',
  'too-many-rejects': '不合格行占 {found}%，超过 {limit}%',
  'too-many-empty': '“{field}”为空的行占 {found}%，超过 {limit}%',
  'too-many-deaths': '登记对象中有 {found} 人被列为死亡，超过合理人数（{limit} 人）',
  'rounded-numbers': '末三位为 000 的公民身份号码占 {found}%，可能被电子表格取整',
  'unreadable-names': '姓名含无法识别字符的行占 {found}%，可能是编码有误',
} as const
