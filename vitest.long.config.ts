import { defineConfig } from 'vitest/config'

/** Tests that take minutes: `npm run test:long`. */
export default defineConfig({
  test: {
    globalSetup: ['./testing/global-setup.ts'],
    include: ['src/**/*.long.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
})
