import { Button } from 'antd'
import { type ReactNode, useId } from 'react'
import { Dialog } from '../dialog/dialog.web.tsx'
import { Icon } from '../marks/icon.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { useIsNarrow } from '../theme/media.web.ts'
import './side-panel.css'

interface SidePanelProps {
  /** The list. */
  readonly children: ReactNode
  /** What is open beside it; undefined closes the panel. */
  readonly panel?: { readonly title: string; readonly body: ReactNode; readonly actions?: ReactNode }
  readonly onClose: () => void
}

/** A list with a panel at its right for the row that is open; on a phone the panel is a dialog. */
export const WithSidePanel = ({ children, panel, onClose }: SidePanelProps) => {
  const { t } = useTexts(uiTexts)
  const isNarrow = useIsNarrow()
  const id = useId()
  if (isNarrow) {
    return (
      <>
        {children}
        {panel && (
          <Dialog title={panel.title} actions={panel.actions} onClose={onClose}>
            {panel.body}
          </Dialog>
        )}
      </>
    )
  }
  return (
    <div className={panel ? 'dd-split dd-split-open' : 'dd-split'}>
      <div className="dd-split-list">{children}</div>
      {panel && (
        <section className="dd-split-panel dd-card" aria-labelledby={id}>
          <header>
            <h2 id={id}>{panel.title}</h2>
            <Button
              className="dd-no-print"
              type="text"
              icon={<Icon name="close" />}
              aria-label={t('dialog.close')}
              onClick={onClose}
            />
          </header>
          <div className="dd-split-body">{panel.body}</div>
          {panel.actions && <footer className="dd-no-print">{panel.actions}</footer>}
        </section>
      )}
    </div>
  )
}
