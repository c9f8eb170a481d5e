import { createServer } from 'node:net'
import { Refusal } from '#base'

/** Looks whether a port is free before minutes are spent on a first start. Refuses with `app.port-taken`. */
export const checkPort = ({ host, port }: { readonly host: string; readonly port: number }): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES'
      reject(isTaken ? new Refusal('app.port-taken', { port }) : error)
    })
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()))
  })
