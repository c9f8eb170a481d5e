/**
 * All that a browser runs: it shows the buttons that only work with a script, prints, and reads a question aloud with the
 * device's own voice. It stores nothing and sends nothing.
 */
export const pageScript = `'use strict'
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
if ('speechSynthesis' in window) {
  for (const button of document.querySelectorAll('[data-speak]')) {
    button.hidden = false
    button.addEventListener('click', () => {
      const step = document.getElementById(button.dataset.speak)
      const texts = step.querySelectorAll('h1, .help, .choice, .hint')
      const speech = new SpeechSynthesisUtterance([...texts].map((one) => one.textContent.trim()).join('。'))
      speech.lang = document.documentElement.lang
      speech.rate = 0.85
      speechSynthesis.cancel()
      speechSynthesis.speak(speech)
    })
  }
}
`
