import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from 'registry'
import { goTool, pythonTool } from './tools/cached-tool.ts'

const root = join(import.meta.dirname, '..')

/** Workflows first, then the actions' own files. */
function listWorkflowFiles(): { workflows: string[]; actions: string[] } {
  const workflows = join(root, '.github', 'workflows')
  return {
    workflows: existsSync(workflows)
      ? readdirSync(workflows)
          .filter((name) => /\.ya?ml$/.test(name))
          .map((name) => join('.github', 'workflows', name))
      : [],
    actions: readdirSync(join(root, 'actions'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(root, 'actions', entry.name, 'action.yml')))
      .map((entry) => join('actions', entry.name, 'action.yml')),
  }
}

function lint(program: string, args: readonly string[]): boolean {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (error) throw error
  return status === 0
}

try {
  const { workflows, actions } = listWorkflowFiles()
  if (workflows.length === 0)
    throw new UserError('nothing to lint', ['.github/workflows: holds no workflow, expected at least one'])
  const actionlint = goTool({
    name: 'actionlint',
    version: '1.7.12',
    package: 'github.com/rhysd/actionlint/cmd/actionlint',
    why: 'npm run check lints the workflows with actionlint',
  })
  const zizmor = pythonTool({
    name: 'zizmor',
    version: '1.32.0',
    packages: ['zizmor==1.32.0'],
    why: 'npm run check looks for weak spots in the workflows with zizmor',
  }).program('zizmor')
  // shellcheck and pyflakes are what the machine happens to have: left out, so that it is the same everywhere
  const clean = [
    lint(actionlint, ['-no-color', '-shellcheck=', '-pyflakes=', ...workflows]),
    lint(zizmor, ['--offline', '--no-progress', ...workflows, ...actions]),
  ]
  console.log(
    `${workflows.length} workflows and ${actions.length} actions: ${clean.every(Boolean) ? 'no findings' : 'see above'}`,
  )
  if (!clean.every(Boolean)) process.exitCode = 1
} catch (error) {
  if (!(error instanceof UserError)) throw error
  console.error([error.message, ...error.problems].join('\n'))
  process.exitCode = 2
}
