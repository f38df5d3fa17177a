/**
 * Text of an engine or a model as it may stand in a job's log: no workflow command (`::set-env`, `##[add-path]`, which
 * runners obey wherever a line starts with them), no escape sequence, no control character but line breaks and tabs.
 */
export function neutraliseLog(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/\u001B\[[0-?]*[ -/]*[@-~]/g, '')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '�')
    .replaceAll(/:(?=:)/g, ': ')
    .replaceAll('##[', '## [')
}
