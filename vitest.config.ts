import { defineConfig } from 'vitest/config'

/** Tests that load a real model use every core: they run after the others, one file at a time. */
const withModels = [
  'actions/engines/{llama-cpp,json-schema-grammar}.test.ts',
  'actions/fetch-weights/*.test.ts',
  'test/demo.test.ts',
]

export default defineConfig({
  test: {
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 180_000,
    retry: 0,
    reporters: ['default', './test/closing-line-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['{registry,actions,site,scripts,test,self-hosted-runner}/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...withModels],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'models', include: withModels, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
