import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'

export const verbs = ['plan-runs', 'run-batch', 'publish-run', 'verify-results', 'register-runs']

interface ActionFile {
  description: string
  inputs?: Record<string, { description: string; required?: boolean; default?: string }>
  outputs?: Record<string, { description: string }>
}

/** What actions/README.md says of the workflow steps, out of their action.yml files. */
export async function describeActions(root: string): Promise<string> {
  const parts = await Promise.all(verbs.map((verb) => describeAction(root, verb)))
  return `# Workflow steps

<!-- made by \`npm run generate\` out of the action.yml files -->

Each is used as \`uses: OWNER/batchledger/actions/NAME@COMMIT\`, or \`uses: ./actions/NAME\` after a checkout, on a runner with
Git, Git LFS and node 24. \`.github/workflows/\` shows how they go together; \`self-hosted-runner/\` how the runners are set up.
Journals and bundles are handed over in the spool, a folder that \`BATCHLEDGER_SPOOL\` in the runners' environment names.

${parts.join('\n')}`
}

async function describeAction(root: string, verb: string): Promise<string> {
  const file = parse(await readFile(join(root, 'actions', verb, 'action.yml'), 'utf8')) as ActionFile
  const inputs = Object.entries(file.inputs ?? {}).map(([name, { description, required, default: value }]) => [
    `\`${name}\``,
    description,
    required === true ? 'required' : value === undefined || value === '' ? '' : `\`${value}\``,
  ])
  const outputs = Object.entries(file.outputs ?? {}).map(([name, { description }]) => [`\`${name}\``, description])
  return [
    `## ${verb}`,
    '',
    `${file.description}.`,
    '',
    ...table(['input', 'what', 'default'], inputs),
    '',
    ...table(['output', 'what'], outputs),
    '',
  ].join('\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row))]
}
