import { parseInstant } from '#base'
import { Icon, InstantText, useTexts } from '#ui/web'
import type { ScanRow } from './contract.ts'
import { isScanStage, scanStages } from './figures.ts'
import { durationOf } from './scan-queries.web.ts'
import { scanTexts } from './texts.ts'

/** An instant of a reply; a dash where there is none. */
export const At = ({ at }: { readonly at: string | null }) => {
  const instant = at === null ? undefined : parseInstant(at)
  return instant ? <InstantText at={instant} /> : '–'
}

/** How long a run took, in minutes and seconds. */
export const Duration = ({ scan }: { readonly scan: ScanRow }) => {
  const { t } = useTexts(scanTexts)
  const seconds = durationOf(scan)
  if (seconds === undefined) return '–'
  if (seconds < 60) return t('seconds', { count: seconds })
  return t('minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })
}

/** How far a run is: its steps, a bar, and a sentence that is read out when it changes. */
export const ScanProgress = ({ scan }: { readonly scan: ScanRow }) => {
  const { t } = useTexts(scanTexts)
  const { progress } = scan
  const stage = progress && isScanStage(progress.stage) ? progress.stage : undefined
  const at = stage ? scanStages.indexOf(stage) : -1
  const total = progress?.total || scanStages.length
  const words = stage
    ? t('stageOf', { step: String(at + 1), total: String(total), stage: t(`stage.${stage}`) })
    : t('waiting')
  return (
    <div className="scan-progress">
      <p role="status">
        <strong>{words}</strong>
        {stage && <span className="dd-quiet"> {t(`stageEffect.${stage}`)}</span>}
      </p>
      <progress aria-label={t('progress')} max={total} value={progress?.done ?? 0} />
      <ol>
        {scanStages.map((name, index) => (
          <li
            key={name}
            data-state={index < at ? 'done' : undefined}
            aria-current={index === at ? 'step' : undefined}
          >
            {index < at ? <Icon name="check" /> : <span aria-hidden="true">{index + 1}</span>}
            {t(`stage.${name}`)}
          </li>
        ))}
      </ol>
    </div>
  )
}
