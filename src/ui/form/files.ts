/** A size as people read it: whole KB under a megabyte, then MB with one decimal. 1 MB = 1,048,576 bytes. */
export const sizeText = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${Math.round((bytes * 10) / (1024 * 1024)) / 10} MB`
}

/** Whether a file's name ends in one of the endings (`.csv`, `.xlsx`), in any case. */
export const hasEnding = (name: string, endings: readonly string[]): boolean =>
  endings.length === 0 || endings.some((ending) => name.toLowerCase().endsWith(ending.toLowerCase()))

export type FileFault = {
  readonly kind: 'tooBig' | 'wrongType'
  readonly name: string
  readonly bytes: number
}

/** Parts files into those that may be taken and the faults of the others. */
export const siftFiles = <File extends { readonly name: string; readonly size: number }>(
  files: readonly File[],
  limits: { readonly endings: readonly string[]; readonly maxBytes: number },
): { taken: File[]; faults: FileFault[] } => {
  const taken: File[] = []
  const faults: FileFault[] = []
  for (const file of files) {
    const fault = (kind: FileFault['kind']) => faults.push({ kind, name: file.name, bytes: file.size })
    if (!hasEnding(file.name, limits.endings)) fault('wrongType')
    else if (file.size > limits.maxBytes) fault('tooBig')
    else taken.push(file)
  }
  return { taken, faults }
}
