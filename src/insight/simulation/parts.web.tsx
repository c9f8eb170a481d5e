import { Button } from 'antd'
import { type ReactNode, useCallback } from 'react'
import { Icon, useIsNarrow, useLanguage, useTexts } from '#ui/web'
import { simulationTexts } from './texts.ts'
import './simulation.css'

/** What a simulation is, what it does with what nobody knows, what saving means. */
export const SimulationHelp = () => {
  const { t } = useTexts(simulationTexts)
  return (
    <>
      <p>{t('help.what')}</p>
      <p>{t('help.unknown')}</p>
      <p>{t('help.save')}</p>
    </>
  )
}

/** Picks the reader's language of a text. */
export const usePick = () => {
  const { language } = useLanguage()
  return useCallback(
    (text: { readonly zh: string; readonly en: string }): string => (language === 'en' ? text.en : text.zh),
    [language],
  )
}

/** The sign of a unit; a unit that has none here is left out. */
export const useUnit = () => {
  const { t } = useTexts(simulationTexts)
  return (unit: string | null): string => {
    switch (unit) {
      case 'fen':
      case 'count':
      case 'months':
      case 'days':
      case 'workdays':
      case 'years':
      case 'percent':
      case 'permille':
      case 'basisPoint':
        return t(`units.${unit}`)
      default:
        return ''
    }
  }
}

/** The table that says the same as a chart: open on a desk and on paper, opened on a phone by who wants it. */
export const TableTwin = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTexts(simulationTexts)
  const isNarrow = useIsNarrow()
  return (
    <details className="simulation-details" open={!isNarrow}>
      <summary>{t('table')}</summary>
      {children}
    </details>
  )
}

interface CsvProps {
  /** What the table is called: names the file and the button. */
  readonly title: string
  /** What the report is called in a file's name. */
  readonly of: string
  readonly text: () => string
}

/** Saves a table as a CSV file. No household and no name stands in these tables. */
export const CsvButton = ({ title, of, text }: CsvProps) => {
  const { t } = useTexts(simulationTexts)
  const save = () => {
    const address = URL.createObjectURL(new Blob([text()], { type: 'text/csv;charset=utf-8' }))
    const link = document.createElement('a')
    link.href = address
    link.download = `${of}-${title}.csv`.replaceAll(/[\\/:*?"<>|\s]+/gu, '-')
    link.click()
    URL.revokeObjectURL(address)
  }
  return (
    <Button
      className="dd-no-print simulation-csv"
      icon={<Icon name="download" />}
      title={t('csv.hint')}
      aria-label={t('csv.of', { title })}
      onClick={save}
    >
      {t('csv.action')}
    </Button>
  )
}
