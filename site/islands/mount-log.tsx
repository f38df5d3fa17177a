import { render } from 'preact'
import { LogReader } from './log-reader.tsx'
import { LogSource, type LogAbout } from './log-source.ts'

const place = document.querySelector<HTMLElement>('#log-reader')
const tail = document.querySelector<HTMLElement>('#log-tail')
if (place?.dataset['log'] !== undefined && tail) {
  const source = new LogSource(JSON.parse(place.dataset['log']) as LogAbout)
  // the tail gives way to the whole log once somebody asks for it
  render(<LogReader source={source} onOpen={() => (tail.hidden = true)} />, place)
}
