import { languages } from '#ui'
import { Icon, useLanguage, useTexts } from '#ui/web'
import { consoleTexts } from '../texts.ts'

/** The languages as buttons, each in its own words; the one in use is pressed. */
export const LanguageSwitch = () => {
  const { t } = useTexts(consoleTexts)
  const { language, setLanguage } = useLanguage()
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
