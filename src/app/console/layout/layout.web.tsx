import { Outlet, ScrollRestoration } from 'react-router'
import { isPermitted } from '#ui'
import { Icon, SkipLink, useMediaQuery, useSession, useTexts } from '#ui/web'
import type { ConsolePage } from '../pages.web.tsx'
import { useRoleName } from '../session/role-name.web.ts'
import { consoleTexts } from '../texts.ts'
import { AccountMenu } from './account-menu.web.tsx'
import { DemoBanner } from './demo-banner.web.tsx'
import { Disclosure } from './disclosure.web.tsx'
import { Navigation } from './navigation.web.tsx'
import { SearchBox } from './search-box.web.tsx'
import './layout.css'

/** The frame of all pages: top bar, navigation, content. Under 900 px the navigation is behind a button. */
export const Layout = ({ pages }: { readonly pages: readonly ConsolePage[] }) => {
  const session = useSession()
  const isCompact = useMediaQuery('(max-width: 899.98px)')
  const searched = pages.find(
    (page) => page.takesSearch && isPermitted(session.account.permissions, page.permission),
  )
  const search = searched && <SearchBox path={`/${searched.path}`} />
  return (
    <div className="console">
      <SkipLink />
      {session.demo && <DemoBanner businessDate={session.businessDate} />}
      <PrintHead />
      <header className="console-bar dd-no-print">
        {isCompact && <CompactMenu pages={pages} search={search} />}
        <Brand />
        <PlacePath isShort={isCompact} />
        {!isCompact && search}
        <Account isShort={isCompact} />
      </header>
      <div className="console-body">
        {!isCompact && (
          <div className="console-side dd-no-print">
            <Navigation pages={pages} />
          </div>
        )}
        <main id="main" className="console-main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <ScrollRestoration />
    </div>
  )
}

const Brand = () => {
  const { t } = useTexts(consoleTexts)
  return <span className="console-brand">{t('product')}</span>
}

const PlacePath = ({ isShort }: { readonly isShort: boolean }) => {
  const { t } = useTexts(consoleTexts)
  const { region } = useSession().account
  const places = isShort ? region.path.slice(-1) : region.path
  return (
    <ol className="console-place" aria-label={t('place')}>
      {places.map(({ code, name }) => (
        <li key={code}>{name}</li>
      ))}
    </ol>
  )
}

const Account = ({ isShort }: { readonly isShort: boolean }) => {
  const { t } = useTexts(consoleTexts)
  const { displayName } = useSession().account
  const role = useRoleName()
  return (
    <Disclosure
      className="console-account"
      label={isShort ? t('account.menu', { name: displayName }) : undefined}
      button={
        <>
          <Icon name="person" size={1.4} />
          {!isShort && (
            <span>
              {displayName} <span className="dd-quiet">{role}</span>
            </span>
          )}
          {!isShort && <Icon name="chevronDown" size={0.9} />}
        </>
      }
    >
      <AccountMenu />
    </Disclosure>
  )
}

const CompactMenu = (props: { readonly pages: readonly ConsolePage[]; readonly search: React.ReactNode }) => {
  const { t } = useTexts(consoleTexts)
  return (
    <Disclosure className="console-compact" label={t('nav.open')} button={<Icon name="menu" size={1.5} />}>
      {props.search}
      <Navigation pages={props.pages} />
    </Disclosure>
  )
}

// On paper: whose figures these are, who printed them and for which day.
const PrintHead = () => {
  const { t } = useTexts(consoleTexts)
  const { account, businessDate } = useSession()
  return (
    <div className="console-print-head">
      <span>{account.region.path.map(({ name }) => name).join(' › ')}</span>
      <span>{t('print.by', { name: account.displayName, organisation: account.organisation.name })}</span>
      <span>{t('print.on', { date: businessDate })}</span>
    </div>
  )
}
