import { defineConfig } from 'astro/config'

// for astro check and editors; a build brings all of its options itself (bin/render-pages.ts)
export default defineConfig({ srcDir: '.' })
