const starts: readonly (readonly [string, readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
]
const zip = [0x50, 0x4b, 0x03, 0x04]

const begins = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte)

/** The type of an evidence file, told by its bytes; for office files the name decides which. Undefined for all else. */
export const mediaTypeOf = (bytes: Uint8Array, fileName: string): string | undefined => {
  const found = starts.find(([, start]) => begins(bytes, start))
  if (found) return found[0]
  if (!begins(bytes, zip)) return undefined
  if (/\.xlsx$/i.test(fileName)) return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return /\.docx$/i.test(fileName)
    ? 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    : undefined
}
