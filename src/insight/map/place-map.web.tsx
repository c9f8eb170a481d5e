import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { Link } from 'react-router'
import { countText } from '#ui'
import { ErrorState, type Grade, GradeBadge, LoadingSkeleton, useIsNarrow, useTexts } from '#ui/web'
import { type Drawn, draw, tintOf } from './projection.ts'
import { hasShapes, loadShapes } from './shapes.web.ts'
import { mapTexts } from './texts.ts'
import './map.css'

/** One place on the map. */
export interface MapPlace {
  readonly code: string
  readonly name: string
  readonly count: number
  /** The worst grade among what is counted; absent when nothing is. */
  readonly worst?: Grade
  /** Where the place leads. */
  readonly href: string
}

interface PlaceMapProps {
  /** The place whose lower places are shown. */
  readonly code: string
  readonly title: string
  /** What is counted, in a word: 条. */
  readonly unit: string
  readonly places: readonly MapPlace[]
  /** What is counted for the place but for none of the lower ones, with where it leads; left out when nothing is. */
  readonly apart?: { readonly count: number; readonly href: string }
  /** Shown where no outlines are kept for the place. */
  readonly otherwise?: ReactNode
}

const widths = { desk: 640, phone: 328 } as const

/** A sketch of a place: every lower place a link with the sign of its worst grade, its name and its figure. */
export const PlaceMap = (props: PlaceMapProps) =>
  hasShapes(props.code) ? <Sketch {...props} /> : (props.otherwise ?? null)

const Sketch = ({ code, title, unit, places, apart }: PlaceMapProps) => {
  const { t } = useTexts(mapTexts)
  const isNarrow = useIsNarrow()
  const { data, error, refetch } = useQuery({
    queryKey: ['insight/shapes', code],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => loadShapes(code),
  })
  const drawing = useMemo(() => data && draw(data, isNarrow ? widths.phone : widths.desk), [data, isNarrow])
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!drawing) return <LoadingSkeleton lines={8} />
  const byCode = new Map(places.map((place) => [place.code, place]))
  const largest = Math.max(0, ...places.map(({ count }) => count))
  const margin = 4
  const box = `${-margin} ${-margin} ${drawing.width + 2 * margin} ${drawing.height + 2 * margin}`
  return (
    <figure className="place-map">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset */}
      <svg viewBox={box} role="group" aria-label={t('label', { title })}>
        {drawing.places.map((drawn) => (
          <PlaceShape
            key={drawn.code}
            drawn={drawn}
            place={byCode.get(drawn.code)}
            unit={unit}
            tint={tintOf(byCode.get(drawn.code)?.count ?? 0, largest)}
            isNarrow={isNarrow}
          />
        ))}
      </svg>
      <figcaption>
        {apart && apart.count > 0 && (
          <Link className="place-map-apart" to={apart.href}>
            {t('apart', { count: apart.count, unit })}
          </Link>
        )}
        <strong>{t('sketch')}</strong> <span className="dd-quiet">{t('sketchNote')}</span>
        <span className="place-map-legend">
          {(['red', 'orange', 'yellow'] as const).map((grade) => (
            <GradeBadge key={grade} grade={grade} />
          ))}
          <span className="dd-quiet">{t('legend')}</span>
        </span>
      </figcaption>
    </figure>
  )
}

const signs: { readonly [G in Grade]: ReactNode } = {
  red: <circle cx="0" cy="0" r="5" />,
  orange: <path d="M0-5.5 5.5 4.5H-5.5Z" />,
  yellow: <path d="M0-6 6 0 0 6-6 0Z" />,
}

const PlaceShape = (props: {
  readonly drawn: Drawn
  readonly place: MapPlace | undefined
  readonly unit: string
  readonly tint: number
  readonly isNarrow: boolean
}) => {
  const { drawn, place, unit, tint, isNarrow } = props
  const { t } = useTexts(mapTexts)
  const { path, label } = drawn
  const name = place?.name ?? drawn.name
  if (!place) return <path className="place-map-shape" data-tint={0} d={path} />
  const { count, worst, href } = place
  const figure = countText(count)
  const hasSign = worst !== undefined && count > 0
  // Sign and figure stand side by side around the middle: a figure of this size is about 8 wide.
  const signAt = -4 * figure.length - 4
  const line = isNarrow ? 0 : 10
  const words =
    count === 0
      ? t('placeNone', { name })
      : t('place', { name, count, unit, sign: t(`sign.${worst ?? 'none'}`) })
  return (
    <Link to={href} aria-label={words} preventScrollReset>
      <path className="place-map-shape" data-tint={tint} d={path}>
        <title>{words}</title>
      </path>
      <g className="place-map-label" transform={`translate(${label[0]} ${label[1]})`}>
        {!isNarrow && <text y="-5">{name}</text>}
        {hasSign && (
          <g className={`place-map-${worst}`} transform={`translate(${signAt} ${line})`}>
            {signs[worst]}
          </g>
        )}
        <text className="place-map-figure" x={hasSign ? 6 : 0} y={line + 5}>
          {figure}
        </text>
      </g>
    </Link>
  )
}
