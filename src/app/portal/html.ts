/** Text that is HTML already. */
export interface Html {
  readonly html: string
}

type Part = string | number | Html | false | undefined | null | readonly Part[]

const escaped: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const textOf = (part: Part): string => {
  if (part === false || part === undefined || part === null) return ''
  if (typeof part === 'string') return part.replaceAll(/[&<>"']/gu, (sign) => escaped[sign] ?? sign)
  if (typeof part === 'number') return String(part)
  return 'html' in part ? part.html : part.map(textOf).join('')
}

/** HTML from a template: whatever is put into it is escaped, unless it is HTML itself. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.map((text, index) => text + textOf(parts[index])).join(''),
})

/** A text with its `{gaps}` filled. */
export const filled = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole))
