-- What run columns are made from, without verdicts: ids, outcome, tokens, and the text a verdict is read from.
CREATE OR REPLACE TEMP TABLE columns AS
SELECT
  custom_id,
  response.status_code AS status,
  error IS NOT NULL AS failed,
  response.body.choices[1].finish_reason AS finish_reason,
  response.body.usage.prompt_tokens AS prompt_tokens,
  response.body.usage.completion_tokens AS completion_tokens,
  response.body.choices[1].message.content AS content
FROM read_json(
  getvariable('path'),
  format = 'newline_delimited',
  columns = {
    custom_id: 'VARCHAR',
    response: 'STRUCT(status_code INTEGER, body STRUCT(choices STRUCT(message STRUCT(content VARCHAR), finish_reason VARCHAR)[], usage STRUCT(prompt_tokens INTEGER, completion_tokens INTEGER)))',
    error: 'JSON'
  }
);
