import { Button } from 'antd'
import { type KeyboardEvent, type SubmitEvent, useEffect, useState } from 'react'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { ApiProblem } from '#ui'
import { ErrorState, ErrorSummary, type FormFault, PasswordField, TextField, useTexts } from '#ui/web'
import { DemoBanner } from '../layout/demo-banner.web.tsx'
import { LanguageSwitch } from '../layout/language-switch.web.tsx'
import {
  type Credentials,
  safeTarget,
  signIn,
  useSessionChange,
  useSessionState,
} from '../session/session-queries.web.ts'
import { consoleTexts } from '../texts.ts'
import './login.css'

const loginId = 'login-name'
const passwordId = 'login-password'

/** The door for officials: account and password, no puzzle, pasting allowed. */
export const LoginPage = () => {
  const { t } = useTexts(consoleTexts)
  const { data } = useSessionState()
  const [search] = useSearchParams()
  const title = t('login.title')
  useEffect(() => {
    document.title = `${title} · ${t('product')}`
  }, [title, t])
  if (data?.session) return <Navigate replace to={safeTarget(search.get('to'))} />
  return (
    <>
      {data?.demo && <DemoBanner />}
      <div className="login-page">
        <header className="login-brand">
          <p className="login-product">{t('product')}</p>
          <p className="dd-quiet">{t('tagline')}</p>
        </header>
        <main id="main" className="login-card dd-card">
          <h1>{title}</h1>
          <LoginForm target={safeTarget(search.get('to'))} />
          <p className="dd-quiet">{t(data?.demo ? 'demo.accounts' : 'login.help')}</p>
        </main>
        <p className="login-residents">
          {t('login.residents')} <a href="/self-check">{t('login.selfCheck')}</a>
        </p>
        <LanguageSwitch />
      </div>
    </>
  )
}

const isRefusal = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem && error.kind === 'refused' && error.problem.status < 500

const LoginForm = ({ target }: { readonly target: string }) => {
  const { t } = useTexts(consoleTexts)
  const navigate = useNavigate()
  const { begin } = useSessionChange()
  const [values, setValues] = useState<Credentials>({ login: '', password: '' })
  const [faults, setFaults] = useState<readonly FormFault[]>([])
  const [failure, setFailure] = useState<unknown>()
  const [isBusy, setIsBusy] = useState(false)
  const [isCaps, setIsCaps] = useState(false)
  const errorOf = (id: string) => faults.find(({ fieldId }) => fieldId === id)?.message
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setFailure(undefined)
    const missing = [
      ...(values.login.trim() ? [] : [{ fieldId: loginId, message: t('login.loginMissing') }]),
      ...(values.password ? [] : [{ fieldId: passwordId, message: t('login.passwordMissing') }]),
    ]
    setFaults(missing)
    if (missing.length > 0) return
    setIsBusy(true)
    try {
      begin(await signIn({ ...values, login: values.login.trim() }))
      await navigate(target, { replace: true })
    } catch (error) {
      if (isRefusal(error)) {
        const message = error.problem.detail ?? error.problem.title ?? error.message
        setFaults([{ fieldId: passwordId, message }])
      } else setFailure(error)
    } finally {
      setIsBusy(false)
    }
  }
  const watchCaps = (event: KeyboardEvent) => setIsCaps(event.getModifierState('CapsLock'))
  return (
    <form className="console-form" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary faults={faults} />
      {failure !== undefined && <ErrorState error={failure} takesFocus />}
      <TextField
        id={loginId}
        label={t('login.login')}
        value={values.login}
        error={errorOf(loginId)}
        onChange={(login) => setValues({ ...values, login })}
        input={{ autoComplete: 'username', autoCapitalize: 'off', spellCheck: false, maxLength: 64 }}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only watches the caps lock light */}
      <div onKeyUp={watchCaps}>
        <PasswordField
          id={passwordId}
          label={t('login.password')}
          autoComplete="current-password"
          value={values.password}
          error={errorOf(passwordId)}
          hint={isCaps ? t('login.capsLock') : undefined}
          onChange={(password) => setValues({ ...values, password })}
        />
      </div>
      <Button type="primary" htmlType="submit" size="large" block loading={isBusy}>
        {isBusy ? t('login.submitting') : t('login.submit')}
      </Button>
    </form>
  )
}
