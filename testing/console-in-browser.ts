import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { type Built, buildConsole, openChromium } from './browser.ts'

/** The built console and a browser to show it in. */
export interface ConsoleInBrowser {
  readonly browser: Browser
  /** The folder of the built console. */
  readonly folder: string
}

/** Call it inside a `describe`: builds and opens before its tests, at most `patience` milliseconds, and closes after them. */
export const consoleInBrowser = (patience: number): ConsoleInBrowser => {
  let browser: Browser
  let built: Built
  beforeAll(async () => {
    ;[browser, built] = await Promise.all([openChromium(), buildConsole()])
  }, patience)
  afterAll(async () => {
    await browser.close()
    built.remove()
  })
  return {
    get browser() {
      return browser
    },
    get folder() {
      return built.folder
    },
  }
}
