import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'
import { levelOf, parseRegionCode, regionCode } from '#base'
import { type MapPlace, PlaceMap } from '#insight/web'
import { type AlertQuery, type PlaceCounts, placeIn, useAlertCounts, usePlaces } from '#monitoring/web'
import {
  Count,
  EmptyState,
  ErrorState,
  type Grade,
  GradeBadge,
  LoadingSkeleton,
  Section,
  useSession,
  useTexts,
} from '#ui/web'
import { consoleTexts } from '../texts.ts'

const shows = ['all', 'overdue', 'red', 'orange', 'yellow'] as const
type Show = (typeof shows)[number]
const grades = ['red', 'orange', 'yellow'] as const

const filterOf = (show: Show): AlertQuery => {
  if (show === 'all') return {}
  return show === 'overdue' ? { due: 'overdue' } : { grade: show }
}

// The address of the first page, or of the desk, with the same filters for another place.
const homeHref = (show: Show, place: string | undefined): string => {
  const search = new URLSearchParams({ ...(place && { place }), ...(show !== 'all' && { show }) }).toString()
  return search ? `/?${search}` : '/'
}

const deskHref = (show: Show, region: string): string =>
  `/alerts?${new URLSearchParams({ region, ...(filterOf(show) as Record<string, string>) })}`

/** The desk with what lies in the place and in no lower one that is known. */
const unplacedHref = (show: Show, region: string): string => `${deskHref(show, region)}&unplaced=1`

const totalOf = ({ red, orange, yellow }: PlaceCounts): number => red + orange + yellow
const worstOf = (place: PlaceCounts): Grade | undefined => grades.find((grade) => place[grade] > 0)
const isVillage = (code: string): boolean => {
  const region = parseRegionCode(code)
  return region !== undefined && levelOf(region) === 'village'
}

/** Open alerts by place: a sketch and a list of the same figures, filters and place in the address. */
export const Places = () => {
  const { t } = useTexts(consoleTexts)
  const [address] = useSearchParams()
  const { region } = useSession().account
  const place = placeIn(region.code, address.get('place'))
  const show = shows.find((one) => one === address.get('show')) ?? 'all'
  return (
    <Section title={t('home.places')}>
      <div className="home-place-head">
        <Trail show={show} place={place} />
        <Shows show={show} place={place} />
      </div>
      <Below show={show} place={place ?? region.code} />
    </Section>
  )
}

const Trail = ({ show, place }: { readonly show: Show; readonly place: string | undefined }) => {
  const { t } = useTexts(consoleTexts)
  const { trail } = usePlaces(place === undefined ? undefined : regionCode(place))
  if (trail.length === 1) return null
  return (
    <ol className="home-path" aria-label={t('place')}>
      {trail.map(({ code, name }, index) => (
        <li key={code}>
          {index === trail.length - 1 ? (
            <span aria-current="location">{name}</span>
          ) : (
            <Link to={homeHref(show, index === 0 ? undefined : code)} preventScrollReset>
              {name}
            </Link>
          )}
        </li>
      ))}
    </ol>
  )
}

const Shows = ({ show, place }: { readonly show: Show; readonly place: string | undefined }) => {
  const { t } = useTexts(consoleTexts)
  return (
    <ul className="home-shows dd-no-print" aria-label={t('home.show.label')}>
      {shows.map((one) => (
        <li key={one}>
          <Link to={homeHref(one, place)} replace preventScrollReset aria-current={one === show || undefined}>
            {one === 'all' || one === 'overdue' ? t(`home.show.${one}`) : <GradeBadge grade={one} />}
          </Link>
        </li>
      ))}
    </ul>
  )
}

const Below = ({ show, place }: { readonly show: Show; readonly place: string }) => {
  const { t } = useTexts(consoleTexts)
  const { data, error, refetch } = useAlertCounts({ region: place, ...filterOf(show) })
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingSkeleton lines={8} />
  const unplaced = data.unplaced ?? 0
  if (data.byRegion.length === 0 && unplaced === 0) {
    return (
      <EmptyState
        icon="map"
        title={t('home.noPlaces')}
        action={<Link to={deskHref(show, place)}>{t('home.openDesk')}</Link>}
      >
        {t('home.noPlacesBody')}
      </EmptyState>
    )
  }
  const hrefOf = (code: string) => (isVillage(code) ? deskHref(show, code) : homeHref(show, code))
  const onMap = data.byRegion.map(
    (one): MapPlace => ({
      code: one.code,
      name: one.name,
      count: totalOf(one),
      worst: worstOf(one),
      href: hrefOf(one.code),
    }),
  )
  return (
    <div className="home-places">
      <PlaceMap
        code={place}
        title={t('home.places')}
        unit={t('home.unit')}
        places={onMap}
        apart={{ count: unplaced, href: unplacedHref(show, place) }}
      />
      <PlaceTable
        places={data.byRegion}
        show={show}
        hrefOf={hrefOf}
        last={unplaced > 0 && <UnplacedRow count={unplaced} href={unplacedHref(show, place)} />}
      />
    </div>
  )
}

const PlaceTable = (props: {
  readonly places: readonly PlaceCounts[]
  readonly show: Show
  readonly hrefOf: (code: string) => string
  readonly last: ReactNode
}) => {
  const { places, show, hrefOf, last } = props
  const { t } = useTexts(consoleTexts)
  const ordered = [...places].sort((a, b) => totalOf(b) - totalOf(a))
  return (
    <table className="dd-table home-place-table">
      <caption className="dd-unseen">{t('home.places')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('home.placeName')}</th>
          {grades.map((grade) => (
            <th key={grade} scope="col" className="dd-end">
              <GradeBadge grade={grade} compact />
            </th>
          ))}
          <th scope="col" className="dd-end">
            {t('home.overdue')}
          </th>
          <th scope="col" className="dd-end">
            {t('home.open')}
          </th>
        </tr>
      </thead>
      <tbody>
        {ordered.map((place) => (
          <tr key={place.code}>
            <th scope="row">
              <Link to={hrefOf(place.code)} preventScrollReset>
                {place.name}
              </Link>
            </th>
            {grades.map((grade) => (
              <td key={grade} className="dd-end">
                <Count value={place[grade]} />
              </td>
            ))}
            <td className="dd-end">
              <Count value={place.overdue} />
            </td>
            <td className="dd-end">
              <Link
                to={deskHref(show, place.code)}
                aria-label={t('home.openOf', { place: place.name, count: totalOf(place) })}
              >
                <Count value={totalOf(place)} />
              </Link>
            </td>
          </tr>
        ))}
        {last}
      </tbody>
    </table>
  )
}

/** What no row above counts, so that the column adds up to the whole. */
const UnplacedRow = ({ count, href }: { readonly count: number; readonly href: string }) => {
  const { t } = useTexts(consoleTexts)
  return (
    <tr>
      <th scope="row" colSpan={grades.length + 2}>
        {t('home.unplaced')}
      </th>
      <td className="dd-end">
        <Link to={href} aria-label={t('home.openUnplaced', { count })}>
          <Count value={count} />
        </Link>
      </td>
    </tr>
  )
}
