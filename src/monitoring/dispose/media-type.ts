const starts: readonly (readonly [string, readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
]
const zip = [0x50, 0x4b, 0x03, 0x04]
const office = 'application/vnd.openxmlformats-officedocument'
/** The part that makes a zip a document of its kind; its name stands in the zip uncompressed. */
const mainParts: readonly (readonly [string, string])[] = [
  [`${office}.spreadsheetml.sheet`, 'xl/workbook.xml'],
  [`${office}.wordprocessingml.document`, 'word/document.xml'],
]

const begins = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte)

/** The type of an evidence file, told by its bytes whatever its name says; undefined for all else. */
export const mediaTypeOf = (bytes: Uint8Array): string | undefined => {
  const found = starts.find(([, start]) => begins(bytes, start))
  if (found) return found[0]
  if (!begins(bytes, zip)) return undefined
  const text = new TextDecoder('latin1').decode(bytes)
  return mainParts.find(([, part]) => text.includes(part))?.[0]
}
