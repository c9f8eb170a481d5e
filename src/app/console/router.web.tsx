import type { ComponentType } from 'react'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { isPermitted } from '#ui'
import { LoadingSkeleton, useSession } from '#ui/web'
import { CrashedPage } from './errors/crashed.web.tsx'
import { ForbiddenPage, NotFoundPage } from './errors/not-found.web.tsx'
import { Layout } from './layout/layout.web.tsx'
import { LoginPage } from './login/login.web.tsx'
import type { ConsolePage } from './pages.web.tsx'
import { SessionGate } from './session/session-gate.web.tsx'

const guarded = (page: ConsolePage, Component: ComponentType): ComponentType => {
  const Guarded = () =>
    isPermitted(useSession().account.permissions, page.permission) ? <Component /> : <ForbiddenPage />
  return Guarded
}

const Loading = () => <LoadingSkeleton lines={8} />

const routeOf = (page: ConsolePage): RouteObject => ({
  path: page.path,
  errorElement: <CrashedPage />,
  hydrateFallbackElement: <Loading />,
  lazy: async () => ({ Component: guarded(page, await page.load()) }),
})

/** The console's addresses: the login page, and behind the gate the pages of the registry. */
export const createConsoleRouter = (pages: readonly ConsolePage[]) =>
  createBrowserRouter([
    { path: '/login', Component: LoginPage },
    {
      path: '/',
      hydrateFallbackElement: <Loading />,
      element: (
        <SessionGate>
          <Layout pages={pages} />
        </SessionGate>
      ),
      children: [
        ...pages.map(routeOf),
        {
          path: 'password',
          errorElement: <CrashedPage />,
          lazy: async () => ({ Component: (await import('./password/password.web.tsx')).PasswordPage }),
        },
        { path: '*', Component: NotFoundPage },
      ],
    },
  ])
