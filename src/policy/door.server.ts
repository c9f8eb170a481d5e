export { loadPack, packFilesIn } from './pack/load.server.ts'
export { openTryOut, type TryOut, type TryOutRow } from './sql/try-out.server.ts'
