import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

// OWASP's second recommended setting for Argon2id: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Argon2id hash of a password. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost)

/** True when the password fits the hash. */
export const fitsPassword = (passwordHash: string, password: string): Promise<boolean> =>
  verify(passwordHash, password)

// Without look-alikes: a demo password is read from a screen and typed.
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A random password of four groups, about 79 bits. */
export const makePassword = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join(''),
  ).join('-')
