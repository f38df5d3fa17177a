process.stdout.write(
  `node ${process.version} of the runner; asked for: ${process.env['INPUT_NODE-VERSION'] || 'nothing'}\n`,
)
