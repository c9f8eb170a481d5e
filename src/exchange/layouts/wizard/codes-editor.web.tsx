import { Button } from 'antd'
import { useRef, useState } from 'react'
import { Icon, type Option, useTexts } from '#ui/web'
import { layoutTexts } from '../texts.ts'

type Codes = Readonly<Record<string, string>>

interface CodesEditorProps {
  readonly codes: Codes
  readonly meanings: readonly Option[]
  readonly onChange: (codes: Codes) => void
}

interface Line {
  readonly id: number
  readonly text: string
  readonly meaning: string
}

/** The sender's spellings, each with what it means here. */
export const CodesEditor = ({ codes, meanings, onChange }: CodesEditorProps) => {
  const { t } = useTexts(layoutTexts)
  const [lines, setLines] = useState<readonly Line[]>(() =>
    Object.entries(codes).map(([text, meaning], id) => ({ id, text, meaning })),
  )
  const nextId = useRef(lines.length)
  const set = (next: readonly Line[]) => {
    setLines(next)
    onChange(
      Object.fromEntries(next.flatMap(({ text, meaning }) => (text.trim() ? [[text.trim(), meaning]] : []))),
    )
  }
  const change = (id: number, changes: Partial<Line>) =>
    set(lines.map((line) => (line.id === id ? { ...line, ...changes } : line)))
  const add = () => {
    setLines([...lines, { id: nextId.current, text: '', meaning: '' }])
    nextId.current += 1
  }
  return (
    <fieldset className="layout-codes-frame">
      <legend>
        <strong>{t('wizard.options.codes')}</strong>
      </legend>
      <p className="dd-field-hint">{t('wizard.options.codesHint')}</p>
      <ul className="layout-codes">
        {lines.map((line) => (
          <li key={line.id}>
            <input
              className="dd-input"
              aria-label={t('wizard.options.codeText')}
              value={line.text}
              maxLength={60}
              onChange={(event) => change(line.id, { text: event.target.value })}
            />
            <span aria-hidden="true">→</span>
            <select
              className="dd-input"
              aria-label={`${t('wizard.options.codeMeaning')} ${line.text}`}
              value={line.meaning}
              onChange={(event) => change(line.id, { meaning: event.target.value })}
            >
              <option value="">{t('wizard.options.codeNothing')}</option>
              {meanings.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
            <button
              type="button"
              className="dd-icon-button"
              aria-label={t('wizard.options.removeCode', { text: line.text })}
              onClick={() => set(lines.filter(({ id }) => id !== line.id))}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <Button size="small" onClick={add}>
        {t('wizard.options.addCode')}
      </Button>
    </fieldset>
  )
}
