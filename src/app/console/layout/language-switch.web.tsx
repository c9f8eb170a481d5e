import { useEffect, useRef } from 'react'
import { languages } from '#ui'
import { Icon, useLanguage, useTexts } from '#ui/web'
import { useSessionChange } from '../session/session-queries.web.ts'
import { consoleTexts } from '../texts.ts'

/** The languages as buttons, each in its own words; the one in use is pressed. */
export const LanguageSwitch = () => {
  const { t } = useTexts(consoleTexts)
  const { language, setLanguage } = useLanguage()
  const { readAgain } = useSessionChange()
  const before = useRef(language)
  useEffect(() => {
    // The server words sentences in the reader's language, so what was read in the other one is asked for again.
    if (before.current !== language) void readAgain()
    before.current = language
  }, [language, readAgain])
  return (
    <fieldset className="console-languages">
      <legend className="dd-unseen">{t('language.label')}</legend>
      <Icon name="globe" />
      {languages.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={one === language}
          onClick={() => setLanguage(one)}
        >
          {t(`language.${one}`)}
        </button>
      ))}
    </fieldset>
  )
}
