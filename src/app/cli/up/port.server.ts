import { createServer } from 'node:net'
import { Refusal } from '#base'

const wrongHost = (error: NodeJS.ErrnoException): Error => {
  if (error.code !== 'EADDRNOTAVAIL' && error.code !== 'ENOTFOUND') return error
  const rules = { ruleZh: '应为本机的地址', ruleEn: 'it must be an address of this machine' }
  return new Refusal('app.wrong-setting', { name: 'HOST', ...rules })
}

/** Looks whether a port is free before minutes are spent on a first start. Refuses with `app.port-taken`, and a host that is not ours. */
export const checkPort = ({ host, port }: { readonly host: string; readonly port: number }): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES'
      reject(isTaken ? new Refusal('app.port-taken', { port }) : wrongHost(error))
    })
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()))
  })
