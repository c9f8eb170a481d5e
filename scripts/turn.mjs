import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * Lets one process at a time do something, by a file that names it. A turn whose holder was killed is over. Plain
 * JavaScript for Node 20.19 with nothing installed.
 *
 * `share(pid)` extends the turn to a helper process: npm lives on when only its starter is killed, and two of them
 * at once would tear each other's packages apart.
 */
export const waitForTurn = async (file, onWait) => {
  const own = identify(process.pid)
  let told = false
  while (!take(file, JSON.stringify([own]))) {
    const holder = readText(file)
    if (holder !== undefined && !isAlive(holder)) {
      drop(file, holder)
      continue
    }
    if (!told) onWait()
    told = true
    await pause(200)
  }
  return {
    share: (pid) => {
      if (pid === undefined) return // the helper could not be started
      const draft = `${file}.${randomUUID()}`
      fs.writeFileSync(draft, JSON.stringify([own, identify(pid)]))
      fs.renameSync(draft, file)
    },
    release: () => fs.rmSync(file, { force: true }),
  }
}

/** The text of a file, undefined when there is none. */
export const readText = (path) => {
  try {
    return fs.readFileSync(path, 'utf8')
  } catch {
    return undefined // not there, or gone meanwhile
  }
}

// `link` makes the file appear with its content, and only one of several can win.
const take = (file, content) => {
  const draft = `${file}.${randomUUID()}`
  try {
    fs.writeFileSync(draft, content)
    fs.linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  } finally {
    fs.rmSync(draft, { force: true })
  }
}

const drop = (file, dead) => {
  const aside = `${file}.${randomUUID()}`
  try {
    fs.renameSync(file, aside)
    // Somebody may have followed the dead one just before: that turn is alive and is given back.
    if (readText(aside) !== dead) fs.linkSync(aside, file)
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(error.code)) throw error // another waiting one was faster
  } finally {
    fs.rmSync(aside, { force: true })
  }
}

const identify = (pid) => ({ pid, started: startOf(pid) })

const isAlive = (content) => {
  try {
    return JSON.parse(content).some(isRunning)
  } catch {
    return false // torn by a machine that stopped
  }
}

const isRunning = ({ pid, started }) => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false // with EPERM it lives, and belongs to another user
  }
  return startOf(pid) === started
}

// The number of a dead process is given to a new one some day; its start tells them apart (Linux only).
const startOf = (pid) => {
  const stat = readText(`/proc/${pid}/stat`)
  const boot = readText('/proc/sys/kernel/random/boot_id')
  return stat === undefined ? null : `${boot?.trim()}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
}
