import { useCallback, useMemo } from 'react'
import { Link, useLocation } from 'react-router'
import { type FilterField, isPermitted } from '#ui'
import { StatusTag, useLanguage, useSession, useTexts } from '#ui/web'
import type { CitationView, PlainText } from './contract.ts'
import { libraryTexts } from './texts.ts'
import './library.css'

/** Picks the reader's language of a text. */
export const usePick = () => {
  const { language } = useLanguage()
  return useCallback(
    (text: { readonly zh: string; readonly en: string }): string => (language === 'en' ? text.en : text.zh),
    [language],
  )
}

const tabs = [
  ['library', '/policies', 'policy.read'],
  ['parameters', '/policies/parameters', 'policy.read'],
  ['indicators', '/policies/indicators', 'policy.read'],
  ['differences', '/policies/differences', 'policy.read'],
  ['proposals', '/policies/proposals', 'policy.read'],
  ['cases', '/policies/cases', 'policy.read'],
  ['trials', '/trials', 'trial.read'],
  ['simulations', '/simulations', 'simulation.read'],
  ['calendar', '/calendar', 'calendar.read'],
] as const

/** The parts of the policy library that the reader may open, on each of its pages. */
export const PolicyTabs = () => {
  const { t } = useTexts(libraryTexts)
  const { permissions } = useSession().account
  const { pathname } = useLocation()
  const isAt = (path: string): boolean => pathname === path || pathname.startsWith(`${path}/`)
  // What is proposed of indicators is read from their page and has no tab of its own.
  const isCurrent = (name: string, to: string): boolean =>
    name === 'library'
      ? pathname === to
      : isAt(to) || (name === 'indicators' && isAt('/policies/indicator-proposals'))
  return (
    <nav className="policy-tabs dd-no-print" aria-label={t('tabs.label')}>
      <ul>
        {tabs
          .filter(([, , permission]) => isPermitted(permissions, permission))
          .map(([name, to]) => (
            <li key={name}>
              <Link to={to} aria-current={isCurrent(name, to) ? 'page' : undefined}>
                {t(`tabs.${name}`)}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  )
}

/** The filters by day and region. */
export const useWhenFields = (
  places: readonly { readonly code: string; readonly name: string }[] | undefined,
): readonly FilterField[] => {
  const { t } = useTexts(libraryTexts)
  return useMemo(
    () => [
      { id: 'on', kind: 'date', label: t('when.on') },
      {
        id: 'region',
        kind: 'select',
        label: t('when.region'),
        emptyLabel: t('when.own'),
        options: (places ?? []).map(({ code, name }) => ({ value: code, label: name })),
      },
    ],
    [t, places],
  )
}

/** A document with its clause and what it says. */
export const Citation = ({ citation }: { readonly citation: CitationView }) => {
  const { t } = useTexts(libraryTexts)
  const pick = usePick()
  const { title, number, clause, says, status } = citation
  return (
    <span className="policy-citation">
      {pick(title)}
      {number && `（${number}）`} <strong>{clause}</strong>
      {status && status !== 'in-force' && (
        <>
          {' '}
          <StatusTag>{t(`status.${status}`)}</StatusTag>
        </>
      )}
      {says && <span className="dd-quiet policy-says">{pick(says)}</span>}
    </span>
  )
}

/** Citations, one a line. */
export const Citations = ({ citations }: { readonly citations: readonly CitationView[] }) => (
  <ul className="policy-citations">
    {citations.map((citation) => (
      <li key={`${citation.document} ${citation.clause}`}>
        <Citation citation={citation} />
      </li>
    ))}
  </ul>
)

/** A rule in plain words: a line, and its parts under it. */
export const Plain = ({ plain }: { readonly plain: PlainText }) => (
  <div className="policy-plain">
    <p>{plain.text}</p>
    <PlainParts parts={plain.parts} />
  </div>
)

const PlainParts = ({ parts }: { readonly parts: readonly PlainText[] }) =>
  parts.length === 0 ? null : (
    <ul>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a rule never change their order.
        <li key={index}>
          {part.text}
          <PlainParts parts={part.parts} />
        </li>
      ))}
    </ul>
  )
