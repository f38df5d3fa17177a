import { glob, readFile, writeFile } from 'node:fs/promises'
import { join, sep } from 'node:path'

/**
 * Makes Astro's own links to styles and scripts relative, so that the folder works at any address. The 404 page is
 * served from any depth, so its links start at `base`. Gives the number of pages. Text can't be taken for a link:
 * Astro escapes quotes in it.
 */
export async function relativizeAssets(folder: string, base: string): Promise<number> {
  let pages = 0
  for await (const file of glob('**/*.html', { cwd: folder })) {
    const path = join(folder, file)
    const root = file === '404.html' ? base : '../'.repeat(file.split(sep).length - 1) || './'
    const html = await readFile(path, 'utf8')
    await writeFile(path, html.replaceAll(/(<(?:link|script)\b[^>]*? (?:href|src)=")\/(_astro\/)/g, `$1${root}$2`))
    pages++
  }
  return pages
}
