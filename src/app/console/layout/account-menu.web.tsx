import { Link } from 'react-router'
import { Icon, useKeyHelp, useSession, useTexts } from '#ui/web'
import { useRoleName } from '../session/role-name.web.ts'
import { useSignOut } from '../session/sign-out.web.ts'
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
