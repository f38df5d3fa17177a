import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchPart, BenchReport } from '../figure.ts'
import { measureLargeBuild, measureManyBuild, measureSmallBuild } from './measure-build.ts'
import { measurePages } from './measure-pages.ts'
import { openBrowser } from './open-browser.ts'

/** The pages: what it takes to build them, and to open, filter and scroll the compare page. */
export async function benchSite(): Promise<BenchReport> {
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-bench-site-'))
  try {
    const [small, many, large] = [join(folder, 'small'), join(folder, 'many'), join(folder, 'large')]
    for (const place of [small, many, large]) await mkdir(place)
    const parts: BenchPart[] = [await measureSmallBuild(small, join(small, 'site'))]
    const opening = { kilobytes: 120, requests: 15, cpuSeconds: 1, heapMegabytes: 20 }
    parts.push(await measurePages(join(small, 'site'), '5 × 5,000', { opening, change: 50 }))
    await rm(small, { recursive: true })
    parts.push(await measureManyBuild(many))
    parts.push(await measureLargeBuild(large, join(large, 'site')))
    parts.push(await measurePages(join(large, 'site'), '4 × 250,000', { change: 150 }))
    await using opened = await openBrowser()
    return { parts, versions: { chromium: opened.browser.version() } }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
