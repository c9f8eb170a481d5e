export { packFilesIn } from './pack/load.server.ts'
export type { TryOut, TryOutRow } from './sql/try-out.server.ts'
