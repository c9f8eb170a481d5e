import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['./testing/global-setup.ts'],
    include: [
      'src/**/*.test.ts',
      'e2e/**/*.test.ts',
      'testing/**/*.test.ts',
      'scripts/**/*.test.ts',
      'bench/**/*.test.ts',
      '*.test.ts',
    ],
    // Those take minutes: `npm run test:long`.
    exclude: [...configDefaults.exclude, 'src/**/*.long.test.ts'],
    // One more than Vitest takes by itself: a file waits for its browser or its database most of the time.
    maxWorkers: availableParallelism(),
    testTimeout: 20_000,
    // A browser on two shared cores may miss a moment; on a machine of one's own a first failure is a failure.
    retry: process.env.CI ? 1 : 0,
    hookTimeout: 60_000,
  },
})
