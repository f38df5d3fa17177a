import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { killGroup } from './kill-group.ts'

/**
 * What stands between us and vLLM, as the head of its process group: vLLM starts processes of its own and may leave them
 * behind, and none of them looks whether we still live. It ends the whole group when our end of its standard input
 * closes (kill -9 of us included) and when vLLM ends; SIGTERM is passed on to vLLM alone. Its one line of output is
 * vLLM's exit code.
 */
const guard = `exec 3<&0
(cat <&3 >/dev/null; kill -KILL 0) &
"$@" </dev/null 3<&- >&2 &
child=$!
trap 'kill -TERM $child' TERM
wait $child
code=$?
while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
echo $code
kill -KILL 0`

const goneMs = 5000

export interface GuardedProcess {
  /** of the process group */
  pid: number
  /** how it ended; never rejects */
  exited: Promise<string>
  /** its exit code, where it ended by itself */
  code: Promise<number | undefined>
  /** the last lines it wrote */
  logTail(): Promise<string[]>
  /** SIGTERM to vLLM, and after so many seconds SIGKILL to all; settles when no process of the group is left */
  end(patienceSeconds: number): Promise<void>
}

/** Starts a program in a guarded process group; what it writes is appended to the log. @throws the file system's error */
export async function startGuarded(
  command: readonly string[],
  { env, logPath }: { env: NodeJS.ProcessEnv; logPath: string },
): Promise<GuardedProcess> {
  await mkdir(dirname(logPath), { recursive: true })
  const log = await open(logPath, 'a')
  const logStart = (await log.stat()).size
  const child = spawn('/bin/sh', ['-c', guard, 'batchledger-guard', ...command], {
    stdio: ['pipe', 'pipe', log.fd],
    // a group of its own, so that Ctrl-C reaches us and not the engine
    detached: true,
    env,
  })
  const { stdin, stdout } = child
  if (!stdin || !stdout) throw new Error('a child without standard input and output')
  stdin.on('error', () => undefined)
  await log.close()
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`))
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
    )
  })
  const code = readText(stdout).then(
    (text) => (/^\d+\n$/.test(text) ? Number(text) : undefined),
    () => undefined,
  )
  // a shell tells a signal as 128 and its number
  const exited = Promise.all([ended, code]).then(([how, number]) =>
    number === undefined ? how : number > 128 ? `was ended by signal ${number - 128}` : `ended with code ${number}`,
  )
  return {
    pid: child.pid ?? 0,
    exited,
    code,
    logTail: async () => {
      const written = (await readFile(logPath)).subarray(logStart).toString('utf8').trimEnd()
      return written.split('\n').slice(-20)
    },
    end: (patienceSeconds) => endGroup(child, ended, patienceSeconds),
  }
}

async function endGroup(child: ChildProcess, ended: Promise<string>, patienceSeconds: number): Promise<void> {
  const { pid } = child
  if (pid === undefined) return
  if (child.exitCode === null && child.signalCode === null && patienceSeconds > 0) {
    child.kill('SIGTERM')
    const giveUp = new AbortController()
    const patience = delay(patienceSeconds * 1000, undefined, { signal: giveUp.signal }).catch(() => undefined)
    await Promise.race([ended, patience])
    giveUp.abort()
  }
  // also when its head has gone: somebody may have killed it alone
  killGroup(pid, 'SIGKILL')
  await ended
  // they are gone at once; what is left is for the system to notice
  for (let waited = 0; isThere(pid) && waited < goneMs; waited += 20) await delay(20)
}

/** A process of the group is left; one that has ended and waits to be noticed counts as well. */
function isThere(pid: number): boolean {
  try {
    return process.kill(-pid, 0)
  } catch {
    return false
  }
}
