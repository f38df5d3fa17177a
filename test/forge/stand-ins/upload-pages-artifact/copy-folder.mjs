import { cpSync } from 'node:fs'
import { basename } from 'node:path'

const from = process.env['INPUT_PATH']
const to = process.env['BATCHLEDGER_PAGES_FOLDER']
if (!from || !to) throw new Error('path or BATCHLEDGER_PAGES_FOLDER is not set')
// as the real one since v4: without hidden files
cpSync(from, to, { recursive: true, filter: (path) => path === from || !basename(path).startsWith('.') })
