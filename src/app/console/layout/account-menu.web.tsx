import { Link, useNavigate } from 'react-router'
import { apiFetch, Icon, useKeyHelp, useSession, useTexts, useToast } from '#ui/web'
import { useRoleName } from '../session/role-name.web.ts'
import { useSessionChange } from '../session/session-queries.web.ts'
import { consoleTexts } from '../texts.ts'
import { LanguageSwitch } from './language-switch.web.tsx'

/** Password, language, keys and the way out. */
export const AccountMenu = () => {
  const { t } = useTexts(consoleTexts)
  const openKeys = useKeyHelp()
  const signOut = useSignOut()
  return (
    <>
      <WhoAmI />
      <ul className="console-menu">
        <li>
          <Link to="/password">
            <Icon name="lock" />
            {t('account.password')}
          </Link>
        </li>
        <li>
          <button type="button" onClick={openKeys}>
            <Icon name="keyboard" />
            {t('account.keys')}
          </button>
        </li>
        <li>
          <button type="button" onClick={() => void signOut()}>
            <Icon name="logout" />
            {t('account.logout')}
          </button>
        </li>
      </ul>
      <LanguageSwitch />
    </>
  )
}

const WhoAmI = () => {
  const { account } = useSession()
  return (
    <p className="console-who">
      <strong>{account.displayName}</strong>
      <span className="dd-quiet">{useRoleName()}</span>
      <span className="dd-quiet">{account.organisation.name}</span>
    </p>
  )
}

const useSignOut = () => {
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
