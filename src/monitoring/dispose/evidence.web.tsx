import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addressOf, callRoute } from '#access/web'
import { sizeText } from '#ui'
import { ErrorState, FileDrop, Icon, useTexts } from '#ui/web'
import { readAlert } from '../alerts/contract.ts'
import { addEvidence, readEvidence } from './contract.ts'
import { disposeTexts } from './texts.ts'
import './dispose.css'

interface EvidenceFile {
  readonly id: string
  readonly fileName: string
  readonly sizeBytes: number
}

/** Evidence files as links that download them; looking at one is written to the audit trail. */
export const EvidenceList = <File extends EvidenceFile>(props: {
  readonly evidence: readonly File[]
  readonly byLine?: (file: File) => string
}) => (
  <ul className="dispose-evidence">
    {props.evidence.map((file) => (
      <li key={file.id}>
        <Icon name="file" />
        <span>
          <a href={addressOf(readEvidence, { id: file.id })} download>
            {file.fileName}
          </a>{' '}
          <span className="dd-quiet">
            {[sizeText(file.sizeBytes), props.byLine?.(file)].filter(Boolean).join(' · ')}
          </span>
        </span>
      </li>
    ))}
  </ul>
)

const endings = ['.pdf', '.png', '.jpg', '.jpeg', '.xlsx', '.docx']
const maxBytes = (addEvidence.uploadMiB ?? 10) * 1024 * 1024
/** A photograph of 10 MiB at 50 KB/s takes 210 seconds. */
const uploadTimeoutMs = 300_000

interface EvidenceUploadProps {
  readonly alertId: string
  readonly evidence: readonly EvidenceFile[]
  /** The id of the place that a summary of faults leads to. */
  readonly id: string
  readonly error: string | undefined
}

/** Chooses evidence files and sends each at once; those that arrived are listed below. */
export const EvidenceUpload = ({ alertId, evidence, id, error }: EvidenceUploadProps) => {
  const { t } = useTexts(disposeTexts)
  const client = useQueryClient()
  const [waiting, setWaiting] = useState<readonly File[]>([])
  const [sending, setSending] = useState<string>()
  const [failure, setFailure] = useState<unknown>()
  const sendAll = async (files: readonly File[]) => {
    setFailure(undefined)
    setWaiting(files)
    let left = files
    try {
      for (const file of files) {
        setSending(file.name)
        const body = new FormData()
        body.set('file', file)
        await callRoute(addEvidence, { params: { id: alertId }, body, timeoutMs: uploadTimeoutMs })
        left = left.filter((one) => one !== file)
        setWaiting(left)
      }
    } catch (problem) {
      setFailure(problem)
    } finally {
      setSending(undefined)
      await client.invalidateQueries({ queryKey: [readAlert.path, alertId] })
    }
  }
  return (
    <div id={id} tabIndex={-1} className="dispose-upload">
      <FileDrop
        label={t('form.evidence')}
        hint={t('form.evidenceHint')}
        endings={endings}
        maxBytes={maxBytes}
        isMultiple
        files={waiting}
        onFiles={(files) => void sendAll(files)}
        error={error}
        isDisabled={sending !== undefined}
      />
      <p role="status" className="dd-quiet">
        {sending && t('form.uploading', { name: sending })}
      </p>
      {failure !== undefined && <ErrorState error={failure} onRetry={() => void sendAll(waiting)} />}
      {evidence.length > 0 && (
        <section aria-label={t('form.evidenceList')}>
          <EvidenceList evidence={evidence} />
        </section>
      )}
    </div>
  )
}
