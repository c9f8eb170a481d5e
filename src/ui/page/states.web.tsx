import { Button } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { ApiProblem, isWorthRetrying, safetyOf, sortOf } from '../api/problem.ts'
import { takeFocus } from '../focus.web.ts'
import { Icon, type IconName } from '../marks/icon.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import './states.css'

interface EmptyStateProps {
  readonly title?: string
  /** What belongs here and how to get it. */
  readonly children?: ReactNode
  readonly icon?: IconName
  /** At most one button or link that gets it. */
  readonly action?: ReactNode
}

/** An empty place that says what belongs there and how to get it. */
export const EmptyState = ({ title, children, icon = 'inbox', action }: EmptyStateProps) => {
  const { t } = useTexts(uiTexts)
  return (
    <div className="dd-empty">
      <Icon name={icon} size={2.4} />
      <p className="dd-empty-title">{title ?? t('empty.title')}</p>
      {children && <div className="dd-quiet">{children}</div>}
      {action && <div className="dd-empty-action">{action}</div>}
    </div>
  )
}

interface ErrorStateProps {
  /** What was thrown: best an ApiProblem; anything else counts as a fault of the page. */
  readonly error: unknown
  /** Tries the same again; without it there is no such button. */
  readonly onRetry?: () => void
  /** Replaces the first line, such as "预警列表没有读出来". */
  readonly title?: string
  /** Moves focus here when it appears: for an answer to something the reader just did. */
  readonly takesFocus?: boolean
}

/** A failure in four parts: what happened, whether data is safe, what to do, the trace id to give to support. */
export const ErrorState = ({ error, onRetry, title, takesFocus = false }: ErrorStateProps) => {
  const { t } = useTexts(uiTexts)
  const sort = sortOf(error)
  const problem = error instanceof ApiProblem ? error.problem : undefined
  // The server's own words are more exact than ours, except for faults of the machine.
  const says = sort === 'server' ? undefined : problem
  const next =
    problem?.retryAfter !== undefined
      ? t('error.tooMany.nextSeconds', { count: problem.retryAfter })
      : t(`error.${sort}.next`)
  return (
    <section
      className="dd-error"
      role={takesFocus ? undefined : 'alert'}
      tabIndex={takesFocus ? -1 : undefined}
      ref={takesFocus ? takeFocus : undefined}
    >
      <h2 className="dd-error-title">
        <Icon name="warning" />
        {title ?? says?.title ?? t(`error.${sort}.title`)}
      </h2>
      <dl>
        <dt>{t('error.what')}</dt>
        <dd>
          {says?.detail ?? t(`error.${sort}.detail`)}
          {says?.errors && says.errors.length > 0 && (
            <ul>
              {says.errors.map((fault) => (
                <li key={`${fault.pointer}${fault.row}${fault.message}`}>{fault.message}</li>
              ))}
            </ul>
          )}
        </dd>
        <dt>{t('error.safe')}</dt>
        <dd>{t(`error.${safetyOf(error)}`)}</dd>
        <dt>{t('error.next')}</dt>
        <dd>{next}</dd>
      </dl>
      <div className="dd-error-foot">
        {onRetry && isWorthRetrying(error) && <Button onClick={onRetry}>{t('error.retry')}</Button>}
        {problem?.traceId && <TraceId id={problem.traceId} />}
      </div>
    </section>
  )
}

const TraceId = ({ id }: { readonly id: string }) => {
  const { t } = useTexts(uiTexts)
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(id)
    setIsCopied(true)
  }
  return (
    <span className="dd-trace">
      {t('error.traceId')} <code>{id}</code>
      {navigator.clipboard && (
        <Button size="small" type="text" icon={<Icon name="copy" />} onClick={() => void copy()}>
          <span aria-live="polite">{isCopied ? t('error.copied') : t('error.copy')}</span>
        </Button>
      )}
    </span>
  )
}

interface LoadingSkeletonProps {
  /** About how many lines will come. */
  readonly lines?: number
  /** Shows at once; otherwise only what takes longer than 300 ms is shown as loading. */
  readonly isImmediate?: boolean
}

const patienceMs = 300

/** Grey lines for what takes longer than 300 ms; a screen reader hears one word. */
export const LoadingSkeleton = ({ lines = 4, isImmediate = false }: LoadingSkeletonProps) => {
  const { t } = useTexts(uiTexts)
  const [isShown, setIsShown] = useState(isImmediate)
  useEffect(() => {
    const timer = window.setTimeout(() => setIsShown(true), patienceMs)
    return () => window.clearTimeout(timer)
  }, [])
  return (
    <div className="dd-skeleton" data-shown={isShown}>
      <span className="dd-unseen" role="status">
        {isShown ? t('loading') : ''}
      </span>
      {isShown && [...Array(lines).keys()].map((line) => <span key={line} aria-hidden="true" />)}
    </div>
  )
}

interface LoadedProps<Data> {
  /** A query as it stands, or a part of one. */
  readonly of: {
    readonly data: Data | undefined
    readonly error: unknown
    readonly refetch: () => unknown
  }
  /** What is shown of the data. */
  readonly children: (data: Data) => ReactNode
  /** About how many lines will come. */
  readonly lines?: number
  /** Grey lines at once: for what somebody has just asked for. */
  readonly isImmediate?: boolean
}

/** What was read; else why it could not be, with another try; else grey lines. A later failure hides nothing that was read. */
export const Loaded = <Data,>({ of, children, lines, isImmediate }: LoadedProps<Data>) => {
  const { data, error, refetch } = of
  if (data !== undefined) return children(data)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return <LoadingSkeleton lines={lines} isImmediate={isImmediate} />
}
