import { pinyin } from 'pinyin-pro'

/**
 * Pinyin initials of a name, lower case: 杨秀英 `yxy`, 阿苏·木呷 `asmg`. A surname is read as a surname (单 `s`). Letters
 * stay; a character without a known reading, a dot or a space leaves nothing. Undefined when nothing is left.
 */
export const initialsOf = (name: string): string | undefined => {
  const first = pinyin(name, {
    pattern: 'first',
    toneType: 'none',
    type: 'array',
    surname: 'head',
    nonZh: 'consecutive',
  })
  const letters = first
    .join('')
    .toLowerCase()
    .replace(/[^a-z]/gu, '')
  return letters === '' ? undefined : letters
}
