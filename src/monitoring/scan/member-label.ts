import type { MemberLabel } from '#policy'
import { registryLabelOf } from '#registry'

/** Members spoken of by how they stand to the head of the household, never by name. */
export const memberLabelOf =
  (relations: ReadonlyMap<string, string>) =>
  (language: 'zh-CN' | 'en'): MemberLabel =>
  (memberId) => {
    const relation = relations.get(memberId)
    if (relation) return registryLabelOf('relation', relation, language === 'en' ? 'en' : 'zh')
    return language === 'en' ? 'a member' : '家庭成员'
  }
