import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from '../../actions/adapters/cache-folder.ts'
import { makeOnce, need } from '../../scripts/tools/cached-tool.ts'

const giteaVersion = '1.26.0'
const runnerVersion = '1.0.8'

export interface ForgePrograms {
  gitea: string
  /** holds Gitea's templates and locales, which are read when it runs: nothing is compiled in */
  giteaRoot: string
  runner: string
}

/**
 * Gitea and its runner, built with Go on the first call (8 to 10 minutes), from the cache afterwards.
 * @throws UserError when Go or a C compiler is missing
 */
export function buildForge(say: (line: string) => void): ForgePrograms {
  const folder = join(cacheFolder(process.env), 'forge')
  const runner = buildOnce({
    folder: join(folder, `runner-${runnerVersion}`),
    module: 'runner',
    program: 'gitea-runner',
    package: 'gitea.com/gitea/runner',
    cgo: false,
    say,
  })
  const giteaRoot = join(folder, `gitea-${giteaVersion}`)
  const gitea = buildOnce({
    folder: giteaRoot,
    module: 'gitea',
    program: 'gitea',
    package: 'code.gitea.io/gitea',
    cgo: true,
    tags: 'sqlite sqlite_unlock_notify',
    // it says "development" otherwise
    link: `-X main.Version=${giteaVersion}`,
    reads: ['options', 'templates', 'public'],
    say,
  })
  return { gitea, giteaRoot, runner }
}

interface Build {
  folder: string
  /** the folder beside this file that holds its go.mod */
  module: string
  program: string
  package: string
  cgo: boolean
  tags?: string
  /** flags for the linker beside -s -w */
  link?: string
  /** folders of the module that the program reads when it runs */
  reads?: readonly string[]
  say: (line: string) => void
}

function buildOnce({
  folder,
  module,
  program,
  package: name,
  cgo,
  tags = '',
  link = '',
  reads = [],
  say,
}: Build): string {
  if (existsSync(folder)) return join(folder, program)
  need('go', `Go 1.26 or later, to build ${program}: https://go.dev/dl`, ['version'])
  if (cgo) need('gcc', `a C compiler, to build ${program} with SQLite`)
  say(`building ${program} with Go, once, into ${folder}`)
  const start = Date.now()
  makeOnce(folder, (target) => {
    const go = (...args: readonly string[]): string =>
      execFileSync('go', args, {
        cwd: target,
        env: { ...process.env, CGO_ENABLED: cgo ? '1' : '0' },
        stdio: ['ignore', 'pipe', 2],
        encoding: 'utf8',
      }).trim()
    copyFileSync(fileURLToPath(new URL(`${module}/go.mod`, import.meta.url)), join(target, 'go.mod'))
    go('build', '-mod=mod', '-trimpath', '-tags', tags, '-ldflags', `-s -w ${link}`, '-o', program, name)
    const source = go('list', '-mod=mod', '-m', '-f', '{{.Dir}}', name)
    // Go keeps its modules read-only; a cache that can't be removed would be a nuisance
    for (const part of reads) execFileSync('cp', ['-r', '--no-preserve=mode', join(source, part), target])
  })
  say(`built ${program} in ${Math.round((Date.now() - start) / 1000)} s`)
  return join(folder, program)
}

if (import.meta.main) buildForge((line) => process.stdout.write(`${line}\n`))
