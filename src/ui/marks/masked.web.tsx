import { Button } from 'antd'
import { useId, useState } from 'react'
import { Dialog } from '../dialog/dialog.web.tsx'
import { ErrorState } from '../page/states.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { Icon } from './icon.web.tsx'
import './marks.css'

interface MaskedTextProps {
  /** As the server sends it, such as `9999**********0112`. */
  readonly masked: string
  /** What it is, such as 证件号码: names the button and the dialog. */
  readonly what: string
  /** Fetches the clear text for the reason given; absent when the reader may not. The server records the look. */
  readonly onReveal?: (reason: string) => Promise<string>
}

/** A masked value that can be looked at with a reason; it is covered again by a press or by leaving the page. */
export const MaskedText = ({ masked, what, onReveal }: MaskedTextProps) => {
  const { t } = useTexts(uiTexts)
  const [isAsking, setIsAsking] = useState(false)
  const [clear, setClear] = useState<string>()
  return (
    <span className="dd-masked">
      <code aria-live="polite">{clear ?? masked}</code>
      {onReveal && (
        <Button
          className="dd-no-print"
          size="small"
          type="link"
          icon={<Icon name={clear ? 'eyeOff' : 'eye'} />}
          aria-label={clear ? t('masked.hide') : t('masked.showOf', { what })}
          onClick={() => (clear ? setClear(undefined) : setIsAsking(true))}
        >
          {clear ? t('masked.hide') : t('masked.show')}
        </Button>
      )}
      {isAsking && onReveal && (
        <RevealDialog what={what} onReveal={onReveal} onShown={setClear} onClose={() => setIsAsking(false)} />
      )}
    </span>
  )
}

interface RevealDialogProps {
  readonly what: string
  readonly onReveal: (reason: string) => Promise<string>
  readonly onShown: (clear: string) => void
  readonly onClose: () => void
}

const RevealDialog = ({ what, onReveal, onShown, onClose }: RevealDialogProps) => {
  const { t } = useTexts(uiTexts)
  const [reason, setReason] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const id = useId()
  const reveal = async () => {
    if (!reason.trim()) return setIsMissing(true)
    setIsBusy(true)
    try {
      onShown(await onReveal(reason.trim()))
      onClose()
    } catch (failure) {
      setError(failure)
    } finally {
      setIsBusy(false)
    }
  }
  const actions = (
    <>
      <Button onClick={onClose}>{t('dialog.cancel')}</Button>
      <Button type="primary" loading={isBusy} onClick={() => void reveal()}>
        {t('masked.action')}
      </Button>
    </>
  )
  return (
    <Dialog title={t('masked.title', { what })} size="small" actions={actions} onClose={onClose}>
      <p>{t('masked.body')}</p>
      {error !== undefined && <ErrorState error={error} />}
      <div className="dd-field">
        <label htmlFor={id}>{t('masked.reason')}</label>
        <p id={`${id}-hint`} className="dd-field-hint">
          {t('masked.reasonHint')}
        </p>
        {isMissing && (
          <p id={`${id}-error`} className="dd-field-error">
            {t('dialog.reasonRequired')}
          </p>
        )}
        <input
          id={id}
          className="dd-input"
          value={reason}
          aria-invalid={isMissing || undefined}
          aria-describedby={isMissing ? `${id}-error ${id}-hint` : `${id}-hint`}
          onChange={(event) => {
            setReason(event.target.value)
            setIsMissing(false)
          }}
        />
      </div>
    </Dialog>
  )
}
