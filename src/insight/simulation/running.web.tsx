import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { Section, useTexts } from '#ui/web'
import { simulationTexts } from './texts.ts'

/** Whole seconds since it appeared. */
const useElapsed = (): number => {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const began = performance.now()
    const timer = window.setInterval(() => setSeconds(Math.floor((performance.now() - began) / 1000)), 1000)
    return () => window.clearInterval(timer)
  }, [])
  return seconds
}

/** That it is being computed, for how long already, and the way to give it up. */
export const RunningView = ({ onCancel }: { readonly onCancel: () => void }) => {
  const { t } = useTexts(simulationTexts)
  const seconds = useElapsed()
  return (
    <Section title={t('running.title')}>
      <p role="status">{t('running.body')}</p>
      <div className="simulation-running" aria-busy="true">
        <progress aria-label={t('running.title')} />
        <span className="dd-figures">{t('running.elapsed', { seconds })}</span>
        <Button onClick={onCancel}>{t('running.cancel')}</Button>
      </div>
    </Section>
  )
}
