import { type FocusEvent, type FormEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'

/** Which fields of a form somebody has been at: what is wrong with the others is not yet said beside them. */
export interface Touched {
  /** By the id of the control. */
  readonly isTouched: (fieldId: string) => boolean
  /** Somebody asked for the whole form: from now on all fields count. */
  readonly touchAll: () => void
  /** Goes on the element around the fields: a field counts once it is changed or left. */
  readonly frame: {
    readonly onBlur: (event: FocusEvent) => void
    readonly onChange: (event: FormEvent) => void
  }
}

/** For forms that are checked while they are filled in; a form checked on submit alone keeps its faults itself. */
export const useTouched = (): Touched => {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [isAll, setIsAll] = useState(false)
  const touch = useCallback(
    (id: string) => id !== '' && setIds((before) => (before.has(id) ? before : new Set([...before, id]))),
    [],
  )
  const afterPress = useAfterPress()
  const frame = useMemo(
    () => ({
      onBlur: ({ target }: FocusEvent) => afterPress(() => touch(target.id)),
      onChange: ({ target }: FormEvent) => void touch((target as Element).id),
    }),
    [touch, afterPress],
  )
  const touchAll = useCallback(() => setIsAll(true), [])
  return { isTouched: (id) => isAll || ids.has(id), touchAll, frame }
}

/**
 * Runs something at once, or when the mouse is let go: a sentence that appears at a field while the button below is being
 * pressed would move the button away from under the pointer, and the press would be lost.
 */
const useAfterPress = (): ((run: () => void) => void) => {
  const isPressed = useRef(false)
  const waiting = useRef<(() => void)[]>([])
  useEffect(() => {
    const press = () => {
      isPressed.current = true
    }
    const letGo = () => {
      isPressed.current = false
      // The click itself comes right after this event.
      window.setTimeout(() => {
        for (const run of waiting.current.splice(0)) run()
      })
    }
    const events = { pointerdown: press, pointerup: letGo, pointercancel: letGo }
    for (const [name, listen] of Object.entries(events)) document.addEventListener(name, listen, true)
    return () => {
      for (const [name, listen] of Object.entries(events)) document.removeEventListener(name, listen, true)
    }
  }, [])
  return useCallback((run) => {
    if (isPressed.current) waiting.current.push(run)
    else run()
  }, [])
}
