import { Button } from 'antd'
import { type DragEvent, useId, useRef, useState } from 'react'
import { Icon } from '../marks/icon.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { type FileFault, siftFiles, sizeText } from './files.ts'
import './fields.css'
import './file-drop.css'

interface FileDropProps {
  readonly label: string
  readonly hint?: string
  /** Endings with the dot, such as `['.csv', '.xlsx']`; an empty list takes all. */
  readonly endings: readonly string[]
  /** The largest size of one file in bytes. */
  readonly maxBytes: number
  readonly isMultiple?: boolean
  readonly files: readonly File[]
  readonly onFiles: (files: readonly File[]) => void
  readonly error?: string
  readonly isDisabled?: boolean
}

/** Chooses files by a button or by dropping them; says of each refused file why. Uploads nothing by itself. */
export const FileDrop = (props: FileDropProps) => {
  const { label, hint, endings, maxBytes, isMultiple = false, files, onFiles, error, isDisabled } = props
  const { t } = useTexts(uiTexts)
  const [faults, setFaults] = useState<readonly FileFault[]>([])
  const [isOver, setIsOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const types = endings.join(' ')
  const take = (list: FileList | null) => {
    if (isDisabled || !list) return
    const sifted = siftFiles([...list], { endings, maxBytes })
    setFaults(sifted.faults)
    if (sifted.taken.length > 0) onFiles(isMultiple ? [...files, ...sifted.taken] : sifted.taken.slice(0, 1))
  }
  const drag = (over: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setIsOver(over && !isDisabled)
  }
  const faultText = (fault: FileFault) =>
    fault.kind === 'tooBig'
      ? t('files.tooBig', { name: fault.name, size: sizeText(fault.bytes), limit: sizeText(maxBytes) })
      : t('files.wrongType', { name: fault.name, types })
  return (
    <div className="dd-field">
      <label htmlFor={id}>{label}</label>
      {hint && <p className="dd-field-hint">{hint}</p>}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is the first */}
      <div
        className="dd-drop"
        data-over={isOver}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event)
          take(event.dataTransfer.files)
        }}
      >
        <input
          ref={input}
          id={id}
          type="file"
          className="dd-unseen"
          tabIndex={-1}
          accept={endings.join(',')}
          multiple={isMultiple}
          disabled={isDisabled}
          aria-describedby={`${id}-limits`}
          onChange={(event) => {
            take(event.target.files)
            event.target.value = '' // the same file may be chosen again after it was corrected
          }}
        />
        <Button icon={<Icon name="upload" />} disabled={isDisabled} onClick={() => input.current?.click()}>
          {t('files.choose')}
          <span className="dd-unseen">{label}</span>
        </Button>
        <span className="dd-quiet">{t('files.drop')}</span>
        <span id={`${id}-limits`} className="dd-quiet">
          {t('files.limits', { types, size: sizeText(maxBytes) })}
        </span>
      </div>
      <div aria-live="polite">
        {[...faults.map(faultText), ...(error ? [error] : [])].map((text) => (
          <p key={text} className="dd-field-error">
            <Icon name="warning" /> {text}
          </p>
        ))}
      </div>
      {files.length > 0 && (
        <ul className="dd-files" aria-label={t('files.chosen')}>
          {files.map((file, index) => (
            <li key={`${file.name}${file.size}${file.lastModified}`}>
              <Icon name="file" />
              <span>{file.name}</span>
              <span className="dd-quiet">{sizeText(file.size)}</span>
              <Button
                size="small"
                type="text"
                icon={<Icon name="close" />}
                disabled={isDisabled}
                aria-label={t('files.remove', { name: file.name })}
                onClick={() => onFiles(files.filter((_, at) => at !== index))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
