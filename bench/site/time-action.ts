import type { Page } from 'playwright-core'

/**
 * Milliseconds from an action to the frame that shows its outcome, measured in the page. Both are functions' texts: they
 * run there.
 * @param done true once the outcome stands in the document
 */
export function timeAction(page: Page, act: string, done: string): Promise<number> {
  return page.evaluate(`new Promise((resolve, reject) => {
    const isDone = ${done}
    const started = performance.now()
    const tooLong = setTimeout(() => reject(new Error('nothing came of it in 20 s: ' + ${JSON.stringify(act)})), 20000)
    const observer = new MutationObserver(check)
    function check() {
      if (!isDone()) return
      observer.disconnect()
      clearTimeout(tooLong)
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now() - started)
        port2.postMessage(0)
      })
    }
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    ;(${act})()
    check()
  })`)
}
