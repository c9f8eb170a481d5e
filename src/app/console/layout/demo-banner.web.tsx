import { Icon, useTexts } from '#ui/web'
import { consoleTexts } from '../texts.ts'

/** Stands on each page, and on each printed sheet, of an installation with invented people. */
export const DemoBanner = ({ businessDate }: { readonly businessDate?: string }) => {
  const { t } = useTexts(consoleTexts)
  return (
    <div className="console-demo" role="note">
      <Icon name="info" />
      <strong>{t('demo.banner')}</strong>
      <span>{businessDate ? t('demo.bannerText', { date: businessDate }) : t('demo.short')}</span>
    </div>
  )
}
