import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useCallback, useMemo } from 'react'
import { useNavigate, useParams } from 'react-router'
import { callRoute, minuteText } from '#access/web'
import {
  ErrorState,
  Icon,
  LoadingSkeleton,
  Page,
  StatusTag,
  usePermission,
  useShortcuts,
  useTexts,
  useToast,
} from '#ui/web'
import { useLabels } from '../labels/labels.web.ts'
import { ChooseButton, Comparison } from './comparison.web.tsx'
import { type CaseFile, readAdjudication } from './contract.ts'
import { useDecision } from './decide.web.ts'
import { adjudicationTexts } from './texts.ts'

/** One row beside its candidates: choose one, say that it is none of them, or undo. */
export const AdjudicationPage = () => {
  const { id = '' } = useParams()
  return <CaseView key={id} id={id} />
}

const CaseView = ({ id }: { readonly id: string }) => {
  const { t } = useTexts(adjudicationTexts)
  const { label, feedName } = useLabels()
  const { data, error, refetch } = useQuery({
    queryKey: [readAdjudication.path, id],
    queryFn: ({ signal }) => callRoute(readAdjudication, { params: { id }, signal }),
  })
  const next = useNext(data)
  const title = data ? t('file.title', { kind: feedName(data.feed.kind) }) : t('title')
  return (
    <Page
      title={title}
      breadcrumbs={[{ label: t('title'), to: '/adjudications' }, { label: title }]}
      marks={
        data && (
          <StatusTag tone={data.status === 'open' ? 'orange' : 'good'}>
            {label('caseStatus', data.status)}
          </StatusTag>
        )
      }
      lead={data && <Source file={data} />}
      actions={
        <Button icon={<Icon name="chevronRight" />} onClick={next}>
          {t('file.next')}
        </Button>
      }
      help={
        <>
          <p>{t('help.how')}</p>
          <p>{t('help.weights')}</p>
          <p>{t('help.undo')}</p>
          <p>{t('help.keys')}</p>
        </>
      }
    >
      {data ? (
        <Decision file={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingSkeleton lines={10} />
      )}
    </Page>
  )
}

const Source = ({ file }: { readonly file: CaseFile }) => {
  const { t } = useTexts(adjudicationTexts)
  const { label, feedName } = useLabels()
  const { kind, period, row, role } = file.feed
  return (
    <>
      {t('file.source', {
        kind: feedName(kind),
        period: period ?? '',
        row: String(row),
        role: label('role', role),
      })}
    </>
  )
}

/** Goes to the next open case of the queue; also the key `n`. */
const useNext = (file: CaseFile | undefined) => {
  const { t } = useTexts(adjudicationTexts)
  const navigate = useNavigate()
  const toast = useToast()
  const nextId = file?.nextId
  const next = useCallback(() => {
    if (nextId) void navigate(`/adjudications/${nextId}`)
    else toast({ text: t('file.noNext') })
  }, [nextId, navigate, toast, t])
  const shortcuts = useMemo(
    () => [
      {
        key: 'n',
        label: t('file.openNext'),
        run: () => {
          next()
          return true
        },
      },
    ],
    [t, next],
  )
  useShortcuts(shortcuts)
  return next
}

const Decision = ({ file }: { readonly file: CaseFile }) => {
  const { t } = useTexts(adjudicationTexts)
  const { decide, undo, isBusy, error } = useDecision(file)
  const mayDecide = usePermission('adjudication.decide')
  const isOpen = file.status === 'open'
  // Whom one cannot see one cannot rule out: the server refuses both answers.
  const hasOutsider = file.candidates.some(({ visible }) => !visible)
  const canDecide = isOpen && mayDecide && !hasOutsider
  return (
    <>
      {error && <ErrorState error={error} takesFocus />}
      <Comparison
        file={file}
        choice={(candidate) =>
          canDecide && (
            <ChooseButton
              isBusy={isBusy}
              onChoose={() => decide({ verdict: 'same', personId: candidate.personId })}
            />
          )
        }
      />
      <div className="registry-decision dd-no-print">
        {canDecide && (
          <Button loading={isBusy} onClick={() => decide({ verdict: 'none' })}>
            {t('file.none')}
          </Button>
        )}
        {isOpen && mayDecide && hasOutsider && <p className="dd-quiet">{t('file.outsider')}</p>}
        {isOpen && !mayDecide && <p className="dd-quiet">{t('file.readOnly')}</p>}
        {!isOpen && file.decidedBy && file.decidedAt && (
          <p>{t('file.decidedBy', { name: file.decidedBy, at: minuteText(file.decidedAt) })}</p>
        )}
        {file.mayUndo && (
          <Button loading={isBusy} onClick={undo}>
            {t('file.undo')}
          </Button>
        )}
        {!isOpen && file.decidedAt && mayDecide && !file.mayUndo && (
          <p className="dd-quiet">{t('file.used')}</p>
        )}
      </div>
    </>
  )
}
