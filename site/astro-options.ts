import type { AstroInlineConfig } from 'astro'

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
      // registry's formats build schemas when they load; without this the island would carry all of zod, which probes
      // for eval and so offends the CSP
      rolldownOptions: { treeshake: { moduleSideEffects: [{ test: /\/registry\/src\//, sideEffects: false }] } },
    },
    optimizeDeps: { noDiscovery: true },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  },
}
