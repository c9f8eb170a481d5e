/** `npm run bench -- NAME [arguments]`: runs `bench/NAME.ts`. */
import { existsSync, readdirSync } from 'node:fs'

const [name = '', ...rest] = process.argv.slice(2)
const file = new URL(`./${name}.ts`, import.meta.url)
if (!/^[a-z-]+$/.test(name) || name === 'run' || !existsSync(file)) {
  const names = readdirSync(new URL('.', import.meta.url)).flatMap((each) =>
    each.endsWith('.ts') ? [each.slice(0, -3)] : [],
  )
  console.error(`npm run bench -- ${names.filter((each) => each !== 'run').join(' | ')}`)
  process.exitCode = 1
} else {
  process.argv = [process.argv[0] ?? '', file.pathname, ...rest]
  await import(file.href)
}
