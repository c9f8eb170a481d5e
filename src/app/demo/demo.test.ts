import { proveDemo } from '#testing/demo-proof.ts'

proveDemo(6000, 240_000)
