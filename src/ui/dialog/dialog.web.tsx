import { Button, ConfigProvider } from 'antd'
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import '../form/fields.css'
import { Icon } from '../marks/icon.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import './dialog.css'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons at the end; without them there is one to close. Put the primary one last. */
  readonly actions?: ReactNode
  readonly size?: 'small' | 'medium' | 'large'
  /** False keeps Escape and a click beside the dialog from closing it, as for unsaved typing. */
  readonly isDismissable?: boolean
  /** It came by itself and cannot wait: a screen reader reads its text at once. */
  readonly isUrgent?: boolean
  /** Nothing of the page behind can be read. */
  readonly hidesPage?: boolean
}

// The browser's own dialog, because antd's lets Tab walk out into the page behind it: everything else is inert while
// it is open, and focus goes back to where it was. What antd floats (lists, popovers) floats inside it.
/**
 * A modal dialog: render it to open it, stop rendering it to close it. Focus goes to what has `data-takes-focus`, else to
 * its first field, else to its title.
 */
export const Dialog = (props: DialogProps) => {
  const { title, onClose, children, actions, size = 'medium' } = props
  const { isDismissable = true, isUrgent = false, hidesPage = false } = props
  const { t } = useTexts(uiTexts)
  const frame = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const bodyId = useId()
  useLayoutEffect(() => {
    const dialog = frame.current
    if (!dialog) return
    dialog.showModal()
    focusFirst(dialog)
    return () => dialog.close()
  }, [])
  // Some browsers close a dialog at the second Escape whatever the page says.
  const whenClosed = () => {
    const dialog = frame.current
    if (!dialog || dialog.open) return
    if (isDismissable) onClose()
    else dialog.showModal()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key for what a press beside the dialog does
    <dialog
      ref={frame}
      className={hidesPage ? 'dd-dialog dd-dialog-hides' : 'dd-dialog'}
      role={isUrgent ? 'alertdialog' : undefined}
      aria-labelledby={titleId}
      aria-describedby={isUrgent ? bodyId : undefined}
      onKeyDownCapture={(event) => {
        // Escape in an open list closes the list and not the dialog around it.
        const hasOpenList = frame.current?.querySelector('[role="combobox"][aria-expanded="true"]')
        if (event.key === 'Escape' && hasOpenList) event.preventDefault()
      }}
      onClose={whenClosed}
      onCancel={(event) => {
        event.preventDefault()
        if (isDismissable) onClose()
      }}
      onClick={(event) => {
        if (isDismissable && event.target === frame.current) onClose()
      }}
    >
      <div className={`dd-dialog-box dd-dialog-${size}`}>
        <header>
          <h2 id={titleId} tabIndex={-1}>
            {title}
          </h2>
          {isDismissable && (
            <button type="button" className="dd-icon-button" aria-label={t('dialog.close')} onClick={onClose}>
              <Icon name="close" />
            </button>
          )}
        </header>
        <ConfigProvider getPopupContainer={() => frame.current ?? document.body}>
          <div id={bodyId} className="dd-dialog-body">
            {children}
          </div>
          <footer>{actions ?? <Button onClick={onClose}>{t('dialog.close')}</Button>}</footer>
        </ConfigProvider>
      </div>
    </dialog>
  )
}

const fields = 'input:not([hidden]):not([readonly]), select, textarea'

const focusFirst = (dialog: HTMLElement) => {
  const wanted = ['[data-takes-focus]', `.dd-dialog-body :is(${fields})`, 'h2']
  for (const selector of wanted) {
    const found = dialog.querySelector<HTMLElement>(selector)
    if (found) return found.focus()
  }
}

/** What a confirmation asks. */
export interface ConfirmRequest {
  readonly title: string
  /** What will happen, in words: how many, to whom, whether it can be undone. */
  readonly body?: ReactNode
  /** Names the action, as in "停发 3 户" — not "确定". */
  readonly action: string
  readonly isDangerous?: boolean
  /** Asks for a reason; it must be given unless `isOptional`. */
  readonly reason?: { readonly label?: string; readonly hint?: string; readonly isOptional?: boolean }
}

export type ConfirmAnswer =
  | { readonly confirmed: true; readonly reason: string }
  | { readonly confirmed: false }

type Ask = (request: ConfirmRequest) => Promise<ConfirmAnswer>

const ConfirmContext = createContext<Ask | undefined>(undefined)

interface Pending {
  readonly request: ConfirmRequest
  readonly answer: (answer: ConfirmAnswer) => void
}

/** Gives `useConfirm` to all below. */
export const ConfirmProvider = ({ children }: { readonly children: ReactNode }) => {
  const [pending, setPending] = useState<Pending>()
  const ask = useCallback<Ask>(
    (request) => new Promise((resolve) => setPending({ request, answer: resolve })),
    [],
  )
  const close = (answer: ConfirmAnswer) => {
    pending?.answer(answer)
    setPending(undefined)
  }
  return (
    <ConfirmContext value={useMemo(() => ask, [ask])}>
      {children}
      {pending && <ConfirmDialog request={pending.request} onAnswer={close} />}
    </ConfirmContext>
  )
}

/**
 * Asks before something that cannot simply be taken back:
 * `const answer = await confirm({ title, body, action, reason: {} }); if (answer.confirmed) …`
 */
export const useConfirm = (): Ask => {
  const ask = useContext(ConfirmContext)
  if (!ask) throw new Error('no UiProvider above')
  return ask
}

const ConfirmDialog = (props: {
  readonly request: ConfirmRequest
  readonly onAnswer: (answer: ConfirmAnswer) => void
}) => {
  const { request, onAnswer } = props
  const { t } = useTexts(uiTexts)
  const [reason, setReason] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const confirm = () => {
    if (request.reason && !request.reason.isOptional && !reason.trim()) {
      setIsMissing(true)
      field.current?.focus()
      return
    }
    onAnswer({ confirmed: true, reason: reason.trim() })
  }
  const actions = (
    <>
      <Button onClick={() => onAnswer({ confirmed: false })}>{t('dialog.cancel')}</Button>
      <Button type="primary" danger={request.isDangerous} onClick={confirm}>
        {request.action}
      </Button>
    </>
  )
  return (
    <Dialog
      title={request.title}
      size="small"
      actions={actions}
      onClose={() => onAnswer({ confirmed: false })}
    >
      {request.body}
      {request.reason && (
        <div className="dd-field">
          <label htmlFor={id}>{request.reason.label ?? t('dialog.reason')}</label>
          {request.reason.hint && (
            <p id={`${id}-hint`} className="dd-field-hint">
              {request.reason.hint}
            </p>
          )}
          {isMissing && (
            <p id={`${id}-error`} className="dd-field-error">
              {t('dialog.reasonRequired')}
            </p>
          )}
          <textarea
            id={id}
            ref={field}
            className="dd-input"
            rows={3}
            value={reason}
            aria-invalid={isMissing || undefined}
            aria-describedby={
              [isMissing && `${id}-error`, request.reason.hint && `${id}-hint`].filter(Boolean).join(' ') ||
              undefined
            }
            onChange={(event) => {
              setReason(event.target.value)
              setIsMissing(false)
            }}
          />
        </div>
      )}
    </Dialog>
  )
}
