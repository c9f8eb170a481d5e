import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import type { i18n as I18n } from 'i18next'
import type { ReactNode } from 'react'
import { I18nextProvider } from 'react-i18next'
import { ConfirmProvider } from './dialog/dialog.web.tsx'
import { KeysProvider } from './keys/keys.web.tsx'
import { useLanguage } from './texts/i18n.web.tsx'
import { antdTheme } from './theme/antd-theme.ts'
import { useMediaQuery } from './theme/media.web.ts'
import { ToastProvider } from './toast/toast.web.tsx'
import { cssVariables } from './tokens/tokens.ts'
import './theme/base.css'

const antdLocales = { 'zh-CN': zhCN, en: enUS } as const

const rootStyle = `:root{${Object.entries(cssVariables())
  .map(([name, value]) => `${name}:${value}`)
  .join(';')}}`

const Look = ({ children }: { readonly children: ReactNode }) => {
  const { language } = useLanguage()
  const isTouch = useMediaQuery('(max-width: 599.98px), (pointer: coarse)')
  const isStill = useMediaQuery('(prefers-reduced-motion: reduce)')
  return (
    <ConfigProvider
      locale={antdLocales[language]}
      theme={antdTheme({ isTouch, isStill })}
      button={{ autoInsertSpace: false }}
    >
      <style>{rootStyle}</style>
      <KeysProvider>
        <ToastProvider>
          <ConfirmProvider>{children}</ConfirmProvider>
        </ToastProvider>
      </KeysProvider>
    </ConfigProvider>
  )
}

interface UiProviderProps {
  /** From `createTexts()`. */
  readonly texts: I18n
  /** From `createQueryClient()`. */
  readonly queries: QueryClient
  readonly children: ReactNode
}

/** All that the shared components need above them: once, at the root of a page. */
export const UiProvider = ({ texts, queries, children }: UiProviderProps) => (
  <I18nextProvider i18n={texts}>
    <QueryClientProvider client={queries}>
      <Look>{children}</Look>
    </QueryClientProvider>
  </I18nextProvider>
)
