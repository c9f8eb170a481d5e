import { Button } from 'antd'
import { useId, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { ApiProblem, type Session } from '#ui'
import { Dialog, ErrorState, PasswordField, useTexts } from '#ui/web'
import { consoleTexts } from '../texts.ts'
import { loginPathFor, signIn, useSessionChange } from './session-queries.web.ts'

interface ExpiredDialogProps {
  readonly session: Session
  readonly onDone: () => void
}

/** Asks the same person for the password again over the page they were on. */
export const ExpiredDialog = ({ session, onDone }: ExpiredDialogProps) => {
  const { t } = useTexts(consoleTexts)
  const { begin, end, readAgain } = useSessionChange()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>()
  const [isBusy, setIsBusy] = useState(false)
  const formId = useId()
  const submit = async () => {
    if (!password) return setError(undefined)
    setIsBusy(true)
    try {
      begin(await signIn({ login: session.account.login, password }))
      onDone()
      await readAgain()
    } catch (failure) {
      setError(failure)
    } finally {
      setIsBusy(false)
    }
  }
  const leave = () => {
    end()
    void navigate(loginPathFor(pathname, search), { replace: true })
  }
  const actions = (
    <>
      <Button onClick={leave}>{t('expired.other')}</Button>
      <Button type="primary" htmlType="submit" form={formId} loading={isBusy}>
        {t('expired.submit')}
      </Button>
    </>
  )
  const isRefusal = error instanceof ApiProblem && error.kind === 'refused' && error.problem.status < 500
  return (
    <Dialog
      title={t('expired.title')}
      size="small"
      actions={actions}
      onClose={leave}
      isDismissable={false}
      hidesPage
    >
      <p>{t('expired.body')}</p>
      <form
        id={formId}
        className="console-form"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {error !== undefined && !isRefusal && <ErrorState error={error} takesFocus />}
        <input type="text" hidden readOnly autoComplete="username" value={session.account.login} />
        <p>
          {t('login.login')} <strong>{session.account.login}</strong>
        </p>
        <PasswordField
          label={t('login.password')}
          autoComplete="current-password"
          value={password}
          error={isRefusal ? (error.problem.detail ?? error.problem.title) : undefined}
          onChange={setPassword}
        />
      </form>
    </Dialog>
  )
}
