import { proveDemo } from '#testing/demo-proof.ts'

// The demo of the first start, whole.
proveDemo(60_000, 900_000)
