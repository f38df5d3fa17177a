import type { Page } from 'playwright-core'

/** What hostile text became on a page, if it became anything but text; empty for a good page. Runs in the browser. */
export function lookForHarm(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const acting = 'iframe, object, embed, base, img, style, form[action^="http"], meta[http-equiv="refresh"]'
    for (const element of document.querySelectorAll(acting)) found.push(`element: ${element.outerHTML.slice(0, 200)}`)
    const hidden =
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u
    // halves of a pair are told as one would see them: a replacement sign tells nobody what stood there
    const half = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/
    const look = (text: string, where: string) => {
      if (hidden.test(text) || half.test(text)) found.push(`${where}: ${JSON.stringify(text.slice(0, 200))}`)
    }
    look(document.title, 'document title')
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) found.push(`handler: ${element.outerHTML.slice(0, 200)}`)
        if (['href', 'src', 'action'].includes(name) && /^\s*(?:javascript|data|vbscript):/i.test(value))
          found.push(`link: ${value.slice(0, 200)}`)
        if (['title', 'aria-label', 'alt', 'placeholder', 'label'].includes(name))
          look(value, `${name} of ${element.tagName}`)
      }
      if (element.tagName === 'SCRIPT') {
        const { src } = element as HTMLScriptElement
        if (!src.startsWith(location.origin)) found.push(`script: ${element.outerHTML.slice(0, 200)}`)
        continue
      }
      for (const node of element.childNodes)
        if (node.nodeType === Node.TEXT_NODE) look((node as Text).data, `text of ${element.tagName}`)
    }
    const world = globalThis as Record<string, unknown>
    if (world['pwned'] !== undefined) found.push('a script of the data ran')
    if (({} as Record<string, unknown>)['polluted'] !== undefined) found.push('Object.prototype was written to')
    return found
  })
}
