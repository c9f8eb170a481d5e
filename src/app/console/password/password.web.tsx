import { Button } from 'antd'
import { type SubmitEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { ApiProblem, type Session } from '#ui'
import {
  apiFetch,
  ErrorState,
  ErrorSummary,
  type FormFault,
  Page,
  PasswordField,
  useSession,
  useTexts,
  useToast,
  useWrite,
} from '#ui/web'
import { useSessionChange } from '../session/session-queries.web.ts'
import { consoleTexts } from '../texts.ts'
import { type PasswordFault, type PasswordValues, passwordFaults } from './rules.ts'

/** Changes the reader's own password; a must after a reset. */
export const PasswordPage = () => {
  const { t } = useTexts(consoleTexts)
  const { account } = useSession()
  return (
    <Page title={t('password.title')} lead={account.mustChangePassword ? t('password.must') : undefined}>
      <div className="console-narrow dd-card">
        <PasswordForm />
      </div>
    </Page>
  )
}

const serverFaults = (error: unknown): FormFault[] =>
  error instanceof ApiProblem && error.kind === 'refused' && error.problem.status < 500
    ? [{ fieldId: 'password-current', message: error.problem.detail ?? error.problem.title ?? error.message }]
    : []

const empty: PasswordValues = { current: '', next: '', repeat: '' }

const PasswordForm = () => {
  const { t } = useTexts(consoleTexts)
  const session = useSession()
  const { amend } = useSessionChange()
  const navigate = useNavigate()
  const toast = useToast()
  const [values, setValues] = useState(empty)
  const [ownFaults, setOwnFaults] = useState<readonly PasswordFault[]>([])
  const change = useWrite({
    write: ({ current, next }: PasswordValues, { idempotencyKey }) =>
      apiFetch('/api/v1/access/password', {
        method: 'POST',
        body: { current, next },
        idempotencyKey,
        checksPassword: true,
      }),
    onDone: () => {
      const next: Session = { ...session, account: { ...session.account, mustChangePassword: false } }
      amend(next)
      toast({ text: t('password.done') })
      void navigate('/')
    },
  })
  const faults: readonly FormFault[] = [
    ...ownFaults.map(({ field, key }) => ({ fieldId: `password-${field}`, message: t(`password.${key}`) })),
    ...serverFaults(change.error),
  ]
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const found = passwordFaults(values)
    setOwnFaults(found)
    change.reset()
    if (found.length === 0) change.mutate(values)
  }
  const fieldOf = (field: keyof PasswordValues) => ({
    id: `password-${field}`,
    label: t(`password.${field}`),
    value: values[field],
    error: faults.find(({ fieldId }) => fieldId === `password-${field}`)?.message,
    onChange: (value: string) => setValues({ ...values, [field]: value }),
  })
  return (
    <form className="console-form" noValidate onSubmit={submit}>
      <ErrorSummary faults={faults} />
      {change.error && faults.length === 0 && <ErrorState error={change.error} takesFocus />}
      <input type="text" hidden readOnly autoComplete="username" value={session.account.login} />
      <PasswordField {...fieldOf('current')} autoComplete="current-password" />
      <PasswordField {...fieldOf('next')} hint={t('password.nextHint')} autoComplete="new-password" />
      <PasswordField {...fieldOf('repeat')} autoComplete="new-password" />
      <div>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('password.submit')}
        </Button>
      </div>
    </form>
  )
}
