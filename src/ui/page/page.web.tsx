import { Button } from 'antd'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Link } from 'react-router'
import { Icon } from '../marks/icon.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import './page.css'

/** A step on the way to a page; the last one, the page itself, has no address. */
export interface Breadcrumb {
  readonly label: string
  readonly to?: string
}

interface PageProps {
  readonly title: string
  /** Tags and short facts beside the title. */
  readonly marks?: ReactNode
  /** A line under the title. */
  readonly lead?: ReactNode
  /** Buttons; one primary at most. */
  readonly actions?: ReactNode
  /** Why this page, how to do the usual things, whom to ask. Shown on demand at the right. */
  readonly help?: ReactNode
  readonly breadcrumbs?: readonly Breadcrumb[]
  readonly children: ReactNode
}

/** The frame of a page: sets the document's title, and takes focus when one comes here from another page. */
export const Page = ({ title, marks, lead, actions, help, breadcrumbs = [], children }: PageProps) => {
  const { t } = useTexts(uiTexts)
  const heading = useRef<HTMLHeadingElement>(null)
  const [isHelpOpen, setIsHelpOpen] = useState(false)
  const helpId = useId()
  useEffect(() => {
    document.title = `${title} · ${document.documentElement.dataset.product ?? 'Doudi'}`
  }, [title])
  useEffect(() => {
    // Only after moving inside the console: on the first load focus belongs to the browser.
    if (window.history.state?.idx > 0) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className="dd-page">
      {breadcrumbs.length > 0 && <Breadcrumbs steps={breadcrumbs} />}
      <header className="dd-page-head">
        <div className="dd-page-title">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {marks}
        </div>
        <div className="dd-page-actions dd-no-print">
          {actions}
          {help && (
            <Button
              type="text"
              icon={<Icon name="help" />}
              aria-expanded={isHelpOpen}
              aria-controls={helpId}
              onClick={() => setIsHelpOpen(!isHelpOpen)}
            >
              {t('page.help')}
            </Button>
          )}
        </div>
      </header>
      {lead && <div className="dd-page-lead">{lead}</div>}
      <div className={isHelpOpen ? 'dd-page-body dd-page-body-helped' : 'dd-page-body'}>
        <div className="dd-page-content">{children}</div>
        {help && (
          <aside
            id={helpId}
            className="dd-page-help dd-card dd-no-print"
            hidden={!isHelpOpen}
            aria-label={t('page.help')}
          >
            {help}
            <Button onClick={() => setIsHelpOpen(false)}>{t('page.closeHelp')}</Button>
          </aside>
        )}
      </div>
    </div>
  )
}

const Breadcrumbs = ({ steps }: { readonly steps: readonly Breadcrumb[] }) => {
  const { t } = useTexts(uiTexts)
  return (
    <nav className="dd-breadcrumbs dd-no-print" aria-label={t('page.breadcrumbs')}>
      <ol>
        {steps.map(({ label, to }) => (
          <li key={label}>{to ? <Link to={to}>{label}</Link> : <span aria-current="page">{label}</span>}</li>
        ))}
      </ol>
    </nav>
  )
}

/** The first thing Tab reaches: jumps over what is the same on all pages. */
export const SkipLink = ({ target = 'main' }: { readonly target?: string }) => {
  const { t } = useTexts(uiTexts)
  return (
    <a className="dd-skip" href={`#${target}`}>
      {t('page.skip')}
    </a>
  )
}

/** A titled part of a page on a card of its own. */
export const Section = (props: {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}) => {
  const id = useId()
  return (
    <section className="dd-card dd-section" aria-labelledby={id}>
      <div className="dd-section-head">
        <h2 id={id}>{props.title}</h2>
        {props.actions && <div className="dd-page-actions dd-no-print">{props.actions}</div>}
      </div>
      {props.children}
    </section>
  )
}

/** Names and values side by side; `value` may be any component. Undefined shows 待查明, null shows 无. */
export const Facts = (props: {
  readonly items: readonly { readonly label: string; readonly value: ReactNode }[]
}) => {
  const { t } = useTexts(uiTexts)
  return (
    <dl className="dd-facts">
      {props.items.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value === undefined ? t('unknown') : value === null ? t('absent') : value}</dd>
        </div>
      ))}
    </dl>
  )
}
