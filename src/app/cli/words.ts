import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the user reads: Chinese, English, or both where the surroundings do not say. */
export type Speech = 'zh' | 'en' | 'both'
export type WordKey = keyof typeof zhCN
export type Values = Readonly<Record<string, string | number>>

/** The texts in the user's language. */
export interface Words {
  readonly speech: Speech
  /** The language where only one fits. */
  readonly language: 'zh-CN' | 'en'
  say(key: WordKey, values?: Values): string
  /** One of two texts, or both. */
  pick(texts: { readonly zh: string; readonly en: string }): string
}

const fill = (text: string, values: Values): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    values[name] === undefined ? whole : String(values[name]),
  )

/** The texts of a language. */
export const wordsIn = (speech: Speech): Words => {
  const pick = ({ zh, en: english }: { zh: string; en: string }): string => {
    if (speech === 'both') return zh === english ? zh : `${zh} · ${english}`
    return speech === 'zh' ? zh : english
  }
  return {
    speech,
    language: speech === 'en' ? 'en' : 'zh-CN',
    pick,
    say: (key, values = {}) => pick({ zh: fill(zhCN[key], values), en: fill(en[key], values) }),
  }
}

const ofLocale = (locale: string): Speech => {
  if (/^zh/i.test(locale)) return 'zh'
  return /^(c|posix)?([.@]|$)/i.test(locale) ? 'both' : 'en'
}

/** The language asked for by `--lang`, else the one of LC_ALL, LC_MESSAGES or LANG. */
export const speechOf = (
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Speech => {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const asked = at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1])
  if (asked === 'zh' || asked === 'en') return asked
  const { LC_ALL, LC_MESSAGES, LANG } = environment
  return ofLocale(LC_ALL || LC_MESSAGES || LANG || '')
}
