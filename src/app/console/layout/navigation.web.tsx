import { Link, useLocation } from 'react-router'
import { countText, isPermitted } from '#ui'
import { Icon, useSession, useTexts } from '#ui/web'
import type { ConsolePage } from '../pages.web.tsx'
import { consoleTexts } from '../texts.ts'
import { useWaitingCounts } from './waiting-counts.web.ts'

const lies = (pathname: string, below: string): boolean =>
  pathname === below || (below !== '/' && pathname.startsWith(`${below}/`))

/** The entries the reader may open, each with what waits there. */
export const Navigation = ({ pages }: { readonly pages: readonly ConsolePage[] }) => {
  const { t } = useTexts(consoleTexts)
  const { permissions } = useSession().account
  const counts = useWaitingCounts()
  const { pathname } = useLocation()
  const entries = pages.flatMap(({ id, path, nav, permission }) => {
    if (!nav || !isPermitted(permissions, permission)) return []
    const count = counts[id] ?? 0
    // What is counted is what one sees on arriving.
    const isHere = [path, ...(nav.covers ?? [])].some((part) => lies(pathname, `/${part}`))
    return [{ id, to: count > 0 ? `/${path}${nav.waiting ?? ''}` : `/${path}`, nav, count, isHere }]
  })
  return (
    <nav className="console-nav" aria-label={t('nav.label')}>
      <ul>
        {entries.map(({ id, to, nav, count, isHere }) => (
          <li key={id}>
            <Link to={to} aria-current={isHere ? 'page' : undefined}>
              <Icon name={nav.icon} />
              <span className="console-nav-text">{t(nav.text)}</span>
              {count > 0 && (
                <span className="console-nav-count">
                  <span aria-hidden="true">{countText(count)}</span>
                  <span className="dd-unseen">{t('count', { count })}</span>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
