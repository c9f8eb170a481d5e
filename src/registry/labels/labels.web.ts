import { feedDefinition, isFeedKind } from '#exchange'
import { useLanguage } from '#ui/web'
import { labelOf } from './labels.ts'

/** The registry's words for its codes, in the reader's language. */
export const useLabels = () => {
  const { language } = useLanguage()
  const short = language === 'en' ? 'en' : 'zh'
  return {
    short,
    label: (group: Parameters<typeof labelOf>[0], code: string) => labelOf(group, code, short),
    feedName: (kind: string) => (isFeedKind(kind) ? feedDefinition(kind)[short] : kind),
    join: (words: readonly string[]) => words.join(short === 'zh' ? '、' : ', '),
  } as const
}
