import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{registry,actions,site,scripts,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'build/**', '.demo/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 180_000,
    retry: 0,
    reporters: ['default', './test/closing-line-reporter.ts'],
  },
})
