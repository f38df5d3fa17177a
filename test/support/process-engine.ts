import { EngineError, type Engine } from '../../actions/engines/engine.ts'
import { spawnVllmServer, type SpawnedServer } from '../servers/spawn-server.ts'
import type { ServerProcessConfig } from '../servers/vllm-server-process.ts'

const stopMs = 1000

/**
 * An engine that is a process: the vLLM-protocol server as a child in a process group of its own, which ends when this
 * process ends. It may be started again after it was stopped. @param started told each time one is ready
 */
export function processEngine(config: ServerProcessConfig, started: (pid: number) => void = () => undefined): Engine {
  let server: SpawnedServer | undefined
  let starting: { giveUp: AbortController; settled: Promise<unknown> } | undefined

  async function stop(): Promise<void> {
    // one that is still coming up is not waited for
    starting?.giveUp.abort()
    await starting?.settled
    const ending = server
    server = undefined
    if (ending === undefined) return
    ending.child.kill('SIGTERM')
    // a hanging one takes no SIGTERM
    const timer = setTimeout(() => ending.child.kill('SIGKILL'), stopMs)
    await ending.exited
    clearTimeout(timer)
  }

  async function bringUp(giveUp: AbortSignal): Promise<SpawnedServer> {
    try {
      server = await spawnVllmServer(config, giveUp)
    } catch (error) {
      throw new EngineError((error as Error).message)
    }
    started(server.pid)
    return server
  }

  return {
    async start() {
      if (server !== undefined || starting !== undefined) throw new EngineError('the engine is running already')
      const giveUp = new AbortController()
      const coming = bringUp(giveUp.signal)
      starting = { giveUp, settled: coming.catch(() => undefined) }
      const own = await coming.finally(() => (starting = undefined))
      return {
        baseUrl: own.baseUrl,
        info: {
          name: 'vllm',
          version: config.version ?? '0.32.0',
          args: {},
          servedModel: config.models?.[0] ?? 'test/tiny',
        },
        // one that we stopped did not die
        died: own.exited.then((reason) => (server === own ? `the server ${reason}` : new Promise<string>(() => {}))),
      }
    },
    stop,
  }
}
