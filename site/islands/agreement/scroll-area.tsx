import type { ComponentChildren } from 'preact'

/** A wide table's own scroller: keys reach it also where nothing in it can be focused. */
export function ScrollArea({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
  )
}
