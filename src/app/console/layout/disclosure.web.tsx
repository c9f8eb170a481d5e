import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useLocation } from 'react-router'

interface DisclosureProps {
  /** Accessible name of the button when its content is not enough. */
  readonly label?: string
  readonly button: ReactNode
  readonly className: string
  readonly children: ReactNode
}

/** A button that shows something below it: Escape, moving on and a press elsewhere close it again. */
export const Disclosure = ({ label, button, className, children }: DisclosureProps) => {
  const [isOpen, setIsOpen] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const { key } = useLocation()
  const id = useId()
  // biome-ignore lint/correctness/useExhaustiveDependencies: moving to another page is what closes it
  useEffect(() => setIsOpen(false), [key])
  useEffect(() => {
    if (!isOpen) return
    const closeOutside = (event: Event) => {
      if (!frame.current?.contains(event.target as Node)) setIsOpen(false)
    }
    const closeByKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setIsOpen(false)
      opener.current?.focus()
    }
    document.addEventListener('pointerdown', closeOutside)
    document.addEventListener('focusin', closeOutside)
    document.addEventListener('keydown', closeByKey)
    return () => {
      document.removeEventListener('pointerdown', closeOutside)
      document.removeEventListener('focusin', closeOutside)
      document.removeEventListener('keydown', closeByKey)
    }
  }, [isOpen])
  return (
    <div className={className} ref={frame}>
      <button
        ref={opener}
        type="button"
        className="console-bar-button"
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        {button}
      </button>
      <div id={id} className="console-disclosed" hidden={!isOpen}>
        {children}
      </div>
    </div>
  )
}
