import { join } from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/playground/',
  build: {
    outDir: join(import.meta.dirname, '../../../dist/www/playground'),
    emptyOutDir: true,
    // The strict content policy of the page allows no inlined scripts.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // A slow machine is no reason to warn.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
