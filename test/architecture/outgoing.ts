import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What begins a request or a connection to somewhere else: Node's own ways, the platforms' clients, key sets. */
const ways: readonly [name: string, pattern: RegExp][] = [
  ['fetch', /(?<![\w.'"/-])(?:globalThis\.)?fetch\s*(?:\(|[;,)}]|\n)/],
  [
    'a module that connects',
    /(?:\bfrom|\bimport\s*\(?|\brequire\()\s*['"](?:node:)?(?:https?|http2|net|tls|dgram|dns|dns\/promises|undici|axios|got|ws)['"]/,
  ],
  ['a key set', /\bcreateRemoteJWKSet\s*\(/],
  ['a client of Slack', /\bnew (?:\w+\.)?WebClient\s*\(/],
  ['a socket', /\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b/],
];

/** Files below `root` that can reach something outside, with how. Those that run in a browser or are stand-ins are left out. */
export function outgoing(root: string): { files: number; found: string[] } {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.(?:tsx?|js)$/.test(name) && !/^(?:web|playground)\//.test(name))
    .toSorted();
  const found = files.flatMap((file) => {
    const text = withoutComments(readFileSync(join(root, file), 'utf8'));
    return ways.filter(([, pattern]) => pattern.test(text)).map(([name]) => `${file}: ${name}`);
  });
  return { files: files.length, found };
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
