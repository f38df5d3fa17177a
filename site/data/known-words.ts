/*
 * The words of engines' and of our own error messages. What an error says in public is made of these alone: a name, an
 * address, a path or a word of a row is none of them, whatever the engine put into its message.
 */
const known = new Set(
  `a an the this that of to in on at by for from with without and or not no none only any all each every more most than
  less least fewer one first last own its it is are was were be been has have had does did do can cannot could must may
  should please you your we if when while before after again even however because too long large small short big high low
  above below see which what
  alive allowed already answer answered answers answering apply argument arguments array asked attempt bad batch batchledger
  boolean broken busy byte bytes canceled cancelled cause causes channel character characters chat choices closed code command
  completion completions complete connection contain contains content context core corrupt count crash crashed cuda dead
  decode deadline device died disk does encoding encountered end ended engine enginecore enough entity error errors exceed exceeded exceeds
  exception exist exists exit exited expected fail failed failing fails fault field file files finished finish float format
  found full gateway get give gave given gives got gpu grammar greater guided hang hangs hold holds http image images
  index inference input inputs instead integer internal interrupted invalid issue json key kill killed kv length limit listed list
  literal load loaded loading log logit logits malformed maximum max_tokens max_model_len max_completion_tokens maximum_length
  memory merge message messages method minimum missing mode model models nan null number object off one open option output
  overloaded parallel parameter parse parsed part parts passed payload pending permission position process processed
  prompt prompts provide provided rate reach reached read reason reduce refused reject rejected remote request requested requests
  require required reset resource resources response result resulting retry returned role room root row rows run running sample
  sampling schema seconds sent sequence server service set shape shard signal size slot socket something specified stack start started
  status stop stopped stream string structured supported system template temperature tensor text time timed timeout token
  tokenizer tokens tool tools top_p trace try type types unable unauthorized unavailable unexpected unknown unsupported
  unprocessable usable usage use used user valid validation value values verdict verdicts version vllm wait waited waiting
  weights within worker workers wrong written interrupted go withheld repeat dataset personal llama cpp ECONNREFUSED ECONNRESET
  ETIMEDOUT EPIPE ENOTFOUND UND_ERR_SOCKET out oom so whatever how other s host canary changed many`
    .toLowerCase()
    .split(/\s+/),
)

/**
 * A message with nothing left but known words, numbers' places (N) and punctuation; every other word, and all of an
 * address or a path, is `…`.
 */
export function keepKnownWords(message: string): string {
  return message
    .replaceAll(/[^\s,;:()[\]{}"'`<>=]+/g, (word) => {
      const bare = word.replaceAll(/^[.!?*-]+|[.!?*…-]+$/g, '')
      const plain = bare.replace(/['’]s$/, '').toLowerCase()
      return bare === '' || plain === 'n' || known.has(plain) ? word : '…'
    })
    .replaceAll(/…(?:[\s,;:()[\]{}"'`<>=]*…)+/g, '…')
}
