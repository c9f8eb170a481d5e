import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { type Instant, systemClock } from '#base'
import { Dialog } from '../dialog/dialog.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { type SessionMoment, sessionMomentAt } from './moment.ts'
import { answeredEvent, lastAnswer } from './seen.web.ts'

interface SessionWatchProps {
  readonly idleSeconds: number
  /** The end at the latest, by the clock of this browser. */
  readonly endsAt: Instant
  /** Asks the server for something, which renews the session; fails when the server cannot be reached. */
  readonly onRenew: () => Promise<unknown>
  /** Asks for the password over the page: the session has grown too old to be renewed. */
  readonly onSignInAgain: () => void
  readonly onSignOut: () => void
  /** The time is over: hide the page and ask for the password. */
  readonly onOver: () => void
}

// A tab in the background sleeps, so the time is read from the clock and never counted.
const longestSleepMs = 30_000

const useMoment = (idleSeconds: number, endsAt: Instant): SessionMoment => {
  const [moment, setMoment] = useState<SessionMoment>({ kind: 'open', warnsInSeconds: idleSeconds })
  const seenHere = useRef(systemClock().now())
  useEffect(() => {
    let timer: number | undefined
    const look = () => {
      window.clearTimeout(timer)
      const now = systemClock().now()
      const elsewhere = lastAnswer()
      const seenAt = elsewhere && elsewhere > seenHere.current ? elsewhere : seenHere.current
      const next = sessionMomentAt(now, { seenAt, idleSeconds, endsAt })
      setMoment((before) => (before.kind === 'open' && next.kind === 'open' ? before : next))
      const sleepMs = next.kind === 'open' ? next.warnsInSeconds * 1000 : 1000
      if (next.kind !== 'over') timer = window.setTimeout(look, Math.min(sleepMs, longestSleepMs))
    }
    const seen = () => {
      seenHere.current = systemClock().now()
      look()
    }
    look()
    window.addEventListener(answeredEvent, seen)
    for (const name of ['storage', 'focus', 'pageshow']) window.addEventListener(name, look)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.clearTimeout(timer)
      window.removeEventListener(answeredEvent, seen)
      for (const name of ['storage', 'focus', 'pageshow']) window.removeEventListener(name, look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [idleSeconds, endsAt])
  return moment
}

/** Warns two minutes before the session ends, and tells when it has; of all tabs of a browser each knows of the others. */
export const SessionWatch = (props: SessionWatchProps) => {
  const moment = useMoment(props.idleSeconds, props.endsAt)
  const [postponed, setPostponed] = useState<Instant>()
  const { onOver } = props
  const isOver = moment.kind === 'over'
  useEffect(() => {
    if (isOver) onOver()
  }, [isOver, onOver])
  if (moment.kind !== 'ending') return null
  if (moment.because === 'idle') return <IdleWarning {...props} secondsLeft={moment.secondsLeft} />
  if (postponed === props.endsAt) return null
  return <AgeWarning {...props} secondsLeft={moment.secondsLeft} onLater={() => setPostponed(props.endsAt)} />
}

type WarningProps = SessionWatchProps & { readonly secondsLeft: number }

const IdleWarning = ({ secondsLeft, onRenew, onSignOut }: WarningProps) => {
  const { t } = useTexts(uiTexts)
  const [isBusy, setIsBusy] = useState(false)
  const [hasFailed, setHasFailed] = useState(false)
  const renew = async () => {
    setIsBusy(true)
    try {
      await onRenew()
    } catch {
      // The dialog stays, and the reader can press again while there is time.
      setHasFailed(true)
    } finally {
      setIsBusy(false)
    }
  }
  const actions = (
    <>
      <Button onClick={onSignOut}>{t('session.leave')}</Button>
      <Button type="primary" loading={isBusy} data-takes-focus onClick={() => void renew()}>
        {t('session.stay')}
      </Button>
    </>
  )
  return (
    <Dialog
      title={t('session.idleTitle')}
      size="small"
      actions={actions}
      onClose={() => undefined}
      isDismissable={false}
      isUrgent
    >
      <p>{t('session.idleBody')}</p>
      <TimeLeft seconds={secondsLeft} />
      <p className="dd-quiet">{t('session.kept')}</p>
      <p role="alert" className="dd-field-error">
        {hasFailed && t('session.failed')}
      </p>
    </Dialog>
  )
}

const AgeWarning = ({
  secondsLeft,
  onLater,
  onSignInAgain,
  onSignOut,
}: WarningProps & { readonly onLater: () => void }) => {
  const { t } = useTexts(uiTexts)
  const actions = (
    <>
      <Button onClick={onSignOut}>{t('session.leave')}</Button>
      <Button onClick={onLater}>{t('session.later')}</Button>
      <Button type="primary" data-takes-focus onClick={onSignInAgain}>
        {t('session.again')}
      </Button>
    </>
  )
  return (
    <Dialog title={t('session.ageTitle')} size="small" actions={actions} onClose={onLater} isUrgent>
      <p>{t('session.ageBody')}</p>
      <TimeLeft seconds={secondsLeft} />
      <p className="dd-quiet">{t('session.kept')}</p>
    </Dialog>
  )
}

// Seen each second, but told to a screen reader only when a minute and half a minute are left.
const TimeLeft = ({ seconds }: { readonly seconds: number }) => {
  const { t } = useTexts(uiTexts)
  const told = [30, 60].find((mark) => seconds <= mark)
  return (
    <>
      <p role="timer">{t('session.left', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })}</p>
      <p role="status" className="dd-unseen">
        {told && t('session.told', { count: told })}
      </p>
    </>
  )
}
