import { Button } from 'antd'
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Icon } from '../marks/icon.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import './toast.css'

/** A short word on what just happened. */
export interface ToastRequest {
  readonly text: string
  /** `good` goes by itself after eight seconds; `red` stays until it is dismissed. */
  readonly tone?: 'good' | 'red'
  /** Such as undo; a toast with an action stays until it is dismissed. */
  readonly action?: { readonly label: string; readonly onSelect: () => void }
}

interface Toast extends ToastRequest {
  readonly id: number
}

const ToastContext = createContext<((toast: ToastRequest) => void) | undefined>(undefined)

const shownForMs = 8000

/** Shows the toasts and has a screen reader speak them. */
export const ToastProvider = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTexts(uiTexts)
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const count = useRef(0)
  const show = useCallback((toast: ToastRequest) => {
    count.current += 1
    const id = count.current
    setToasts((before) => [...before.slice(-2), { ...toast, id }])
  }, [])
  const drop = useCallback((id: number) => setToasts((before) => before.filter((one) => one.id !== id)), [])
  return (
    <ToastContext value={useMemo(() => show, [show])}>
      {children}
      <section className="dd-toasts" aria-label={t('toast.region')} aria-live="polite">
        {toasts.map((toast) => (
          <ToastLine key={toast.id} toast={toast} onDrop={drop} />
        ))}
      </section>
    </ToastContext>
  )
}

const ToastLine = ({ toast, onDrop }: { readonly toast: Toast; readonly onDrop: (id: number) => void }) => {
  const { t } = useTexts(uiTexts)
  const { id, tone = 'good', action } = toast
  const goesByItself = tone === 'good' && !action
  useEffect(() => {
    if (!goesByItself) return
    const timer = window.setTimeout(() => onDrop(id), shownForMs)
    return () => window.clearTimeout(timer)
  }, [goesByItself, id, onDrop])
  return (
    <div className={`dd-toast dd-tone-${tone}`}>
      <Icon name={tone === 'good' ? 'check' : 'warning'} />
      <p>{toast.text}</p>
      {action && (
        <Button
          size="small"
          onClick={() => {
            action.onSelect()
            onDrop(id)
          }}
        >
          {action.label}
        </Button>
      )}
      <Button size="small" type="text" onClick={() => onDrop(id)}>
        {t('toast.dismiss')}
      </Button>
    </div>
  )
}

/** Gives the function that shows a toast: `toast({ text: t(saved) })`. Inside an open dialog say it there instead. */
export const useToast = (): ((toast: ToastRequest) => void) => {
  const show = useContext(ToastContext)
  if (!show) throw new Error('no UiProvider above')
  return show
}
