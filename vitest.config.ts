import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    globalSetup: ['tests/end.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores are what the smallest machine of a centre has; more workers would only compete for them.
    maxWorkers: 2,
  },
})
