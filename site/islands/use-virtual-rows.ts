import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core'
import { useCallback, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks'
import type { RefObject } from 'preact'

/** The rows to draw, and the empty space that stands for the others. */
export interface VirtualRows {
  /** place of the first row drawn */
  first: number
  /** place after the last row drawn */
  end: number
  /** pixels */
  above: number
  below: number
  /** the list is being scrolled */
  moving: boolean
  /** brings a row into view by the shortest way */
  reveal: (place: number) => void
}

/** Browsers give up on elements higher than some 17 million pixels; longer lists are scrolled in larger steps. */
const tallest = 16_000_000
/** Rows drawn beyond the edges, so that a turn of the wheel shows no gap. */
const beyond = 2
/** A row's height until one is measured. */
const usual = 64

/**
 * Draws of a long list only what is on screen. All rows are equally high: one is measured for each layout and width, never
 * a second, so that a row that is a little higher can't set off a round of measuring.
 * @param scroller what scrolls, with a head that sticks to its top @param layout what rows are laid out by, as text
 */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  head: RefObject<HTMLElement | null>,
  layout: string,
): VirtualRows {
  const [, draw] = useReducer((turn: number) => turn + 1, 0)
  const [height, setHeight] = useState(usual)
  const whole = count * height
  const drawn = Math.min(whole, tallest)
  const scale = useRef(1)
  const measured = useRef('')
  const drawnAt = useRef(0)
  const [virtual] = useState(
    () =>
      new Virtualizer<HTMLElement, HTMLElement>({
        count,
        estimateSize: () => usual,
        getScrollElement: () => scroller.current,
        observeElementRect,
        observeElementOffset: (instance, tell) =>
          observeElementOffset(instance, (offset, isScrolling) => tell(offset * scale.current, isScrolling)),
        scrollToFn: elementScroll,
      }),
  )
  const { width, height: view } = virtual.scrollRect ?? { width: 0, height: 0 }
  scale.current = drawn === whole ? 1 : (whole - view) / (drawn - view)
  // after a leap all rows are new: those on screen come first, and the others once it stands still
  const offset = virtual.scrollOffset ?? 0
  const leaps = virtual.isScrolling && Math.abs(offset - drawnAt.current) > view
  virtual.setOptions({
    ...virtual.options,
    count,
    overscan: leaps ? 0 : beyond,
    estimateSize: () => height,
    initialRect: { width: 0, height: 900 },
    onChange: () => draw(undefined),
  })
  useLayoutEffect(() => virtual._didMount(), [virtual])
  useLayoutEffect(() => {
    virtual._willUpdate()
    const wanted = `${layout} ${width}`
    const row = measured.current === wanted ? null : scroller.current?.querySelector('tr[data-item]')
    if (!row || width === 0) return
    measured.current = wanted
    setHeight(row.getBoundingClientRect().height)
  })
  useLayoutEffect(() => virtual.measure(), [virtual, height])
  useLayoutEffect(() => {
    drawnAt.current = offset
  })
  const reveal = useCallback(
    (place: number) => {
      const element = scroller.current
      if (!element) return
      const from = element.scrollTop * scale.current
      const room = element.clientHeight - (head.current?.offsetHeight ?? 0)
      const top = place * height
      if (top < from) element.scrollTop = top / scale.current
      else if (top + height > from + room) element.scrollTop = (top + height - room) / scale.current
    },
    [scroller, head, height],
  )
  const rows = virtual.getVirtualItems()
  const first = rows[0]?.index ?? 0
  const end = Math.min(count, (rows.at(-1)?.index ?? -1) + 1)
  const above = Math.max(0, first * height - offset + offset / scale.current)
  return {
    first,
    end,
    above,
    below: Math.max(0, drawn - above - (end - first) * height),
    moving: virtual.isScrolling,
    reveal,
  }
}
