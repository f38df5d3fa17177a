import type { Page } from 'playwright-core'
import type { BenchPart, Figure } from '../figure.ts'
import { openBrowser } from './open-browser.ts'
import { emptyPage, serveSite } from './serve-site.ts'
import { timeAction } from './time-action.ts'

const loads = 5
const rounds = 3
const steps = 12
/** a reader needs a moment for an item; meanwhile its neighbours are fetched */
const reading = 400
const viewport = { width: 1440, height: 900 }

export interface Wanted {
  /** of opening the page; left out for sites that have no such budget */
  opening?: { kilobytes: number; requests: number; cpuSeconds: number; heapMegabytes: number }
  /** milliseconds */
  change: number
}

/** The compare page of a site in Chromium: opened, filtered, walked through and scrolled. */
export async function measurePages(site: string, name: string, wanted: Wanted): Promise<BenchPart> {
  const { url, close } = await serveSite(site)
  try {
    const opening = await measureOpening(url, wanted.opening)
    const use = await measureUse(url, wanted.change)
    const work = 'Chromium, a fresh one for each opening; text zipped by the server'
    return { name: `compare page, ${name}`, work, figures: [...opening, ...use] }
  } finally {
    close()
  }
}

async function measureOpening(url: string, wanted: Wanted['opening']): Promise<Figure[]> {
  const samples: { kilobytes: number; requests: number; cpuSeconds: number; heapMegabytes: number; seconds: number }[] =
    []
  for (let load = 0; load < loads; load++) {
    const empty = await openOnce(`${url}${emptyPage}`, () => Promise.resolve())
    const compare = await openOnce(`${url}/compare/`, isUsable)
    samples.push({ ...compare, cpuSeconds: compare.cpuSeconds - empty.cpuSeconds })
  }
  const figure = (name: string, unit: string, member: keyof (typeof samples)[number], atMost?: number): Figure => ({
    name,
    unit,
    values: samples.map((sample) => sample[member]),
    ...(atMost === undefined ? {} : { wanted: { atMost } }),
  })
  return [
    figure('to the first comparison: compressed', 'KB', 'kilobytes', wanted?.kilobytes),
    figure('requests', '', 'requests', wanted?.requests),
    figure('CPU over an empty page', 's', 'cpuSeconds', wanted?.cpuSeconds),
    figure('heap, arrays included', 'MB', 'heapMegabytes', wanted?.heapMegabytes),
    figure('from the address to the first comparison', 's', 'seconds'),
  ]
}

/** Opens an address in a browser of its own. CPU is counted until a second after all is there. */
async function openOnce(address: string, usable: (page: Page) => Promise<unknown>) {
  await using opened = await openBrowser()
  const context = await opened.browser.newContext({ viewport })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  let bytes = 0
  let requests = 0
  session.on('Network.requestWillBeSent', () => requests++)
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await session.send('Network.enable')
  await page.waitForTimeout(1500)
  const before = opened.cpuSeconds()
  const begin = performance.now()
  await page.goto(address)
  await usable(page)
  const seconds = (performance.now() - begin) / 1000
  const sofar = { kilobytes: bytes / 1e3, requests, seconds }
  await page.waitForTimeout(1000)
  const cpuSeconds = opened.cpuSeconds() - before
  await session.send('HeapProfiler.collectGarbage')
  const heap = (await session.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number }
  return { ...sofar, cpuSeconds, heapMegabytes: (heap.usedSize + (heap.backingStorageSize ?? 0)) / 1e6 }
}

/** A list of items with what each run says, and the counts beside the filters. */
async function isUsable(page: Page): Promise<void> {
  await page.locator('table[data-ready] tr[data-item] [data-field]').first().waitFor({ timeout: 60_000 })
}

