// Line icons drawn for this project on a 24 by 24 grid. Always decorative: the word stands beside or in aria-label.
const paths = {
  home: 'M3 11.5 12 4l9 7.5M5.5 9.5V20h5v-6h3v6h5V9.5',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15L6 17ZM10 21.5h4',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2.2.8 3.5 2.7 3.5 5.5',
  person: 'M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 21c0-4.5 3.5-7 8-7s8 2.5 8 7',
  household:
    'M3 11 12 4l9 7v9H3v-9ZM12 13.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM8.5 20c0-2.5 1.5-4 3.5-4s3.5 1.5 3.5 4',
  file: 'M6 3h8l5 5v13H6V3ZM14 3v5h5M9 13h7M9 17h7',
  inbox: 'M4 5h16l1 10v5H3v-5L4 5ZM3 15h5l1.5 2.5h5L16 15h5',
  flag: 'M5 21V4M5 4h13l-2.5 4.5L18 13H5',
  chart: 'M4 20h17M7 17v-6M12 17V5M17 17v-9',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 21 21',
  menu: 'M4 6.5h16M4 12h16M4 17.5h16',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M4.5 12.5 10 18 20 6.5',
  help: 'M12 21.5a9.5 9.5 0 1 0 0-19 9.5 9.5 0 0 0 0 19ZM9.3 9.3c.2-1.5 1.3-2.3 2.7-2.3 1.5 0 2.7 1 2.7 2.4 0 2-2.7 2.3-2.7 4.4M12 17v.3',
  keyboard: 'M3 6h18v12H3V6ZM6.5 10h1M10 10h1M13.5 10h1M17 10h1M8 14h8',
  logout: 'M14 4H5v16h9M10 12h11M17.5 8.5 21 12l-3.5 3.5',
  lock: 'M5.5 11h13v9.5h-13V11ZM8 11V8a4 4 0 0 1 8 0v3',
  upload: 'M12 16V4M7.5 8.5 12 4l4.5 4.5M4 16v4h16v-4',
  download: 'M12 4v12M7.5 11.5 12 16l4.5-4.5M4 16v4h16v-4',
  print: 'M7 8V3.5h10V8M7 17H4V8h16v9h-3M7 14h10v6.5H7V14Z',
  chevronRight: 'M9.5 5.5 16 12l-6.5 6.5',
  chevronDown: 'M5.5 9.5 12 16l6.5-6.5',
  chevronUp: 'M5.5 14.5 12 8l6.5 6.5',
  filter: 'M4 5h16l-6.5 7.5V20l-3-2v-5.5L4 5Z',
  columns: 'M4 4.5h16v15H4v-15ZM9.3 4.5v15M14.7 4.5v15',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.4M20 4.5v5h-5',
  globe:
    'M12 21.5a9.5 9.5 0 1 0 0-19 9.5 9.5 0 0 0 0 19ZM2.5 12h19M12 2.5c2.5 2.6 3.8 5.7 3.8 9.5s-1.3 6.9-3.8 9.5c-2.5-2.6-3.8-5.7-3.8-9.5S9.5 5.1 12 2.5Z',
  map: 'M9 4 3 6.5V20l6-2.5 6 2.5 6-2.5V4l-6 2.5L9 4ZM9 4v13.5M15 6.5V20',
  money: 'M12 21.5a9.5 9.5 0 1 0 0-19 9.5 9.5 0 0 0 0 19ZM8 7l4 5 4-5M12 12v6M8.5 12.5h7M8.5 15.5h7',
  calendar: 'M4 6h16v14.5H4V6ZM4 10.5h16M8.5 3.5V8M15.5 3.5V8',
  clock: 'M12 21.5a9.5 9.5 0 1 0 0-19 9.5 9.5 0 0 0 0 19ZM12 7v5.5l3.5 2',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
  shield: 'M12 3 4.5 5.5v6c0 4.5 3 7.8 7.5 9.5 4.5-1.7 7.5-5 7.5-9.5v-6L12 3ZM8.5 12l2.5 2.5 4.5-5',
  list: 'M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4 6.5h.5M4 12h.5M4 17.5h.5',
  book: 'M4 4.5h6.5L12 6l1.5-1.5H20V19h-6.5L12 20.5 10.5 19H4V4.5ZM12 6v14.5',
  edit: 'M4 20l1-4.5L16.5 4 20 7.5 8.5 19 4 20Z',
  eye: 'M2.5 12C5 7.5 8.2 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5s-7-2-9.5-6.5ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  eyeOff:
    'M4 4l16 16M9.5 5.9c.8-.3 1.6-.4 2.5-.4 3.8 0 7 2 9.5 6.5-.8 1.4-1.6 2.5-2.6 3.5M15 17.9c-1 .4-2 .6-3 .6-3.8 0-7-2-9.5-6.5 1.2-2.2 2.7-3.9 4.3-5',
  copy: 'M9 8.5h11V20.5H9V8.5ZM15 8.5v-5H4v12h5',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7l-1.3 1.3M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.7l1.3-1.3',
  warning: 'M12 3.5 22 20.5H2L12 3.5ZM12 10v5M12 17.5v.5',
  info: 'M12 21.5a9.5 9.5 0 1 0 0-19 9.5 9.5 0 0 0 0 19ZM12 11v6M12 7v.5',
  send: 'M21 3 10.5 13.5M21 3l-6.5 18-4-7.5L3 9.5 21 3Z',
  route:
    'M6 8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM18 20.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8.5 6h7a3.5 3.5 0 0 1 0 7h-7a3.5 3.5 0 0 0 0 5h7',
  database:
    'M12 9c4.4 0 8-1.3 8-3s-3.6-3-8-3-8 1.3-8 3 3.6 3 8 3ZM4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
} as const

export type IconName = keyof typeof paths

/** A decorative icon in the colour of the text around it; `size` in em of that text. */
export const Icon = ({ name, size = 1.15 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    className="dd-icon"
    viewBox="0 0 24 24"
    width={`${size}em`}
    height={`${size}em`}
    fill="none"
    stroke="currentColor"
    strokeWidth={1.8}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d={paths[name]} />
  </svg>
)

const shapes = {
  circle: <circle cx="6" cy="6" r="5" />,
  triangle: <path d="M6 .8 11.6 11H.4L6 .8Z" />,
  diamond: <path d="M6 .3 11.7 6 6 11.7.3 6 6 .3Z" />,
  tick: <path d="M1.5 6.3 4.7 9.5 10.5 2.8" fill="none" stroke="currentColor" strokeWidth="2" />,
  square: <rect x="2" y="2" width="8" height="8" rx="1.5" />,
  ring: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.8" />,
} as const

export type ShapeName = keyof typeof shapes

/** The filled shape that says a grade or tone without colour. */
export const Shape = ({ name }: { readonly name: ShapeName }) => (
  <svg className="dd-shape" viewBox="0 0 12 12" fill="currentColor" aria-hidden="true" focusable="false">
    {shapes[name]}
  </svg>
)
