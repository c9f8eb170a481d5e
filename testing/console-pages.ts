import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import {
  type Answerer,
  axeFaults,
  type Built,
  buildModule,
  desk,
  openChromium,
  origin,
  phone,
  picture,
  serve,
  sidewaysOf,
} from './browser.ts'

/** The two screens every page must fit, for `test.for`. */
export const screens = [
  ['desk', desk],
  ['phone', phone],
] as const

/** Milliseconds a journey through pages may take on a busy machine. */
export const patience = 90_000

// The console's own frame around the pages of one room, from inside the project, so that packages are found from there.
const buildPages = async (file: string, list: string): Promise<Built> => {
  const cache = resolve('node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'doudi-pages-'))
  const source = (path: string) => JSON.stringify(resolve('src', path))
  const entry = join(folder, 'entry.js')
  const text = `import { createElement as h } from 'react'
     import { createRoot } from 'react-dom/client'
     import { RouterProvider } from 'react-router'
     import { createConsoleRouter } from ${source('app/console/router.web.tsx')}
     import { consoleTexts } from ${source('app/console/texts.ts')}
     import { createQueryClient, createTexts, UiProvider } from ${source('ui/door.web.ts')}
     import { ${list} as pages } from ${source(file)}
     const frame = { texts: createTexts([consoleTexts]), queries: createQueryClient() }
     const router = createConsoleRouter(pages)
     createRoot(document.getElementById('root')).render(h(UiProvider, frame, h(RouterProvider, { router })))`
  writeFileSync(entry, text)
  try {
    return await buildModule(entry, text)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface View {
  readonly screen?: BrowserContextOptions
  readonly language?: 'zh-CN' | 'en'
}

/** Pages of one room in a browser. */
export interface PagesInBrowser {
  /** Opens an address in a context of its own, for which the given stand-in plays the server. */
  open(world: { readonly answer: Answerer }, path: string, view?: View): Promise<Page>
  close(): Promise<void>
}

/** Shows the pages that `file` (from `src/`) exports as `list`, in the console's own frame. */
export const showPages = async (file: string, list: string): Promise<PagesInBrowser> => {
  const built = await buildPages(file, list)
  const browser = await openChromium()
  return {
    open: async (world, path, { screen = desk, language = 'zh-CN' } = {}) => {
      const context = await browser.newContext({ ...screen, locale: language, reducedMotion: 'reduce' })
      await context.addCookies([{ name: 'doudi_csrf', value: 'token-1', url: origin }])
      await context.addInitScript(`localStorage.setItem('doudi.language', '${language}')`)
      await serve(context, built.folder, world.answer)
      const page = await context.newPage()
      page.setDefaultTimeout(15_000)
      await page.goto(origin + path)
      return page
    },
    close: async () => {
      await browser.close()
      built.remove()
    },
  }
}

/** A page without axe faults that fits its window; keeps a picture under the name where one is wanted. */
export const expectSound = async (page: Page, name: string): Promise<void> => {
  await picture(page, name)
  expect(await axeFaults(page)).toEqual([])
  expect(await sidewaysOf(page)).toBe(0)
}
