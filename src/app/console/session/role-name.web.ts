import { useSession, useTexts } from '#ui/web'
import { consoleTexts, roleKeyOf } from '../texts.ts'

/** The reader's role in words. */
export const useRoleName = (): string => {
  const { t } = useTexts(consoleTexts)
  const { role } = useSession().account
  const key = roleKeyOf(role)
  return key ? t(key) : role
}
