import { scaleLinear } from 'd3-scale'
import { useIsNarrow } from '../theme/media.web.ts'
import { widthOf } from './scale.ts'
import './chart.css'

/** A bar: its name, how long it is (under nothing it goes to the other side) and what it says. */
export interface ChartBar {
  readonly id: string
  readonly label: string
  readonly value: number
  readonly text: string
}

interface BarChartProps {
  /** The chart in a sentence. Give a table with the same figures beside it. */
  readonly label: string
  readonly bars: readonly ChartBar[]
}

// On a phone the names stand above the bars: the axis leaves them out.
const axisOf = (count: number, isNarrow: boolean, rowHeight: number, x: number): string =>
  isNarrow
    ? Array.from({ length: count }, (_, row) => `M${x} ${row * rowHeight + 19}v22`).join('')
    : `M${x} 0V${count * rowHeight + 4}`

/** Lying bars with name and figure at each; what is less than nothing goes left and is hatched. */
export const BarChart = ({ label, bars }: BarChartProps) => {
  const isNarrow = useIsNarrow()
  const width = isNarrow ? 304 : 760
  const rowHeight = isNarrow ? 46 : 30
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => widthOf(text)))
  const names = isNarrow ? 0 : Math.min(280, widest(bars.map((bar) => bar.label)) + 12)
  const before = widest(bars.filter(({ value }) => value < 0).map(({ text }) => text))
  const after = widest(bars.filter(({ value }) => value >= 0).map(({ text }) => text))
  const low = Math.min(0, ...bars.map(({ value }) => value))
  const high = Math.max(0, ...bars.map(({ value }) => value))
  const x = scaleLinear()
    .domain(low === high ? [0, 1] : [low, high])
    .range([names + before + 8, width - after - 8])
  const height = bars.length * rowHeight + 4
  return (
    <div className="dd-chart" data-narrow={isNarrow || undefined}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {bars.map(({ id, label: name, value, text }, index) => {
          const [from, until] = [x(Math.min(0, value)), x(Math.max(0, value))]
          const top = isNarrow ? 20 : 6
          return (
            <g key={id} transform={`translate(0 ${index * rowHeight})`}>
              <text
                x={isNarrow ? 0 : names - 12}
                y={isNarrow ? 15 : 21}
                textAnchor={isNarrow ? 'start' : 'end'}
              >
                {name}
              </text>
              <rect
                className="dd-chart-bar"
                data-below={value < 0 || undefined}
                x={from}
                y={top}
                width={Math.max(1, until - from)}
                height={20}
              />
              <text
                className="dd-chart-figure"
                x={value < 0 ? from - 6 : until + 6}
                y={top + 15}
                textAnchor={value < 0 ? 'end' : 'start'}
              >
                {text}
              </text>
            </g>
          )
        })}
        <path className="dd-chart-axis" d={axisOf(bars.length, isNarrow, rowHeight, x(0))} />
      </svg>
    </div>
  )
}
