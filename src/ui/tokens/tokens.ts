// One set of colours for all pages. Each pair was chosen to reach 4.5:1 for text and 3:1 for borders
// and icons; tokens.test.ts computes the ratios again, so a change that breaks one fails the build.
export const colours = {
  page: '#F4F6F8',
  surface: '#FFFFFF',
  hover: '#EAF1F8',
  selected: '#DCEAF7',
  line: '#D5DAE0',
  controlBorder: '#8C959F',
  text: '#1B1F24',
  quietText: '#57606A',
  primary: '#0A5CA8',
  primaryHover: '#084C8C',
  primaryActive: '#063D70',
  onPrimary: '#FFFFFF',
  red: '#B42318',
  redActive: '#8F1B12',
  redGround: '#FEF3F2',
  orange: '#A84300',
  orangeGround: '#FFF4EA',
  yellow: '#735300',
  yellowGround: '#FFF8DB',
  good: '#1E6B34',
  goodGround: '#ECF8EF',
  neutral: '#424A53',
  neutralGround: '#EEF1F4',
  disabledText: '#57606A',
  disabledGround: '#EEF1F4',
} as const

export type ColourName = keyof typeof colours

export const radius = 6

/** The system's own Chinese sans serif; no font is ever downloaded. */
export const fontFamily = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif'

/** Under this width (CSS pixels) a table is shown as cards and the navigation as a button. */
export const narrowBelow = 600

/** Heights of controls in CSS pixels: dense under a mouse, 44 under a finger. */
export const controlHeight = { dense: 32, touch: 44 } as const

/** A kind of meaning with its own colour pair, shape and word: colour never speaks alone. */
export type Tone = 'red' | 'orange' | 'yellow' | 'good' | 'neutral' | 'primary'

/** Text colour and ground of each tone. */
export const toneColours: { readonly [T in Tone]: { readonly text: string; readonly ground: string } } = {
  red: { text: colours.red, ground: colours.redGround },
  orange: { text: colours.orange, ground: colours.orangeGround },
  yellow: { text: colours.yellow, ground: colours.yellowGround },
  good: { text: colours.good, ground: colours.goodGround },
  neutral: { text: colours.neutral, ground: colours.neutralGround },
  primary: { text: colours.primary, ground: colours.hover },
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The colours as CSS custom properties, `--dd-page: #F4F6F8;` and so on, for a style element or attribute. */
export const cssVariables = (): Record<`--dd-${string}`, string> =>
  Object.fromEntries(Object.entries(colours).map(([name, value]) => [`--dd-${kebab(name)}`, value]))
