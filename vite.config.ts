import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The officials' console. `npx vite build` writes dist/console, which the server hands out at `/`.
export default defineConfig({
  base: '/',
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    proxy: { '/api': process.env.DOUDI_SERVER ?? 'http://127.0.0.1:8080' },
  },
  build: {
    outDir: 'dist/console',
    emptyOutDir: true,
    target: 'chrome109', // county offices keep old browsers; 360 and QQ are built on it
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      // Our own modules do nothing by being imported, so what a door names but a page does not use stays out:
      // the parsers of Zod and YAML that base needs on the server, for one.
      treeshake: { moduleSideEffects: [{ test: /[\\/]src[\\/].*\.tsx?$/, sideEffects: false }] },
      output: {
        codeSplitting: {
          groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/ }],
        },
      },
    },
  },
})
