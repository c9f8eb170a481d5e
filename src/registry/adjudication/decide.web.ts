import { callRoute } from '#access/web'
import { useConfirm, useTexts, useToast, useWrite } from '#ui/web'
import {
  type CaseFile,
  decideAdjudication,
  listAdjudications,
  readAdjudication,
  reopenAdjudication,
} from './contract.ts'
import { adjudicationTexts } from './texts.ts'

type Verdict = { readonly verdict: 'same'; readonly personId: string } | { readonly verdict: 'none' }

const invalidates = [[listAdjudications.path], [readAdjudication.path]]

/** Decides about a case, or takes the decision back, each after asking, on the version that was seen. */
export const useDecision = (file: CaseFile) => {
  const { t } = useTexts(adjudicationTexts)
  const confirm = useConfirm()
  const toast = useToast()
  const call = { params: { id: file.id }, version: file.version }
  const decision = useWrite({
    write: (body: Verdict, { idempotencyKey }) =>
      callRoute(decideAdjudication, { ...call, body, idempotencyKey }),
    invalidates,
    onDone: () => toast({ text: t('file.saved'), tone: 'good' }),
  })
  const undoing = useWrite({
    write: (body: object, { idempotencyKey }) =>
      callRoute(reopenAdjudication, { ...call, body, idempotencyKey }),
    invalidates,
    onDone: () => toast({ text: t('file.undone'), tone: 'good' }),
  })
  const decide = async (verdict: Verdict) => {
    const isSame = verdict.verdict === 'same'
    const { confirmed } = await confirm({
      title: t(isSame ? 'file.sameTitle' : 'file.noneTitle'),
      body: t(isSame ? 'file.sameBody' : 'file.noneBody'),
      action: t(isSame ? 'file.decideHere' : 'file.none'),
    })
    if (confirmed) decision.mutate(verdict)
  }
  const undo = async () => {
    const { confirmed } = await confirm({
      title: t('file.undoTitle'),
      body: t('file.undoBody'),
      action: t('file.undo'),
    })
    if (confirmed) undoing.mutate({})
  }
  return {
    decide: (verdict: Verdict) => void decide(verdict),
    undo: () => void undo(),
    isBusy: decision.isPending || undoing.isPending,
    error: decision.error ?? undoing.error,
  }
}
