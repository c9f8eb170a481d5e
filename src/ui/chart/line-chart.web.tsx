import { type ScaleLinear, scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { useIsNarrow } from '../theme/media.web.ts'
import { everyNth, movedApart, widthOf } from './scale.ts'
import './chart.css'

/** A point of a line; null where nothing is known: the line has a gap there. */
export interface ChartPoint {
  readonly x: number
  readonly y: number | null
}

/** A line: it is told from others by its dashes and its label, the colour only repeats it. */
export interface ChartLine {
  readonly id: string
  readonly label: string
  readonly isDashed?: boolean
  readonly points: readonly ChartPoint[]
}

/** A numbered place on the chart that the words beside it speak of. */
export interface ChartMark {
  readonly x: number
  readonly y: number
  readonly text: string
}

interface LineChartProps {
  /** The chart in a sentence: what a screen reader says. Give a table with the same figures beside it. */
  readonly label: string
  readonly xTitle: string
  readonly yTitle: string
  readonly xText: (x: number) => string
  readonly yText: (y: number) => string
  readonly lines: readonly ChartLine[]
  /** Where the x axis has ticks, where round numbers will not do. */
  readonly xTicks?: readonly number[]
  readonly marks?: readonly ChartMark[]
  readonly startsAtZero?: boolean
}

const sizes = { desk: { width: 760, height: 340 }, phone: { width: 304, height: 280 } } as const

type Scale = ScaleLinear<number, number>

interface Plan {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly x: Scale
  readonly y: Scale
  readonly xTicks: readonly number[]
  readonly yTicks: readonly number[]
}

const planOf = (props: LineChartProps, isNarrow: boolean): Plan => {
  const { lines, xText, yText, startsAtZero } = props
  const { width, height } = isNarrow ? sizes.phone : sizes.desk
  const points = lines.flatMap((one) => one.points)
  const xs = points.map(({ x }) => x)
  const ys = points.flatMap(({ y }) => (y === null ? [] : [y]))
  const low = startsAtZero ? Math.min(0, ...ys) : Math.min(...ys)
  const high = Math.max(...ys)
  const range = ys.length === 0 ? [0, 1] : low === high ? [low - 1, high + 1] : [low, high]
  const [top, bottom] = [34, height - 52]
  const y = scaleLinear().domain(range).nice(5).range([bottom, top])
  const yTicks = y.ticks(5)
  const left = Math.max(...yTicks.map((tick) => widthOf(yText(tick)))) + 12
  const room = isNarrow ? 16 : Math.max(...lines.map(({ label }) => widthOf(label))) + 16
  const x = scaleLinear()
    .domain([Math.min(...xs), Math.max(...xs)])
    .range([left, width - room])
  const all = props.xTicks ?? x.ticks(isNarrow ? 4 : 8)
  const wide = Math.max(...all.map((tick) => widthOf(xText(tick)))) + 12
  const nth = everyNth(all.length, wide, width - room - left)
  const xTicks = all.filter((_, index) => index % nth === 0)
  return { width, height, left, right: width - room, top, bottom, x, y, xTicks, yTicks }
}

/** Lines over an axis, with titles, units and the lines' names where they end; a legend above says the same. */
export const LineChart = (props: LineChartProps) => {
  const isNarrow = useIsNarrow()
  const { label, xTitle, yTitle, lines, marks = [] } = props
  const plan = planOf(props, isNarrow)
  const { width, height, left, right } = plan
  return (
    <div className="dd-chart" data-narrow={isNarrow || undefined}>
      <ChartLegend lines={lines} />
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <text className="dd-chart-title" x={0} y={16}>
          {yTitle}
        </text>
        <Axes plan={plan} xText={props.xText} yText={props.yText} />
        <text className="dd-chart-title" x={(left + right) / 2} y={height - 6} textAnchor="middle">
          {xTitle}
        </text>
        {lines.map((one, index) => (
          <LinePath key={one.id} one={one} index={index} plan={plan} />
        ))}
        {!isNarrow && <LineEnds lines={lines} plan={plan} />}
        {marks.map((mark) => (
          <Mark key={mark.text} mark={mark} plan={plan} />
        ))}
      </svg>
    </div>
  )
}

/** A sample of each line with its name. */
const ChartLegend = ({ lines }: { readonly lines: readonly ChartLine[] }) => (
  <ul className="dd-chart-legend">
    {lines.map(({ id, label, isDashed }, index) => (
      <li key={id}>
        <svg viewBox="0 0 36 12" width="36" height="12" aria-hidden="true">
          <path className="dd-chart-line" data-line={index} data-dashed={isDashed || undefined} d="M0 6H36" />
        </svg>
        {label}
      </li>
    ))}
  </ul>
)

const Axes = ({ plan, xText, yText }: { readonly plan: Plan } & Pick<LineChartProps, 'xText' | 'yText'>) => {
  const { x, y, left, right, bottom, xTicks, yTicks } = plan
  return (
    <g>
      {yTicks.map((tick) => (
        <g key={tick} transform={`translate(0 ${y(tick)})`}>
          <path className="dd-chart-grid" d={`M${left} 0H${right}`} />
          <text x={left - 8} y={5} textAnchor="end">
            {yText(tick)}
          </text>
        </g>
      ))}
      <path className="dd-chart-axis" d={`M${left} ${bottom}H${right}`} />
      {xTicks.map((tick) => (
        <g key={tick} transform={`translate(${x(tick)} ${bottom})`}>
          <path className="dd-chart-axis" d="M0 0V5" />
          <text y={20} textAnchor="middle">
            {xText(tick)}
          </text>
        </g>
      ))}
    </g>
  )
}

// So few points are single figures and not a curve: each gets a dot.
const dottedUpTo = 24

const LinePath = ({
  one,
  index,
  plan,
}: {
  readonly one: ChartLine
  readonly index: number
  readonly plan: Plan
}) => {
  const { x, y } = plan
  const path = line<ChartPoint>()
    .defined((point) => point.y !== null)
    .x((point) => x(point.x))
    .y((point) => y(point.y ?? 0))(one.points)
  const dots = one.points.length <= dottedUpTo ? one.points.filter((point) => point.y !== null) : []
  return (
    <g>
      <path
        className="dd-chart-line"
        data-line={index}
        data-dashed={one.isDashed || undefined}
        d={path ?? ''}
      />
      {dots.map((point) => (
        <circle
          key={point.x}
          className="dd-chart-dot"
          data-line={index}
          cx={x(point.x)}
          cy={y(point.y ?? 0)}
          r={one.isDashed ? 2.5 : 3.5}
        />
      ))}
    </g>
  )
}

const LineEnds = ({ lines, plan }: { readonly lines: readonly ChartLine[]; readonly plan: Plan }) => {
  const ends = lines.map(({ points }) => points.filter((point) => point.y !== null).at(-1))
  const heights = movedApart(
    ends.map((end) => plan.y(end?.y ?? 0)),
    18,
  )
  return lines.map(({ id, label }, index) => {
    const end = ends[index]
    return end ? (
      <text
        key={id}
        className="dd-chart-end"
        data-line={index}
        x={plan.x(end.x) + 8}
        y={(heights[index] ?? 0) + 5}
      >
        {label}
      </text>
    ) : null
  })
}

const Mark = ({ mark, plan }: { readonly mark: ChartMark; readonly plan: Plan }) => {
  const [x, y] = [plan.x(mark.x), plan.y(mark.y)]
  const above = Math.max(plan.top - 8, y - 22)
  return (
    <g>
      <path className="dd-chart-fall" d={`M${x} ${y - 3}V${above + 9}`} />
      <circle className="dd-chart-mark" cx={x} cy={above} r={10} />
      <text className="dd-chart-mark-text" x={x} y={above + 5} textAnchor="middle">
        {mark.text}
      </text>
    </g>
  )
}
