import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { remember, remembered } from '../browser-memory.web.ts'
import { Dialog } from '../dialog/dialog.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { mayBeShortcut, offer, type Shortcut } from './keys.ts'
import './keys.css'

interface Keys {
  readonly register: (owner: string, shortcuts: readonly Shortcut[]) => () => void
  readonly openHelp: () => void
}

const KeysContext = createContext<Keys | undefined>(undefined)

const settingKey = 'doudi.single-keys'

const isWritingIn = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)) ||
    target.closest('[role="combobox"], [role="listbox"], [role="menu"]') !== null)

const isDialogOpen = (): boolean => document.querySelector('dialog[open]') !== null

/** Listens for the shortcuts of all that is on the page and shows their list on `?`. */
export const KeysProvider = ({ children }: { readonly children: ReactNode }) => {
  const owners = useRef(new Map<string, readonly Shortcut[]>())
  const [isOn, setIsOn] = useState(() => remembered(settingKey) !== 'off')
  const [shown, setShown] = useState<readonly Shortcut[]>()
  const all = useCallback(() => [...owners.current.values()].flat(), [])
  const keys = useMemo<Keys>(
    () => ({
      register: (owner, shortcuts) => {
        owners.current.set(owner, shortcuts)
        return () => void owners.current.delete(owner)
      },
      openHelp: () => setShown(all()),
    }),
    [all],
  )
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!isOn || isDialogOpen() || !mayBeShortcut(event, isWritingIn(event.target))) return
      if (event.key === '?') keys.openHelp()
      else if (!offer(all(), event.key)) return
      event.preventDefault()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [isOn, keys, all])
  const change = (on: boolean) => {
    setIsOn(on)
    remember(settingKey, on ? 'on' : 'off')
  }
  return (
    <KeysContext value={keys}>
      {children}
      {shown && (
        <KeyHelp shortcuts={shown} isOn={isOn} onChange={change} onClose={() => setShown(undefined)} />
      )}
    </KeysContext>
  )
}

const useKeys = (): Keys => {
  const keys = useContext(KeysContext)
  if (!keys) throw new Error('no UiProvider above')
  return keys
}

/** Adds shortcuts while the component is on the page; memoise the list or keep it stable with `useMemo`. */
export const useShortcuts = (shortcuts: readonly Shortcut[]): void => {
  const { register } = useKeys()
  const owner = useId()
  useEffect(() => register(owner, shortcuts), [register, owner, shortcuts])
}

/** Opens the list of shortcuts, for a button; `?` does the same. */
export const useKeyHelp = (): (() => void) => useKeys().openHelp

interface KeyHelpProps {
  readonly shortcuts: readonly Shortcut[]
  readonly isOn: boolean
  readonly onChange: (on: boolean) => void
  readonly onClose: () => void
}

const KeyHelp = ({ shortcuts, isOn, onChange, onClose }: KeyHelpProps) => {
  const { t } = useTexts(uiTexts)
  const nameOf = (key: string) => (key === 'Enter' ? t('keys.enter') : key === ' ' ? t('keys.space') : key)
  const general: Shortcut = { key: '?', label: t('keys.open'), group: t('keys.general'), run: () => true }
  const unique = [...new Map([...shortcuts, general].map((one) => [one.key, one])).values()]
  const groups = [...new Set(unique.map((one) => one.group ?? ''))]
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      {groups.map((group) => (
        <section key={group} className="dd-keys">
          {group && <h3>{group}</h3>}
          <dl>
            {unique
              .filter((one) => (one.group ?? '') === group)
              .map((one) => (
                <div key={one.key}>
                  <dt>
                    <kbd>{nameOf(one.key)}</kbd>
                  </dt>
                  <dd>{one.label}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
      <label className="dd-check">
        <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
        <span>{t('keys.single')}</span>
      </label>
      <p className="dd-quiet">{isOn ? t('keys.singleHint') : t('keys.off')}</p>
    </Dialog>
  )
}
