/** Gives each block marked `data-copy` a button that copies its text; without a clipboard there is none. */
for (const block of document.querySelectorAll<HTMLElement>('[data-copy]')) {
  // only over https and on this machine
  if (!('clipboard' in navigator)) continue
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  const say = (text: string) => {
    button.textContent = text
  }
  const name = block.dataset['copy'] ?? ''
  say(`Copy ${name}`)
  button.setAttribute('aria-live', 'polite')
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(block.textContent).then(
      () => say('Copied'),
      () => say('The browser didn’t let it: mark and copy it by hand'),
    )
    setTimeout(() => say(`Copy ${name}`), 4000)
  })
  block.after(button)
}
