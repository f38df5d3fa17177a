/** A paragraph, or the entries of a list. */
export type CriteriaBlock = { kind: 'text'; text: string } | { kind: 'list'; entries: string[] }

/** Criteria as people write them: lines that start with `-`, `*` or `•` are a list, an indented line goes on. */
export function parseCriteria(text: string): CriteriaBlock[] {
  const blocks: CriteriaBlock[] = []
  let open = false
  for (const line of text.split('\n')) {
    const last = blocks.at(-1)
    const bullet = /^\s*[-*•]\s+(.*)$/.exec(line)?.[1]
    const words = line.trim()
    if (words === '') open = false
    else if (bullet !== undefined) {
      if (last?.kind === 'list') last.entries.push(bullet.trim())
      else blocks.push({ kind: 'list', entries: [bullet.trim()] })
      open = true
    } else if (open && last?.kind === 'list' && /^\s/.test(line))
      last.entries.push(`${last.entries.pop() ?? ''} ${words}`)
    else if (open && last?.kind === 'text') last.text += ` ${words}`
    else {
      blocks.push({ kind: 'text', text: words })
      open = true
    }
  }
  return blocks
}
