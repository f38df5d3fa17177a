/** Shows a `time` in the reader's own zone, with UTC as its title. Without a script it says UTC itself. */
function showLocal(time: HTMLTimeElement): void {
  const at = new Date(time.dateTime)
  const text = time.firstChild
  if (Number.isNaN(at.getTime()) || !(text instanceof Text)) return
  time.title = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  // in place: an island may hold the node
  text.data = spell(at)
}

/** `2026-11-24 09:14` */
function spell(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}

const timesIn = (place: ParentNode) => place.querySelectorAll<HTMLTimeElement>('time[datetime]')

for (const time of timesIn(document)) showLocal(time)
new MutationObserver((changes) => {
  for (const { type, target, addedNodes } of changes)
    if (type === 'attributes' && target instanceof HTMLTimeElement) showLocal(target)
    else
      for (const node of addedNodes)
        if (node instanceof HTMLTimeElement) showLocal(node)
        else if (node instanceof Element) for (const time of timesIn(node)) showLocal(time)
}).observe(document.body, { childList: true, subtree: true, attributeFilter: ['datetime'] })
