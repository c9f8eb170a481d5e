import { existsSync, readFileSync } from 'node:fs'
import { delimiter, extname, join } from 'node:path'
import axe, { type Result } from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core'
import { build } from 'vite'
import { type Built, builtOnce } from './built.ts'

export type { Built } from './built.ts'

// The shell without windows does a page's work in half the time.
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']

/** The browser the tests use: named by CHROMIUM_PATH or found on the path; undefined where there is none. */
export const chromiumPath = (): string | undefined =>
  [
    process.env.CHROMIUM_PATH ?? '',
    ...names.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))),
  ].find((path) => path && existsSync(path))

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const openChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath() ?? 'chromium', args: quiet })

/** Builds the console as it ships. */
export const buildConsole = (): Promise<Built> =>
  builtOnce('console', async (outDir) => {
    await build({ logLevel: 'error', build: { outDir, emptyOutDir: true } })
  })

/** Builds one module, in a file or given as text, as the script of an otherwise empty page. */
export const buildModule = (entry: string, text = ''): Promise<Built> =>
  builtOnce(`module ${text || entry}`, async (outDir) => {
    const output = { entryFileNames: 'page.js', assetFileNames: 'page[extname]' }
    const html = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>page</title><link rel="stylesheet" href="/page.css"></head><body><div id="root"></div><script type="module" src="/page.js"></script></body></html>`
    await build({
      logLevel: 'error',
      build: {
        outDir,
        emptyOutDir: true,
        cssCodeSplit: false,
        rolldownOptions: { input: entry, output },
      },
      plugins: [
        {
          name: 'page',
          generateBundle() {
            this.emitFile({ type: 'asset', fileName: 'index.html', source: html })
          },
        },
      ],
    })
  })

/** What a stand-in for the server answers; undefined leaves the request unanswered for ever. */
export interface Answer {
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}
export type Answerer = (request: Request) => Answer | 'no-answer' | 'cut'

export const origin = 'http://doudi.test'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** Serves the built files and the answers without opening a port; anything else is refused. */
export const serve = async (context: BrowserContext, folder: string, answer: Answerer): Promise<void> => {
  await context.route('**/*', async (route) => {
    const request = route.request()
    const { pathname, origin: from } = new URL(request.url())
    if (from !== origin) return route.abort()
    if (pathname.startsWith('/api/')) {
      const given = answer(request)
      if (given === 'no-answer') return
      if (given === 'cut') return route.abort()
      const { status = 200, body, headers } = given
      const contentType = status < 400 ? 'application/json' : 'application/problem+json'
      return route.fulfill({
        status,
        headers: { 'content-type': contentType, ...headers },
        body: JSON.stringify(body ?? {}),
      })
    }
    const file = join(folder, pathname)
    const path = extname(pathname) ? file : join(folder, 'index.html')
    if (!existsSync(path)) return route.fulfill({ status: 404 })
    await route.fulfill({ body: readFileSync(path), contentType: types[extname(path)] })
  })
}

/** The two screens every page must fit. */
export const desk = { viewport: { width: 1366, height: 768 } }
export const phone = {
  viewport: { width: 360, height: 640 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
}

type Violation = Pick<Result, 'id' | 'nodes'>

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * Faults axe finds, nothing switched off: `rule: element — why`. It runs in the page itself, which is three times as fast
 * as through a second page; a frame would not be looked into, so that one is a fault.
 */
export const axeFaults = async (page: Page): Promise<string[]> => {
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate(
    async (values): Promise<{ violations: Violation[] }> =>
      (
        globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
      ).axe.run({
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
      }),
    tags,
  )
  const frames = page
    .frames()
    .slice(1)
    .map((frame) => `frame: ${frame.url()} — not looked into`)
  return violations
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) =>
          `${id}: ${html.slice(0, 160)} — ${failureSummary?.replaceAll('\n', ' ')}`,
      ),
    )
    .concat(frames)
}

/** Pixels by which the page is wider than its window. */
export const sidewaysOf = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

/** Keeps a picture of the page where DOUDI_PICTURES names a folder; otherwise does nothing. */
export const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.DOUDI_PICTURES
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
