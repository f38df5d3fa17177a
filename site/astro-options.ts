import type { AstroInlineConfig } from 'astro'

// registry's formats build schemas when they load; without this an island or a worker would carry all of zod, which probes
// for eval and so offends the CSP
const treeshake = { moduleSideEffects: [{ test: /\/registry\/src\//, sideEffects: false }] }

const islands = /\/site\/(?:islands|data)\/|\/registry\/src\/|\/node_modules\/preact\//

/** How Astro builds the pages, apart from where. Nothing is inlined: the pages' CSP is `default-src 'self'`. */
export const astroOptions: AstroInlineConfig = {
  srcDir: '.',
  output: 'static',
  trailingSlash: 'always',
  logLevel: 'error',
  devToolbar: { enabled: false },
  build: { format: 'directory', inlineStylesheets: 'never' },
  vite: {
    build: {
      assetsInlineLimit: 0,
      // one file for what several islands share: each file is a request before the first comparison
      rolldownOptions: {
        treeshake,
        output: { codeSplitting: { groups: [{ name: 'shared', test: islands, minShareCount: 2 }] } },
      },
    },
    worker: { format: 'es', rolldownOptions: { treeshake } },
    // a script finds its worker beside itself, wherever the site is served
    experimental: {
      renderBuiltUrl: (_, { hostType }) => (hostType === 'js' ? { relative: true } : undefined),
    },
    optimizeDeps: { noDiscovery: true },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  },
}
