import { Presets, SingleBar } from 'cli-progress'
import { neutraliseLog } from 'registry'
import type { RunProgress, RunReporter } from '../run-batch/run-batch.ts'

const heartbeatMs = 30_000

/** Tells a run's progress on standard error: a bar in a terminal, a plain line every thirty seconds elsewhere. */
export function createRunReporter(stream: NodeJS.WriteStream): RunReporter {
  return stream.isTTY ? barReporter(stream) : lineReporter(stream)
}

function barReporter(stream: NodeJS.WriteStream): RunReporter {
  let bar: SingleBar | undefined
  return {
    line: (text) => stream.write(`${neutraliseLog(text)}\n`),
    progress(state) {
      if (!bar) {
        bar = new SingleBar(
          { stream, format: '{bar} {value}/{total} · {failed} failed · {rates} · {left} left', hideCursor: true },
          Presets.shades_classic,
        )
        bar.start(state.total, state.done, { failed: state.failed, rates: rates(state), left: timeLeft(state) })
      }
      bar.update(state.done, { failed: state.failed, rates: rates(state), left: timeLeft(state) })
    },
    done: () => bar?.stop(),
  }
}

function lineReporter(stream: NodeJS.WriteStream): RunReporter {
  let latest: RunProgress | undefined
  let heartbeat: NodeJS.Timeout | undefined
  const say = (state: RunProgress) =>
    stream.write(
      `${state.done}/${state.total} rows, ${state.failed} failed, ${rates(state)}, ${timeLeft(state)} left\n`,
    )
  return {
    line: (text) => stream.write(`${neutraliseLog(text)}\n`),
    progress(state) {
      latest = state
      heartbeat ??= setInterval(() => latest && say(latest), heartbeatMs).unref()
    },
    done() {
      clearInterval(heartbeat)
      heartbeat = undefined
      if (latest) say(latest)
      latest = undefined
    },
  }
}

function rates({ answered, failed, completionTokens, seconds }: RunProgress): string {
  if (seconds === 0) return 'starting'
  return `${((answered - failed) / seconds).toFixed(2)} req/s, ${Math.round(completionTokens / seconds)} output tokens/s`
}

function timeLeft({ answered, done, total, seconds }: RunProgress): string {
  if (answered === 0) return 'unknown time'
  const left = Math.round((seconds / answered) * (total - done))
  if (left < 60) return `${left} s`
  if (left < 3600) return `${Math.floor(left / 60)} min ${left % 60} s`
  return `${Math.floor(left / 3600)} h ${Math.round((left % 3600) / 60)} min`
}
