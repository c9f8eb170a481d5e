import { Button } from 'antd'
import { callRoute } from '#access/web'
import { ErrorState, useConfirm, usePermission, useTexts, useToast, useWrite } from '#ui/web'
import { readHousehold } from '../household/contract.ts'
import { checkFact, type FactView, listFactsToCheck } from './contract.ts'
import { FactText, useFactLabel } from './fact-text.web.tsx'
import { factTexts } from './texts.ts'

type Answer = { readonly accepted: true } | { readonly accepted: false; readonly reason: string }

/** Accepts or rejects a fact that somebody else recorded; asks before either. Nothing for who may not check. */
export const CheckButtons = ({ fact }: { readonly fact: FactView }) => {
  const { t } = useTexts(factTexts)
  const labelOf = useFactLabel()
  const confirm = useConfirm()
  const toast = useToast()
  const mayCheck = usePermission('fact.check')
  const check = useWrite({
    write: (answer: Answer, { idempotencyKey }) =>
      callRoute(checkFact, { params: { id: fact.id }, body: answer, idempotencyKey }),
    invalidates: [[listFactsToCheck.path], [readHousehold.path]],
    onDone: ({ accepted, completeness }) =>
      toast({
        text: t(accepted ? 'accepted' : 'rejected', { percent: String(completeness) }),
        tone: 'good',
      }),
  })
  const ask = async (accepted: boolean) => {
    const answer = await confirm({
      title: t(accepted ? 'acceptTitle' : 'rejectTitle'),
      body: (
        <>
          <p>
            {labelOf(fact.kind)}: <FactText kind={fact.kind} value={fact.value} />
          </p>
          <p>{t(accepted ? 'acceptBody' : 'rejectBody')}</p>
        </>
      ),
      action: t(accepted ? 'accept' : 'reject'),
      isDangerous: !accepted,
      ...(accepted ? {} : { reason: {} }),
    })
    if (answer.confirmed) check.mutate(accepted ? { accepted } : { accepted, reason: answer.reason })
  }
  if (!mayCheck) return null
  return (
    <span className="registry-check dd-no-print">
      <Button size="small" loading={check.isPending} onClick={() => void ask(true)}>
        {t('accept')}
      </Button>
      <Button size="small" danger disabled={check.isPending} onClick={() => void ask(false)}>
        {t('reject')}
      </Button>
      {check.error && <ErrorState error={check.error} takesFocus />}
    </span>
  )
}
