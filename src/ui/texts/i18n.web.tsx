import { createInstance, type FormatterModule, type i18n as I18n } from 'i18next'
import { useCallback, useEffect, useMemo } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { remember, remembered } from '../browser-memory.web.ts'
import {
  type Catalog,
  countText,
  isLanguage,
  type Language,
  languages,
  type TextTree,
  type Translate,
} from './texts.ts'

const languageKey = 'doudi.language'

const storedLanguage = (): Language => {
  const stored = remembered(languageKey)
  return isLanguage(stored) ? stored : 'zh-CN'
}

const addTexts = (i18n: I18n, catalog: Catalog) => {
  if (i18n.hasResourceBundle('zh-CN', catalog.name)) return
  for (const language of languages) i18n.addResourceBundle(language, catalog.name, catalog.texts[language])
}

// Every number put into a text is a count, so all of them are written the same way.
const countFormatter: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown) => (typeof value === 'number' ? countText(value) : String(value)),
}

/**
 * The texts engine of a page. The shell gives the catalogs it needs at once; a feature's own catalog joins when
 * `useTexts` first meets it, so texts travel with the page that shows them.
 */
export const createTexts = (
  catalogs: readonly Catalog[] = [],
  language: Language = storedLanguage(),
): I18n => {
  const i18n = createInstance()
  i18n
    .use(initReactI18next)
    .use(countFormatter)
    .init({
      lng: language,
      fallbackLng: 'zh-CN',
      resources: {},
      initAsync: false,
      interpolation: {
        escapeValue: false, // React escapes; a second time would show entities
        alwaysFormat: true,
      },
      react: { useSuspense: false },
    })
  for (const catalog of catalogs) addTexts(i18n, catalog)
  return i18n
}

/** The texts of one catalog in the reader's language: `const { t } = useTexts(alertDeskTexts)`. */
export const useTexts = <Tree extends TextTree>(
  catalog: Catalog<Tree>,
): { t: Translate<Tree>; language: Language } => {
  const { i18n } = useTranslation()
  addTexts(i18n, catalog as Catalog)
  const language = isLanguage(i18n.language) ? i18n.language : 'zh-CN'
  const t = useMemo(
    () => i18n.getFixedT(language, catalog.name) as unknown as Translate<Tree>,
    [i18n, language, catalog.name],
  )
  return { t, language }
}

/** The reader's language and how to change it; the choice stays in this browser. */
export const useLanguage = (): { language: Language; setLanguage: (language: Language) => void } => {
  const { i18n } = useTranslation()
  const language = isLanguage(i18n.language) ? i18n.language : 'zh-CN'
  const setLanguage = useCallback(
    (next: Language) => {
      remember(languageKey, next)
      void i18n.changeLanguage(next)
    },
    [i18n],
  )
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  return { language, setLanguage }
}
