import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { permissionsOf, type Role } from '#access'
import { type Answer, desk, origin, serve } from './browser.ts'
import { aWorld, type World } from './console-world.ts'

/** A request as a stand-in for routes sees it. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Parsed JSON; undefined for anything else, such as an upload. */
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

export interface SignedInOptions {
  readonly path: string
  readonly role?: Role
  readonly screen?: BrowserContextOptions
  /** Answers what it knows; the shell's own routes are answered behind it. */
  readonly answer: (asked: Asked) => Answer | 'no-answer' | 'cut' | undefined
  readonly change?: (world: World) => void
}

const jsonOf = (text: string | null): unknown => {
  try {
    return text ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

/** A page of the built console for somebody who is signed in, against stand-ins; faults of the page fail the test. */
export const signedInPage = async (
  browser: Browser,
  folder: string,
  options: SignedInOptions,
): Promise<Page> => {
  const world = aWorld()
  world.isSignedIn = true
  const role = options.role ?? 'county-officer'
  world.session.account.role = role
  world.session.account.permissions = [...permissionsOf(role)]
  options.change?.(world)
  const context = await browser.newContext({ ...(options.screen ?? desk), locale: 'zh-CN' })
  await context.addCookies([{ name: 'doudi_csrf', value: 'token-1', url: origin }])
  await serve(context, folder, (request) => {
    const { pathname, searchParams } = new URL(request.url())
    const isUpload = (request.headers()['content-type'] ?? '').startsWith('multipart/')
    const asked = {
      method: request.method(),
      path: pathname,
      query: searchParams,
      body: isUpload ? undefined : jsonOf(request.postData()),
      headers: request.headers(),
    }
    return options.answer(asked) ?? world.answer(request)
  })
  const page = await context.newPage()
  await page.goto(origin + options.path)
  return page
}