async function measureUse(url: string, change: number): Promise<Figure[]> {
  await using opened = await openBrowser()
  const page = await opened.browser.newPage({ viewport })
  await page.goto(`${url}/compare/`)
  await isUsable(page)
  const filters = await timeFilters(page)
  const models = await timeModels(page)
  const walk = await timeWalk(page)
  const { tasks, frames } = await scroll(page)
  return [
    { name: 'change of filter', unit: 'ms', values: filters, wanted: { atMost: change } },
    { name: 'change of models', unit: 'ms', values: models, wanted: { atMost: change } },
    { name: 'next disagreement, item open', unit: 'ms', values: walk, wanted: { atMost: 100 } },
    { name: 'scrolling: tasks over 50 ms', unit: '', values: [tasks.length], wanted: { atMost: 0 } },
    { name: 'scrolling: longest of them (0: none)', unit: 'ms', values: [Math.max(0, ...tasks)] },
    { name: 'scrolling: between two frames, 95 of 100 below', unit: 'ms', values: [frames] },
  ]
}

async function timeFilters(page: Page): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++)
    for (const filter of ['disagree', 'agree', 'error', 'all'])
      times.push(
        await timeAction(
          page,
          `() => document.querySelector('input[name="filter"][value="${filter}"]').click()`,
          `() => {
            const table = document.querySelector('[data-shown]')
            const count = document.querySelector('[data-count="${filter}"]').textContent.replaceAll(',', '')
            const first = document.querySelector('tr[data-item]')
            return new URLSearchParams(location.search).get('filter') === ${filter === 'all' ? 'null' : `'${filter}'`} &&
              table?.dataset.ready === 'true' && table.dataset.shown === count && first?.dataset.item !== ''
          }`,
        ),
      )
  return times
}

async function timeModels(page: Page): Promise<number[]> {
  const times: number[] = []
  const ticked = await page
    .locator('input[data-run]:checked')
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLElement).dataset['run'] ?? ''))
  for (let round = 0; round < rounds; round++)
    for (const run of ticked.slice(0, 2))
      for (const runs of [ticked.length - 1, ticked.length])
        times.push(
          await timeAction(
            page,
            `() => document.querySelector('input[data-run="${run}"]').click()`,
            `() => document.querySelectorAll('table[data-ready] thead th').length === ${runs + 1}`,
          ),
        )
  return times
}

/** The first steps are left out: nothing is fetched ahead of them. */
async function timeWalk(page: Page): Promise<number[]> {
  const press = (key: string) =>
    `() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', bubbles: true, cancelable: true }))`
  await page.locator('tr[data-item] .open').first().click()
  await page.locator('dialog[data-item]').waitFor()
  const times: number[] = []
  for (let step = 0; step < steps + 2; step++) {
    await page.waitForTimeout(reading)
    const item = await page.locator('dialog[data-item]').getAttribute('data-item')
    const time = await timeAction(
      page,
      press('n'),
      `() => {
        const dialog = document.querySelector('dialog[data-item]')
        return dialog !== null && dialog.dataset.item !== ${JSON.stringify(item)} && !dialog.textContent.includes('Loading…')
      }`,
    )
    if (step >= 2) times.push(time)
  }
  await page.keyboard.press('Escape')
  return times
}

/** Through the list, most of a screen a frame, then in leaps; the page drives itself, so that nobody is waited for. */
async function scroll(page: Page): Promise<{ tasks: number[]; frames: number }> {
  return page.locator('.tall').evaluate(async (list) => {
    const tasks: number[] = []
    const observer = new PerformanceObserver((seen) => {
      tasks.push(...seen.getEntries().map(({ duration }) => duration))
    })
    observer.observe({ type: 'longtask' })
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    const frames: number[] = []
    let last = await nextFrame()
    for (let turn = 0; turn < 120; turn++) {
      list.scrollTop += 600
      const now = await nextFrame()
      frames.push(now - last)
      last = now
    }
    for (const share of [0.2, 0.4, 0.6, 0.8, 1, 0.5, 0]) {
      list.scrollTop = share * list.scrollHeight
      await new Promise((resolve) => setTimeout(resolve, 400))
    }
    observer.disconnect()
    return { tasks, frames: frames.sort((a, b) => a - b)[Math.floor(frames.length * 0.95)] ?? 0 }
  })
}
