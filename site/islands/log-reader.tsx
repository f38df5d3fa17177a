import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { formatCount } from 'registry'
import { readLogLine } from '../data/log-line.ts'
import { cutText } from './cut-text.ts'
import type { LogSource } from './log-source.ts'
import { saveLog } from './save-log.ts'

interface Props {
  source: LogSource
  /** the whole log is about to show */
  onOpen: () => void
}

interface Shown {
  chunk: number
  lines: string[]
}

interface Search {
  text: string
  found: number[]
  /** place in `found` */
  at: number
  /** how much was searched, 0 to 1 */
  share: number
}

/** A run's log a part at a time, and a search through all of it. */
export function LogReader({ source, onOpen }: Props) {
  const { starts } = source.about.chunks
  const [shown, setShown] = useState<Shown>()
  const [problem, setProblem] = useState<string>()
  const [search, setSearch] = useState<Search>()
  const field = useRef<HTMLInputElement>(null)
  const current = useRef<HTMLLIElement>(null)
  const running = useRef(new AbortController())
  const line = search?.found[search.at]

  const open = (chunk: number) => {
    setProblem(undefined)
    source.read(chunk).then(
      (lines) => {
        onOpen()
        setShown({ chunk, lines })
      },
      (error: Error) => setProblem(error.message),
    )
  }
  // the line that was found comes on screen, from another part where it stands there
  const wanted = line === undefined ? undefined : source.chunkOf(line)
  useEffect(() => {
    if (wanted !== undefined && wanted !== shown?.chunk) open(wanted)
  }, [wanted])
  useEffect(() => current.current?.scrollIntoView({ block: 'center' }), [line, shown])

  const go = (step: number) => {
    const text = field.current?.value ?? ''
    if (text === '') {
      running.current.abort()
      setSearch(undefined)
    } else if (search?.text === text) {
      const count = search.found.length
      if (count > 0) setSearch({ ...search, at: (search.at + step + count) % count })
    } else {
      running.current.abort()
      const controller = new AbortController()
      running.current = controller
      setSearch({ text, found: [], at: 0, share: 0 })
      const tell = (found: number[], share: number) =>
        setSearch((before) => (before?.text === text ? { ...before, found, share } : before))
      source.search(text, tell, controller.signal).catch((error: Error) => setProblem(error.message))
    }
  }

  const chunk = shown?.chunk ?? 0
  const first = (starts[chunk] ?? 0) + 1
  const text = search?.text
  // a search that is under way tells often, and hundreds of lines needn't be drawn anew each time
  const lines = useMemo(
    () =>
      shown?.lines.map((raw, place) => (
        <Line
          key={first + place}
          text={raw}
          number={first + place}
          mark={text}
          place={line === first + place - 1 ? current : undefined}
        />
      )),
    [shown, text, line],
  )
  return (
    <>
      <form
        class="log-search"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          go(1)
        }}
      >
        <label>
          Search the log{' '}
          <input
            ref={field}
            type="search"
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !event.shiftKey) return
              event.preventDefault()
              go(-1)
            }}
          />
        </label>
        <button type="submit">{search && search.found.length > 0 ? 'Next' : 'Search'}</button>
        {search && search.found.length > 1 && (
          <button type="button" onClick={() => go(-1)}>
            Previous
          </button>
        )}
        <output aria-live="polite">{tellSearch(search, line)}</output>
      </form>
      <div class="log-bar">
        {shown === undefined ? (
          <button type="button" onClick={() => open(0)}>
            Read the whole log
          </button>
        ) : (
          <>
            <span>
              Lines {formatCount(first)}–{formatCount(first + shown.lines.length - 1)} of{' '}
              {formatCount(source.about.lines)}
            </span>
            {starts.length > 1 && (
              <>
                <Turn name="First" to={0} chunk={chunk} open={open} />
                <Turn name="Earlier" to={Math.max(0, chunk - 1)} chunk={chunk} open={open} />
                <Turn name="Later" to={Math.min(starts.length - 1, chunk + 1)} chunk={chunk} open={open} />
                <Turn name="Last" to={starts.length - 1} chunk={chunk} open={open} />
              </>
            )}
          </>
        )}
        <button
          type="button"
          onClick={() => {
            saveLog(source).catch((error: Error) => setProblem(error.message))
          }}
        >
          Save as a file
        </button>
      </div>
      {problem !== undefined && (
        <p class="notice bad" role="alert">
          The log can’t be read: {problem}. Build the site anew, or see that all of its folder is served.
        </p>
      )}
      {shown && (
        <div class="log whole" tabindex={0} role="region" aria-label="The log">
          <ol class="log-lines" start={first}>
            {lines}
          </ol>
        </div>
      )}
    </>
  )
}

function Turn({ name, to, chunk, open }: { name: string; to: number; chunk: number; open: (chunk: number) => void }) {
  return (
    <button type="button" disabled={to === chunk} onClick={() => open(to)}>
      {name}
    </button>
  )
}

interface LineProps {
  text: string
  number: number
  mark: string | undefined
  /** set on the line the search stands at */
  place: { current: HTMLLIElement | null } | undefined
}

function Line({ text: raw, number, mark, place }: LineProps) {
  const [whole, setWhole] = useState(false)
  const { at, text, kind } = readLogLine(raw)
  const cut = whole ? undefined : cutText(text, 2000, 40)
  return (
    <li
      value={number}
      class={place ? `${kind} current` : kind}
      {...(place ? { ref: place, 'aria-current': 'true' } : {})}
    >
      {at !== undefined && (
        <span class="at" title={at}>
          {at.slice(11, 19)}
        </span>
      )}
      <span dir="auto">{markText(cut ?? text, mark)}</span>
      {cut !== undefined && (
        <button type="button" class="more" onClick={() => setWhole(true)}>
          … show all {formatCount(text.length)} characters<span class="hidden"> of line {number}</span>
        </button>
      )}
    </li>
  )
}

/** Text with what was searched for in `<mark>`. */
function markText(text: string, mark: string | undefined) {
  if (mark === undefined) return text
  const [low, wanted] = [text.toLowerCase(), mark.toLowerCase()]
  // letters whose lower case is longer would shift every place after them
  if (low.length !== text.length) return text
  const parts = []
  let end = 0
  for (let start = low.indexOf(wanted); start !== -1; start = low.indexOf(wanted, end)) {
    parts.push(text.slice(end, start), <mark key={start}>{text.slice(start, start + wanted.length)}</mark>)
    end = start + wanted.length
  }
  return [...parts, text.slice(end)]
}

function tellSearch(search: Search | undefined, line: number | undefined): string {
  if (!search) return ''
  const { found, at, share } = search
  const all = share < 1 ? ` so far, ${Math.floor(share * 100)} % searched` : ''
  if (found.length === 0) return share < 1 ? `searching, ${Math.floor(share * 100)} %` : 'no line has it'
  const lines = `${formatCount(found.length)} ${found.length === 1 ? 'line has' : 'lines have'} it`
  return `${lines}${all}; at ${formatCount(at + 1)}: line ${formatCount((line ?? 0) + 1)}`
}
