import { join } from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/tab/',
  build: {
    outDir: join(import.meta.dirname, '../../dist/www/tab'),
    emptyOutDir: true,
    // Says which chunks the first view needs; the size check reads it.
    manifest: true,
    // The strict content policy of the page allows no inlined scripts.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // A slow machine is no reason to warn.
    rolldownOptions: {
      checks: { pluginTimings: false },
      onLog(level, log, report) {
        // 'use client' in libraries is meant for servers that render; there is none here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
});
