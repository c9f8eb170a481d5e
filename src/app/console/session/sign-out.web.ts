import { useNavigate } from 'react-router'
import { apiFetch, useTexts, useToast } from '#ui/web'
import { consoleTexts } from '../texts.ts'
import { useSessionChange } from './session-queries.web.ts'

/** Ends the session, and says so when that did not arrive. */
export const useSignOut = () => {
  const { t } = useTexts(consoleTexts)
  const { end } = useSessionChange()
  const toast = useToast()
  const navigate = useNavigate()
  return async () => {
    try {
      await apiFetch('/api/v1/access/logout', { method: 'POST' })
    } catch {
      // A session that may still live must not look ended on a shared computer.
      return toast({ text: t('account.logoutFailed'), tone: 'red' })
    }
    end()
    await navigate('/login', { replace: true })
  }
}
