import { useEffect, useRef, useState } from 'preact/hooks'
import { findKeeper, tryToKeep } from './keeper.ts'

export interface KeyActions {
  step: (by: 1 | -1, disagreementOnly: boolean) => void
  jump: (to: 'first' | 'last') => void
  openCursor: () => void
  /** place in the list of runs, from 0 */
  toggleAt: (place: number) => void
  help: () => void
}

export interface KeySwitch {
  on: boolean
  set: (on: boolean) => void
}

const stored = 'batchledger-keys'

/** Single keys walk the page, unless one is typing or has switched them off (WCAG 2.1.4). */
export function useKeyboard(actions: KeyActions): KeySwitch {
  const [on, setOn] = useState(() => findKeeper()?.getItem(stored) !== 'off')
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    if (!on) return undefined
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (act(event, latest.current)) event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [on])
  return {
    on,
    set: (next) => {
      tryToKeep(stored, next ? 'on' : 'off')
      setOn(next)
    },
  }
}

function act(event: KeyboardEvent, actions: KeyActions): boolean {
  // another dialog than the item's has the keys to itself
  if (document.querySelector('dialog.help[open]')) return false
  switch (event.key) {
    case 'j':
    case 'k':
      actions.step(event.key === 'j' ? 1 : -1, false)
      return true
    case 'n':
    case 'p':
      actions.step(event.key === 'n' ? 1 : -1, true)
      return true
    case 'ArrowDown':
    case 'ArrowUp':
      if (!isRow(event.target)) return false
      actions.step(event.key === 'ArrowDown' ? 1 : -1, false)
      return true
    case 'Home':
    case 'End':
      if (!isRow(event.target)) return false
      actions.jump(event.key === 'Home' ? 'first' : 'last')
      return true
    case 'Enter':
      // a focused link or button keeps its own Enter; a row's may not have followed the walk yet
      if (event.target !== document.body && !isRow(event.target)) return false
      actions.openCursor()
      return true
    case '/':
      document.querySelector<HTMLElement>('.search input')?.focus()
      return true
    case '?':
      actions.help()
      return true
    default:
      if (!/^[1-8]$/.test(event.key)) return false
      actions.toggleAt(Number(event.key) - 1)
      return true
  }
}

/** The button of an item in the list, which is where the walk puts the focus. */
function isRow(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('tr[data-position] .open')
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
