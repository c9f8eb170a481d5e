import type { ReactNode } from 'react'
import { Shape, type ShapeName } from '../marks/icon.web.tsx'
import type { Tone } from '../tokens/tokens.ts'
import './timeline.css'

/** One thing that happened. */
export interface TimelineEntry {
  readonly id: string
  /** `2026-05-18` or `2026-05-18 09:30`, newest first in the list; the first seven characters are its month. */
  readonly at: string
  readonly title: ReactNode
  /** Who did it, in which office. */
  readonly by?: ReactNode
  readonly body?: ReactNode
  readonly tone?: Tone
}

const shapeOf: { readonly [T in Tone]: ShapeName } = {
  red: 'circle',
  orange: 'triangle',
  yellow: 'diamond',
  good: 'tick',
  primary: 'ring',
  neutral: 'ring',
}

/** What happened, in the order given, under a heading for each month. */
export const Timeline = (props: { readonly label: string; readonly entries: readonly TimelineEntry[] }) => {
  const months = [...new Set(props.entries.map(({ at }) => at.slice(0, 7)))]
  return (
    <ol className="dd-timeline" aria-label={props.label}>
      {months.map((month) => (
        <li key={month}>
          <span className="dd-timeline-month">{month}</span>
          <ol>
            {props.entries
              .filter(({ at }) => at.startsWith(month))
              .map((entry) => (
                <li key={entry.id} className="dd-timeline-entry">
                  <span className={`dd-timeline-mark dd-tone-${entry.tone ?? 'neutral'}`}>
                    <Shape name={shapeOf[entry.tone ?? 'neutral']} />
                  </span>
                  <div>
                    <p className="dd-timeline-title">
                      <strong>{entry.title}</strong>
                      <time className="dd-quiet dd-figures">{entry.at}</time>
                    </p>
                    {entry.by && <p className="dd-quiet">{entry.by}</p>}
                    {entry.body && <div>{entry.body}</div>}
                  </div>
                </li>
              ))}
          </ol>
        </li>
      ))}
    </ol>
  )
}
